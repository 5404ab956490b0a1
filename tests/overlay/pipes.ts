/**
 * Overlay nodes joined by pipes with a delay, in virtual time, and neighbours played by hand.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { LinkEffect, LinkId, LinkInput } from "../../lib/base/link.ts";
import { seededRandom } from "../../lib/base/random.ts";
import type { OverlayCommand, OverlayConfig, OverlayEffect } from "../../lib/overlay/contract.ts";
import type { OverlayInput, RendezvousRequest } from "../../lib/overlay/contract.ts";
import { Deadlines } from "../../lib/overlay/deadlines.ts";
import { OverlayNode } from "../../lib/overlay/node.ts";
import type { OverlayReport } from "../../lib/overlay/reports.ts";
import type { JsonObject } from "../../lib/wire/json_line.ts";

/** Time of day at virtual time 0. */
export const EPOCH = Date.UTC(2026, 0, 2, 3, 4, 5);

const encoder = new TextEncoder();

/** One report of a kind. */
export type ReportOf<Kind extends OverlayReport["kind"]> = OverlayReport & {
  readonly kind: Kind;
};

/** A node with a name, an address, and what it reported. */
export class Host {
  readonly reports: OverlayReport[] = [];
  readonly requests: RendezvousRequest[] = [];
  /** Whether others can connect to it. */
  reachable = true;
  /** Whether what is sent to it gets out of its neighbours' sockets. */
  reads = true;
  readonly puppets = new Map<LinkId, Puppet>();
  readonly ends = new Map<LinkId, { readonly host: Host; readonly link: LinkId }>();
  accepted = 0;
  tags = 0;

  constructor(readonly net: Pipes, readonly node: OverlayNode, readonly port: number) {}

  get id(): string {
    return this.node.self;
  }

  give(input: OverlayInput): void {
    this.net.carryOut(this, this.node.handle(input, this.net.now));
  }

  /** Gives a command; returns its tag. */
  command<Kind extends OverlayCommand["kind"]>(
    kind: Kind,
    fields: Omit<OverlayCommand & { readonly kind: Kind }, "kind" | "tag">,
  ): number {
    const tag = ++this.tags;
    this.give({ kind: "command", command: { kind, tag, ...fields } as unknown as OverlayCommand });
    return tag;
  }

  send(to: string, text: string): number {
    return this.command("send", { to, text });
  }

  all<Kind extends OverlayReport["kind"]>(kind: Kind): ReportOf<Kind>[] {
    return this.reports.filter((report) => report.kind === kind) as ReportOf<Kind>[];
  }

  last<Kind extends OverlayReport["kind"]>(kind: Kind): ReportOf<Kind> {
    const found = this.all(kind).at(-1);
    assert.ok(found !== undefined, `${this.id} reported no ${kind}`);
    return found;
  }

  /** The one fate of a message. */
  fate(tag: number): ReportOf<"fate">["outcome"] {
    const fates = this.all("fate").filter((fate) => fate.tag === tag);
    assert.equal(fates.length, 1, `fates of ${tag}: ${JSON.stringify(fates)}`);
    return fates[0]!.outcome;
  }

  /** Texts that were shown, in order. */
  get texts(): string[] {
    return this.all("message").map((message) => message.text);
  }

  get neighbours(): string[] {
    const up = new Set<string>();
    for (const report of this.reports) {
      if (report.kind === "neighbour_up") up.add(report.peer);
      if (report.kind === "neighbour_down") up.delete(report.peer);
    }
    return [...up].sort();
  }
}

/** The world: virtual time and pipes. */
export class Pipes {
  now = 0;
  /** One way, in milliseconds. */
  delay = 10;
  readonly hosts: Host[] = [];
  readonly #events = new Deadlines();
  readonly #random = seededRandom(7);

  /** Adds a node; it connects to nobody by itself unless `outbound` says so. */
  host(name: string, options: Partial<OverlayConfig> = {}): Host {
    const [local, namespace] = name.split("@") as [string, string?];
    const port = 1000 + this.hosts.length;
    const node = new OverlayNode({
      name: local,
      namespace: namespace ?? "UnB",
      port,
      random: seededRandom(Math.floor(this.#random() * 2 ** 31)),
      wallClock: () => EPOCH + this.now,
      outbound: 0,
      ...options,
    });
    const host = new Host(this, node, port);
    this.hosts.push(host);
    return host;
  }

  /** Everyone of a list, as the rendezvous would list them. */
  listed(hosts: readonly Host[] = this.hosts) {
    return hosts.map(({ id, port }) => {
      const [name, namespace] = id.split("@") as [string, string];
      return { name, namespace, ip: "127.0.0.1", port };
    });
  }

  /** Connects two nodes, and waits for it. */
  join(one: Host, other: Host): void {
    one.give({ kind: "discovered", peers: this.listed() });
    one.command("connect", { peer: other.id });
    this.run(4 * this.delay + 1);
    assert.ok(one.neighbours.includes(other.id), `${one.id} has ${one.neighbours}`);
  }

  /** A chain of nodes, each connected to the next. */
  chain(names: readonly string[], options: Partial<OverlayConfig> = {}): Host[] {
    const hosts = names.map((name) => this.host(name, options));
    hosts.forEach((host, at) => at > 0 && this.join(hosts[at - 1]!, host));
    return hosts;
  }

  /** Lets time pass, in milliseconds. */
  run(time: number): void {
    const until = this.now + time;
    for (;;) {
      let next = this.#events.next() ?? Infinity;
      for (const { node } of this.hosts) next = Math.min(next, node.wakeAt() ?? Infinity);
      if (next > until) break;
      this.now = Math.max(this.now, next);
      this.#events.runDue(this.now);
      for (const host of this.hosts) {
        if ((host.node.wakeAt() ?? Infinity) <= this.now) host.give({ kind: "wake" });
      }
    }
    this.now = until;
  }

  /** Something happens later. */
  later(delay: number, run: () => void): void {
    this.#events.set(this.now + delay, run);
  }

  /** A node dies: its links end everywhere and nobody can connect to it. */
  kill(host: Host): void {
    this.hosts.splice(this.hosts.indexOf(host), 1);
    host.reachable = false;
    for (const link of [...host.ends.keys()]) this.cut(host, link);
  }

  /** Every pipe between two nodes ends. */
  cutBetween(one: Host, other: Host): void {
    for (const [link, end] of [...one.ends]) {
      if (end.host !== other) continue;
      one.ends.delete(link);
      other.ends.delete(end.link);
      one.give({ kind: "closed", link, reason: "reset" });
      other.give({ kind: "closed", link: end.link, reason: "reset" });
    }
  }

  /** One side of a pipe ends; the other side hears of it after the delay. */
  cut(host: Host, link: LinkId): void {
    const end = host.ends.get(link);
    host.ends.delete(link);
    if (end === undefined) return;
    this.later(this.delay, () => {
      if (!end.host.ends.delete(end.link)) return;
      end.host.give({ kind: "closed", link: end.link, reason: "end_of_file" });
    });
  }

  carryOut(host: Host, effects: readonly OverlayEffect[]): void {
    for (const effect of effects) {
      const puppet = "link" in effect ? host.puppets.get(effect.link) : undefined;
      if (puppet !== undefined) puppet.hear(effect as LinkEffect);
      else {switch (effect.kind) {
          case "report":
            host.reports.push(effect.report);
            break;
          case "rendezvous":
            host.requests.push(effect.request);
            break;
          case "connect":
            this.later(this.delay, () => this.#connect(host, effect.link, effect.port));
            break;
          case "send":
            this.#send(host, effect.link, effect.line);
            break;
          case "close":
          case "abort":
            this.cut(host, effect.link);
            break;
        }}
    }
  }

  #connect(host: Host, link: LinkId, port: number): void {
    const other = this.hosts.find((candidate) => candidate.port === port);
    if (other === undefined || !other.reachable) {
      host.give({ kind: "unreachable", link, reason: "refused" });
      return;
    }
    const back = 2 * ++other.accepted;
    host.ends.set(link, { host: other, link: back });
    other.ends.set(back, { host, link });
    other.give({ kind: "accepted", link: back, ip: "127.0.0.1", port: host.port });
    host.give({ kind: "connected", link });
  }

  #send(host: Host, link: LinkId, line: string): void {
    const end = host.ends.get(link);
    if (end === undefined || !end.host.reads) return;
    this.later(0, () => host.ends.has(link) && host.give({ kind: "written", link, lines: 1 }));
    const bytes = encoder.encode(line);
    this.later(this.delay, () => {
      if (end.host.ends.has(end.link)) end.host.give({ kind: "line", link: end.link, bytes });
    });
  }
}

/** A neighbour of one node that is played by hand: raw lines in, raw lines out. */
export class Puppet {
  /** Everything that the node sent and was not cleared, parsed. */
  readonly got: JsonObject[] = [];
  /** The same as lines. */
  readonly lines: string[] = [];
  closed = false;
  /** Whether what is sent to it gets out of the node's socket. */
  reads = true;
  readonly link: LinkId;

  /** Connects to a node; with an id, it says HELLO. */
  constructor(
    readonly host: Host,
    readonly id: string | null,
    features: readonly string[] = ["relay", "ack", "who_has", "metrics"],
    ip = "127.0.0.9",
  ) {
    this.link = 2 * ++host.accepted;
    host.puppets.set(this.link, this);
    this.give({ kind: "accepted", link: this.link, ip, port: 1 });
    if (id === null) return;
    this.say({ type: "HELLO", peer_id: id, version: "1.0", features, ttl: 1 });
    assert.equal(this.got[0]?.type, "HELLO_OK");
    this.clear();
  }

  /** Sends a message, with or without the fields that a strict program would send. */
  say(message: JsonObject): void {
    this.raw(JSON.stringify(message));
  }

  raw(line: string): void {
    this.give({ kind: "line", link: this.link, bytes: encoder.encode(line) });
  }

  /** Messages of a type that came. */
  all(type: string): JsonObject[] {
    return this.got.filter((message) => message.type === type);
  }

  /** The one message of a type that came. */
  one(type: string): JsonObject {
    const found = this.all(type);
    assert.equal(found.length, 1, `${type} in ${JSON.stringify(this.got)}`);
    return found[0]!;
  }

  /** Forgets what came. */
  clear(): void {
    this.got.length = 0;
    this.lines.length = 0;
  }

  give(input: LinkInput): void {
    this.host.give(input);
  }

  /** The connection ends from its side. */
  leave(): void {
    this.give({ kind: "closed", link: this.link, reason: "reset" });
  }

  /** What the node does with its link. */
  hear(effect: LinkEffect): void {
    if (effect.kind === "send") {
      this.lines.push(effect.line);
      this.got.push(JSON.parse(effect.line));
      if (this.reads) {
        this.host.net.later(0, () => this.give({ kind: "written", link: this.link, lines: 1 }));
      }
    } else {
      this.closed = true;
    }
  }
}

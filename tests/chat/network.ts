import { LIMITS } from "../../lib/base/limits.ts";
import type { CloseReason, LinkEffect, LinkId, LinkInput } from "../../lib/base/link.ts";
import { isLinkEffect } from "../../lib/base/link.ts";
import type { Wake } from "../../lib/base/machine.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { type ChatInput, ChatPeer } from "../../lib/chat/chat_peer.ts";
import type { ChatCommand, ChatStatus } from "../../lib/chat/status.ts";
import { ChatDesk } from "../../lib/directory/chat_desk.ts";
import type { DeskReport } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";

/** Where the server of a {@link Network} is. */
export const SERVER = { host: "10.0.0.1", port: 10000 };

/** What happened in a network, in order: `Ana > Bruno: hello`. */
export type WireLine = string;

/** One end of a connection. */
interface End {
  readonly node: Node<unknown>;
  readonly link: LinkId;
  other: End | null;
  open: boolean;
}

interface AnyMachine {
  handle(input: unknown, now: number): unknown;
  wakeAt(): number | null;
}

/** A machine with an address. */
export class Node<Status> {
  readonly ends = new Map<LinkId, End>();
  readonly statuses: Status[] = [];
  nextAccepted = 2;
  alive = true;
  /** Whether not even its system says anything any more. */
  silent = false;

  constructor(
    readonly network: Network,
    readonly name: string,
    readonly ip: string,
    readonly port: number,
    readonly machine: AnyMachine,
  ) {}

  /** The statuses since the last time. */
  take(): Status[] {
    return this.statuses.splice(0);
  }
}

/** A peer as a person has it: types commands, reads statuses. */
export class Person extends Node<ChatStatus> {
  constructor(network: Network, name: string, ip: string, port: number, readonly peer: ChatPeer) {
    super(network, name, ip, port, peer as AnyMachine);
  }

  /** Does something and lets the network come to rest. */
  does(command: ChatCommand): this {
    this.begins(command);
    this.network.advance(50);
    return this;
  }

  /** Does something, and nothing has arrived anywhere yet. */
  begins(command: ChatCommand): void {
    this.network.give(this, { kind: "command", command } satisfies ChatInput);
  }

  says(text: string): this {
    return this.does({ kind: "say", text });
  }

  calls(name: string): this {
    return this.does({ kind: "chat", name });
  }
}

/**
 * A few machines and the connections between them, on one virtual clock. Bytes take `latency`
 * milliseconds from node to node, in order; nothing is random.
 */
export class Network {
  now = 0;
  readonly wire: WireLine[] = [];
  latency: (from: string, to: string) => number = () => 1;
  readonly #nodes: Node<unknown>[] = [];
  readonly #events: { at: number; order: number; run: () => void }[] = [];
  readonly #lastArrival = new Map<End, number>();
  #order = 0;

  /** Puts a directory where everyone expects it. */
  startServer(): Node<DeskReport> {
    const desk = new ChatDesk(new MemoryStore(), `server ${this.#nodes.length}`);
    const node = new Node<DeskReport>(
      this,
      "server",
      SERVER.host,
      SERVER.port,
      desk as AnyMachine,
    );
    this.#nodes.push(node);
    return node;
  }

  /** A peer, not started; addresses are counted up from 10.0.0.11. */
  person(name: string, options: { port?: number; ip?: string; seed?: number } = {}): Person {
    const ip = options.ip ?? `10.0.0.${10 + this.#nodes.length}`;
    const port = options.port ?? 20000;
    const random = seededRandom(options.seed ?? 1);
    const person = new Person(
      this,
      name,
      ip,
      port,
      new ChatPeer({ server: SERVER, name, port, random }),
    );
    this.#nodes.push(person);
    return person;
  }

  /** A peer that is registered with the server. */
  join(name: string, options: { port?: number; ip?: string; seed?: number } = {}): Person {
    const person = this.person(name, options);
    this.give(person, { kind: "start" });
    this.advance(50);
    return person;
  }

  /** The whole machine is gone without a word to anyone. */
  powerOff(node: Node<unknown>): void {
    node.alive = false;
    node.silent = true;
    for (const end of node.ends.values()) end.open = false;
  }

  /** The program is gone; its system resets the connections. */
  kill(node: Node<unknown>): void {
    for (const end of [...node.ends.values()]) this.#close(end, "reset");
    node.alive = false;
  }

  /** Everything that is due in the next milliseconds happens. */
  advance(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (let turns = 0;; turns += 1) {
      if (turns > 100_000) throw new Error("the network does not come to rest");
      const event = this.#events[0];
      const sleeper = this.#firstToWake();
      const wakeAt = sleeper?.machine.wakeAt() ?? Infinity;
      const at = Math.min(event?.at ?? Infinity, wakeAt);
      if (at > until) break;
      this.now = Math.max(this.now, at);
      if (event !== undefined && event.at <= wakeAt) {
        this.#events.shift();
        event.run();
      } else this.give(sleeper!, { kind: "wake" });
    }
    this.now = until;
  }

  /** The lines between two nodes, in both directions, in the order in which they were sent. */
  between(one: string, other: string): WireLine[] {
    return this.wire.filter((line) =>
      line.startsWith(`${one} > ${other}: `) || line.startsWith(`${other} > ${one}: `)
    );
  }

  /** Gives a node an input and carries out what it answers. */
  give<Status>(node: Node<Status>, input: ChatInput | LinkInput | Wake): void {
    if (!node.alive) return;
    const effects = node.machine.handle(input, this.now) as readonly (LinkEffect | Status)[];
    if (effects instanceof Promise) throw new TypeError("the store of this test answers at once");
    for (const effect of effects) {
      if (isLinkEffect(effect as { kind: string })) this.#carryOut(node, effect as LinkEffect);
      else node.statuses.push(effect as Status);
    }
  }

  #carryOut(node: Node<unknown>, effect: LinkEffect): void {
    const end = node.ends.get(effect.link);
    switch (effect.kind) {
      case "connect":
        return this.#connect(node, effect);
      case "send":
        if (end === undefined || !end.open) return;
        return this.#send(end, effect.line);
      case "close":
        if (end !== undefined) this.#close(end, "end_of_file");
        return;
      case "abort":
        if (end !== undefined) this.#close(end, "reset");
    }
  }

  #connect(node: Node<unknown>, { link, host, port }: LinkEffect & { kind: "connect" }): void {
    const end: End = { node, link, other: null, open: true };
    node.ends.set(link, end);
    const callee = this.#nodes.find((one) => one.alive && one.ip === host && one.port === port);
    const there = this.latency(node.name, callee?.name ?? host);
    this.#after(there, () => {
      const back = this.latency(callee?.name ?? host, node.name);
      if (callee === undefined || !callee.alive) {
        this.#after(back, () => {
          if (!end.open) return;
          node.ends.delete(link);
          this.give(node, { kind: "unreachable", link, reason: "refused" });
        });
        return;
      }
      const accepted: End = { node: callee, link: callee.nextAccepted, other: end, open: true };
      callee.nextAccepted += 2;
      callee.ends.set(accepted.link, accepted);
      end.other = accepted;
      this.#arrive(accepted, end, () => this.give(node, { kind: "connected", link }));
      // The system accepted; whoever gave up in the meantime has closed already.
      this.give(callee, { kind: "accepted", link: accepted.link, ip: node.ip, port: 40000 + link });
      if (!end.open) this.#ended(accepted, "end_of_file");
    });
  }

  #send(end: End, line: string): void {
    const to = end.other;
    if (to === null) return;
    this.wire.push(`${end.node.name} > ${to.node.name}: ${line}`);
    const bytes = new TextEncoder().encode(line);
    const limit = to.node.name === "server" || end.node.name !== "server"
      ? LIMITS.chatLineBytes
      : LIMITS.serverReplyBytes;
    this.#arrive(end, to, () => {
      if (!to.node.alive) return;
      this.give(
        to.node,
        bytes.length > limit
          ? { kind: "line_too_long", link: to.link, limit }
          : { kind: "line", link: to.link, bytes },
      );
    });
  }

  #close(end: End, reason: CloseReason): void {
    const wasOpen = end.open;
    end.open = false;
    end.node.ends.delete(end.link);
    const to = end.other;
    if (wasOpen && to !== null) this.#arrive(end, to, () => this.#ended(to, reason));
  }

  #ended(end: End, reason: CloseReason): void {
    if (!end.open) return;
    end.open = false;
    end.node.ends.delete(end.link);
    this.give(end.node, { kind: "closed", link: end.link, reason });
  }

  /** Something on its way from one end to the other, behind everything that was sent before. */
  #arrive(from: End, to: End, run: () => void): void {
    const at = Math.max(
      this.now + this.latency(from.node.name, to.node.name),
      this.#lastArrival.get(to) ?? 0,
    );
    this.#lastArrival.set(to, at);
    this.#after(at - this.now, () => {
      if (!to.open) return;
      if (!from.node.silent) run();
    });
  }

  #after(delay: number, run: () => void): void {
    const event = { at: this.now + delay, order: this.#order++, run };
    const index = this.#events.findIndex(({ at }) => at > event.at);
    if (index < 0) this.#events.push(event);
    else this.#events.splice(index, 0, event);
  }

  #firstToWake(): Node<unknown> | undefined {
    let first: Node<unknown> | undefined;
    for (const node of this.#nodes) {
      if (!node.alive || node.machine.wakeAt() === null) continue;
      if (first === undefined || node.machine.wakeAt()! < first.machine.wakeAt()!) first = node;
    }
    return first;
  }
}

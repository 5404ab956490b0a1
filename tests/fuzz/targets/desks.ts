import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import type { CloseReason, LinkId, LinkInput } from "../../../lib/base/link.ts";
import { SECOND } from "../../../lib/base/units.ts";
import { CallDesk } from "../../../lib/directory/call_desk.ts";
import { CatalogueService } from "../../../lib/directory/catalogue_service.ts";
import { ChatDesk } from "../../../lib/directory/chat_desk.ts";
import type { Desk, DeskEffect } from "../../../lib/directory/desk.ts";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import { type ProbeAttempts, ProbeService } from "../../../lib/directory/probe_service.ts";
import { RegistryDesk } from "../../../lib/directory/registry_desk.ts";
import { RendezvousService } from "../../../lib/directory/rendezvous_service.ts";
import type { DirectoryStore } from "../../../lib/directory/store.ts";
import { parseReply } from "../../../lib/protocol/chat.ts";
import { utf8Length } from "../../../lib/wire/text.ts";
import { DeskProbe } from "../../directory/desk_probe.ts";
import { LateStore } from "../../directory/late_store.ts";
import * as call from "../../vectors/call.ts";
import * as chat from "../../vectors/chat.ts";
import * as music from "../../vectors/music.ts";
import * as rendezvous from "../../vectors/rendezvous.ts";
import { joined, linesOf } from "../../vectors/vector.ts";
import { REASONS } from "../link_steps.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget, type Saw } from "../target.ts";
import { PROBE_REQUESTS } from "./probe.ts";

const IPS = ["192.0.2.1", "192.0.2.1", "10.0.0.7", "2001:db8::7"] as const;
const RECORDS = 12;
/** Connections at once: enough to meet each other. */
const MOST_OPEN = 8;

/**
 * Clients of a desk that do what a script says. Whatever that is: only a connection that is there is
 * written to or ended, the store stays within its bounds, and when all have gone it holds no name of
 * theirs. Where the store answers late, much happens while a line waits, but no other line of the
 * same connection: the runtime sees to that.
 */
class Clients {
  readonly memory = new MemoryStore({ records: RECORDS, recordsPerOwner: RECORDS - 4 });
  readonly late: LateStore | null;
  readonly probe: DeskProbe;
  readonly open: LinkId[] = [];
  /** What each connection's last line came to, or is still coming to. */
  readonly #lines = new Map<LinkId, Promise<void>>();
  readonly #pending = new Set<Promise<void>>();
  #held = false;
  #before = "";

  constructor(
    deskOf: (store: DirectoryStore) => Desk,
    readonly check: Check,
    readonly saw: Saw,
    late: boolean,
  ) {
    this.late = late ? new LateStore(this.memory) : null;
    this.probe = new DeskProbe(deskOf(this.late ?? this.memory));
  }

  async step(step: Step): Promise<void> {
    const { who, value, rest } = step;
    const link = this.open[who % Math.max(1, this.open.length)];
    const operation = operationOf(step, OPERATIONS);
    if (operation === "store") this.#hold(value % 2 === 0);
    else if (operation === "connect" || link === undefined) {
      if (this.open.length >= MOST_OPEN) return;
      this.open.push(await this.probe.connect(IPS[value % IPS.length]));
    } else if (operation === "line") this.#line(link, { kind: "line", link, bytes: rest });
    else if (operation === "long line") {
      this.#line(link, { kind: "line_too_long", link, limit: 8192 });
    } else if (operation === "end") this.#end(link, REASONS[value % REASONS.length]!);
    else {
      // Always with a sweep, so that no name outlives its lease beside its successor.
      this.probe.now += TIMES[value]!;
      if (who % 2 === 0) this.memory.expire(this.probe.now);
      this.#run(this.probe.input({ kind: "wake" }), null);
    }
    if (!this.#held) await this.#settled();
  }

  /** Everybody leaves: nothing of them stays behind. */
  async finish(): Promise<void> {
    for (const link of [...this.open]) this.#end(link, "end_of_file");
    this.#hold(false);
    await this.#settled();
    // An answer that comes too late can leave a lease behind: it ends by itself, or is renewed for ever.
    for (let beat = 0; this.late !== null && beat < 8; beat += 1) {
      this.probe.now += 10 * SECOND;
      this.#run(this.probe.input({ kind: "wake" }), null);
      await this.#settled();
    }
    for (const service of ["chat", "call"]) {
      const left = this.memory.list(service, {}, this.probe.now).map(({ id }) => id);
      assert.deepEqual(left, [], "a name without a connection");
    }
  }

  #hold(held: boolean): void {
    if (this.late === null || held === this.#held) return;
    this.#held = held;
    if (held) this.late.hold();
    else this.late.answer();
  }

  #line(link: LinkId, input: LinkInput): void {
    const before = this.#lines.get(link) ?? Promise.resolve();
    // Without waiting, it would come after what follows it.
    const effects = this.#held
      ? before.then(() => this.open.includes(link) ? this.probe.input(input) : [])
      : this.probe.input(input);
    this.#lines.set(link, this.#run(effects, link));
  }

  #end(link: LinkId, reason: CloseReason): void {
    this.open.splice(this.open.indexOf(link), 1);
    this.#run(this.probe.input({ kind: "closed", link, reason }), null);
  }

  #run(effects: Promise<readonly DeskEffect[]>, from: LinkId | null): Promise<void> {
    const taken = effects.then((effects) => this.#take(effects, from));
    this.#pending.add(taken);
    return taken;
  }

  async #settled(): Promise<void> {
    while (this.#pending.size > 0) {
      const pending = [...this.#pending];
      await Promise.all(pending);
      for (const one of pending) this.#pending.delete(one);
    }
  }

  #take(effects: readonly DeskEffect[], from: LinkId | null): void {
    this.check(this, effects, from);
    for (const effect of effects) {
      const { kind } = effect;
      assert.notEqual(kind, "connect", "a server that calls people");
      if (kind === "send" || kind === "close" || kind === "abort") {
        // Of one that has left while the store was asked, nobody is left to hear of it.
        const there = this.open.includes(effect.link);
        assert.ok(there || this.late !== null, `${kind} on a connection that is not there`);
        if (kind === "send") assert.doesNotMatch(effect.line, /[\r\n]/);
        else if (there) this.open.splice(this.open.indexOf(effect.link), 1);
      }
      const word = kind === "refused"
        ? effect.code
        : kind === "send"
        ? `reply ${head(effect.line)}`
        : kind;
      this.saw(`${this.#before} > ${word}`);
      this.#before = word;
    }
    assert.ok(this.memory.size <= RECORDS, "more is held than there is room for");
  }
}

type Check = (clients: Clients, effects: readonly DeskEffect[], from: LinkId | null) => void;

const OPERATIONS = {
  ...{ a: "connect", l: "line", L: "long line", e: "end", t: "time", s: "store" },
} as const;

/** The beginning of a reply, which tells its kind. */
function head(line: string): string {
  return /^(?:LIST|ADDR|\{"[a-z]+":"[^"]{0,30}"(?:,"[a-z]+")?)/.exec(line)?.[0] ?? "other";
}

/**
 * Direct chat: only who has a name is answered, never with that name, no name is active twice, and
 * nobody is told no for want of room.
 */
function checkChat({ probe, open, late }: Clients, effects: readonly DeskEffect[]): void {
  for (const effect of effects) {
    if (effect.kind !== "send") continue;
    const own = probe.desk.nameOf(effect.link);
    if (late !== null && own === null) continue;
    assert.ok(own !== null, "sent to a connection without a name");
    const reply = parseReply(bytesOf(effect.line));
    if (reply.kind === "LIST") assert.ok(!reply.names.includes(own), "listed to itself");
  }
  // A close in answer to USER says that the name is taken, and it may be free.
  const full = effects.some((effect) => effect.kind === "refused" && effect.code === "name_full");
  assert.ok(!full || effects.length === 1, "said more than nothing where there was no room");
  const active = open.flatMap((link) => probe.desk.nameOf(link) ?? []);
  assert.equal(new Set(active).size, active.length, "a name is active twice");
}

/** The registry port: one line is answered by one line at the most, to who sent it, within a line. */
function checkRegistry(
  { late }: Clients,
  effects: readonly DeskEffect[],
  from: LinkId | null,
): void {
  const sent = effects.filter((effect) => effect.kind === "send");
  assert.ok(from === null || sent.length <= 1, "several replies to one line");
  // A full rendezvous is silent: its protocol has no word for it.
  const silent = late !== null || effects.some((effect) => effect.kind === "refused");
  if (from !== null && sent.length === 0) assert.ok(silent, "a line without a reply");
  for (const { link, line } of sent) {
    if (from !== null) assert.equal(link, from, "a reply to somebody else");
    assert.equal(typeof JSON.parse(line), "object");
    assert.ok(utf8Length(line) <= LIMITS.serverReplyBytes);
  }
}

/** Whoever asks for it is reached; nobody else is tried. */
const ATTEMPTS: ProbeAttempts = {
  time: () => 1_700_000_000_000,
  connect(ip) {
    assert.ok(IPS.some((one) => one === ip), `a connection to ${ip}`);
    return Promise.resolve("open");
  },
  send(ip, ports) {
    assert.ok(IPS.some((one) => one === ip), `datagrams to ${ip}`);
    return Promise.resolve(ports.length);
  },
};

function registryDesk(store: DirectoryStore): Desk {
  return new RegistryDesk([
    new RendezvousService(store),
    new CallDesk(store, "s"),
    new CatalogueService(store, "s"),
    new ProbeService(ATTEMPTS),
  ]);
}

/** Each line by a client of its own, and all by one. */
function scriptsOf(lines: readonly Uint8Array[]): Uint8Array[] {
  const short = lines.filter(({ length }) => length < 600);
  const groups = Array.from(
    { length: Math.ceil(short.length / 8) },
    (_, n) => short.slice(8 * n, 8 * n + 8),
  );
  return groups.flatMap((group) => [
    scriptOf(...group.flatMap((line, n) => [`a0${n % 4}`, ["l70", line] as const, "t02"])),
    scriptOf("a00", ...group.map((line) => ["l00", line] as const)),
  ]);
}

function deskTarget(
  name: string,
  deskOf: (store: DirectoryStore) => Desk,
  check: Check,
  shape: Pick<FuzzTarget, "seeds" | "words">,
  late = false,
): FuzzTarget {
  return {
    ...{ name, most: 6000, tries: late ? 100 : 200 },
    ...shape,
    seeds: late ? heldBack(shape.seeds) : shape.seeds,
    words: [...shape.words ?? [], ...late ? ["\ns00\n", "\ns01\n"] : []],
    async run(input, saw) {
      const clients = new Clients(deskOf, check, saw, late);
      for (const step of stepsOf(input)) await clients.step(step);
      await clients.finish();
    },
  };
}

const CHAT = {
  seeds: [
    scriptOf(
      ...["a00", "a10", "a20", "l00USER Ana:20000", "l10USER Bruno:20001", "l20USER João:20002"],
      ...["l00LIST", "l10ADDR Ana", "t08", "l10KEEP", "t0:", "l00LIST", "l10LIST", "e00"],
    ),
    scriptOf(
      "a00",
      "l00USER Ana:1",
      "a10",
      "l10USER Ana:1",
      "a20",
      "l20USER Ana:1",
      "t0<",
      "l00LIST",
    ),
    ...scriptsOf(linesOf(chat.REQUESTS_WRITTEN, chat.REQUESTS_READ, chat.REQUESTS_REFUSED)),
  ],
  words: [
    "\na00\n",
    "\nl00",
    "\nl10",
    "\nt0:\n",
    "\ne00\n",
    "USER Ana:20000",
    "USER Bruno:1",
    "ADDR Ana",
    "LIST",
    "KEEP",
  ],
};

/** The same with a store that keeps its answers back for a while. */
function heldBack(seeds: readonly Uint8Array[]): Uint8Array[] {
  return seeds.map((seed) => joined(scriptOf("a00", "s00"), seed, scriptOf("s01")));
}

const REGISTRY = {
  seeds: scriptsOf([
    ...linesOf(rendezvous.REQUESTS_WRITTEN, rendezvous.REQUESTS_READ, rendezvous.REQUESTS_REFUSED),
    ...linesOf(call.REQUESTS_WRITTEN, call.REQUESTS_READ, call.REQUESTS_REFUSED),
    ...PROBE_REQUESTS,
    ...linesOf(music.REQUESTS_WRITTEN, music.REQUESTS_READ, music.REQUESTS_REFUSED),
  ]),
  words: [
    ...["\na00\n", "\na02\n", "\nl00", "\nt0:\n", "\nt0<\n", "\ne00\n"],
    ...['{"type":"DISCOVER"}', '{"type":"NODE_LIST"}', '{"type":"consulta","nome":"João"}'],
    ...['{"type":"registro","nome":"João","porta":6000}', '"REGISTER"', '"NODE_REGISTER"'],
    ...['{"type":"NODE_REMOVE","name":"ana"}', '{"type":"UNREGISTER","namespace":"UnB"}'],
    ...['{"type":"encerramento","nome":"João"}', '"after":', '"more":true', '"files":'],
  ],
};

export const DESKS: readonly FuzzTarget[] = [
  deskTarget("chat_desk", (store) => new ChatDesk(store, "server"), checkChat, CHAT),
  deskTarget("chat_desk_late", (store) => new ChatDesk(store, "server"), checkChat, CHAT, true),
  deskTarget("registry_desk", registryDesk, checkRegistry, REGISTRY),
  deskTarget("registry_desk_late", registryDesk, checkRegistry, REGISTRY, true),
];

import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import {
  isLinkEffect,
  type LinkEffect,
  type LinkId,
  type LinkInput,
} from "../../../lib/base/link.ts";
import type { Wake } from "../../../lib/base/machine.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import { type ChatEffect, type ChatInput, ChatPeer } from "../../../lib/chat/chat_peer.ts";
import type { ChatCommand } from "../../../lib/chat/status.ts";
import { utf8Length } from "../../../lib/wire/text.ts";
import { linkSteps } from "../link_steps.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget, type Saw, textOf } from "../target.ts";

const NAMES = ["Ana", "Bruno", "Camila", "?Bruno", "Eva", "Bruno~2"] as const;
const IPS = ["10.0.0.7", "10.0.0.8", "::1"] as const;

/** Floods of one input: enough to reach every cap. */
const MOST_FLOODS = 5;

/** The world of one peer: its server, its callers, its person. It does what the script says. */
class World {
  now = 0;
  floods = 0;
  readonly connecting = new Set<LinkId>();
  readonly open = new Set<LinkId>();
  /** What an honest server would answer next. */
  readonly owed: { readonly link: LinkId; readonly line: string }[] = [];
  readonly peer = new ChatPeer({
    server: { host: "server.example", port: 10000 },
    name: "Ana",
    port: 20000,
    random: seededRandom(7),
  });
  #nextAccepted = 2;
  #flooded = false;
  #before = "";

  constructor(readonly saw: Saw) {}

  accept(ip: string): void {
    const link = this.#nextAccepted;
    this.#nextAccepted += 2;
    this.open.add(link);
    this.give({ kind: "accepted", link, ip, port: 50000 });
  }

  give(input: ChatInput | LinkInput | Wake): void {
    const effects = this.peer.handle(input, this.now);
    assert.ok(effects.length <= 6 * LIMITS.chatConversations + 10, "work for one input is bounded");
    for (const effect of effects) {
      if (isLinkEffect(effect)) this.#carryOut(effect);
      const word = wordOf(effect);
      this.saw(`${this.#before} > ${word}`);
      this.#before = word;
    }
    if (this.#flooded) return;
    this.check();
  }

  /** Many callers at once, each with a name of its own; looked at when all have come. */
  flood(ip: string, word: string): void {
    this.floods += 1;
    if (this.floods > MOST_FLOODS) return;
    this.#flooded = true;
    for (let n = 0; n < 60; n += 1) {
      this.accept(ip);
      const link = [...this.open].at(-1);
      const bytes = bytesOf(`USER ${word}-${n}`);
      if (link !== undefined && link % 2 === 0) this.give({ kind: "line", link, bytes });
    }
    this.#flooded = false;
    this.check();
  }

  check(): void {
    const { active, partners } = this.peer;
    assert.ok(this.open.size + this.connecting.size <= LIMITS.chatConversations + 1);
    assert.ok(partners.length <= LIMITS.chatConversations);
    const labels = partners.map(({ label }) => label);
    assert.equal(new Set(labels).size, labels.length, `one label for two: ${labels}`);
    assert.ok(active === null || labels.includes(active.label));
  }

  #carryOut(effect: LinkEffect): void {
    switch (effect.kind) {
      case "connect":
        assert.equal(effect.link % 2, 1);
        assert.ok(!this.open.has(effect.link) && !this.connecting.has(effect.link));
        this.connecting.add(effect.link);
        return;
      case "send":
        assert.ok(this.open.has(effect.link), `sent on a link that is not open: ${effect.line}`);
        assert.doesNotMatch(effect.line, /[\r\n]/);
        assert.ok(utf8Length(effect.line) <= LIMITS.chatLineBytes);
        if (effect.line.startsWith("ADDR ")) {
          this.owed.push({ link: effect.link, line: "ADDR 10.0.0.7:21500" });
        } else if (effect.line === "LIST") {
          this.owed.push({ link: effect.link, line: "LIST Bruno:Camila" });
        }
        return;
      case "close":
      case "abort":
        this.connecting.delete(effect.link);
        this.open.delete(effect.link);
    }
  }
}

function wordOf(effect: ChatEffect): string {
  if (effect.kind === "refused") return effect.refusal.why;
  if (effect.kind === "remote_error") return effect.code;
  if (effect.kind === "closed") return effect.ending;
  if (effect.kind === "opened") return `opened ${effect.outbound} ${effect.active} ${effect.doubt}`;
  return effect.kind;
}

const OPERATIONS: Readonly<Record<string, (world: World, step: Step) => void>> = {
  ...linkSteps(LIMITS.chatLineBytes),
  a: (world, { who }) => world.accept(IPS[who % IPS.length]!),
  F: (world, { who }) => world.flood(IPS[who % IPS.length]!, `${who}`),
  s(world) {
    const reply = world.owed.shift();
    if (reply === undefined || !world.open.has(reply.link)) return;
    world.give({ kind: "line", link: reply.link, bytes: bytesOf(reply.line) });
  },
  t(world, { value }) {
    world.now += TIMES[value]!;
    if ((world.peer.wakeAt() ?? Infinity) <= world.now) world.give({ kind: "wake" });
  },
  c: (world, step) => world.give({ kind: "command", command: commandOf(step) }),
};

function commandOf({ who, value, rest }: Step): ChatCommand {
  const [name, text] = [NAMES[who % NAMES.length]!, textOf(rest)];
  const commands: readonly ChatCommand[] = [
    { kind: "list" },
    { kind: "peers" },
    { kind: "chat", name },
    { kind: "to", name, text },
    { kind: "say", text },
    { kind: "switch", name },
    { kind: "bye", name },
    { kind: "bye", name: null },
    { kind: "rename", name },
    { kind: "chat", name: text },
    { kind: "farewell" },
  ];
  return commands[value % commands.length]!;
}

const REGISTERED = ["d00", "s00"] as const;

export const CHAT_PEER: readonly FuzzTarget[] = [{
  name: "chat_peer",
  seeds: [
    scriptOf(...REGISTERED, "c12", "s00", "d00", ["c03", "oi"], "l1?oi", "c14olá", "c17", "t05"),
    scriptOf(
      ...REGISTERED,
      "a00",
      "l1?USER Bruno",
      "s00",
      "l1?oi",
      "c14oi",
      "l1?DISC",
      "t09",
      "e1?",
    ),
    scriptOf(...REGISTERED, "a10", "l10USER Bruno", "c12", "s00", "s00", "d00", "l10DISC", "t0;"),
    scriptOf(...REGISTERED, "F00", "F10", "F20", "F30", "F40", "s00", "t09", "F00", "t0:"),
    scriptOf("d01", "t0;", "d00", "s00", "e00", "t0;", "d00", "s00", "c80", "c4;", "t0<"),
    scriptOf(...REGISTERED, "a00", "l10\\xc3(", "L00", "e10", "c00", "l00ADDR ::1:9", "c09x\\ny"),
  ],
  words: [
    ...[
      "\na00\n",
      "\nl00",
      "\nl10",
      "\ns00\n",
      "\nd00\n",
      "\ne00\n",
      "\nt0:\n",
      "\nc02\n",
      "\nc14",
    ],
    ...[
      "USER Bruno",
      "USER Camila",
      "USER Ana",
      "DISC",
      "LIST ",
      "ADDR 10.0.0.7:21500",
      "\\n",
      "\\x0d",
    ],
  ],
  most: 4000,
  tries: 150,
  run(input, saw) {
    const world = new World(saw);
    world.give({ kind: "start" });
    for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
    world.give({ kind: "command", command: { kind: "exit" } });
    assert.deepEqual([...world.open, ...world.connecting], [], "everything is closed at the end");
    assert.equal(world.peer.wakeAt(), null);
  },
}];

import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import type { LinkId } from "../../../lib/base/link.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import type {
  ListedPeer,
  OverlayCommand,
  OverlayEffect,
  OverlayInput,
  RendezvousRequest,
} from "../../../lib/overlay/contract.ts";
import { OVERLAY_LIMITS } from "../../../lib/overlay/limits.ts";
import { OverlayNode } from "../../../lib/overlay/node.ts";
import { parseLine } from "../../../lib/protocol/overlay.ts";
import { utf8Length } from "../../../lib/wire/text.ts";
import { READ, REFUSED, WRITTEN } from "../../vectors/overlay.ts";
import { linkSteps, nth } from "../link_steps.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget, type Saw, textOf } from "../target.ts";

const PEERS = ["eva@Giga", "bob@Giga", "zoe@UnB", "ana@UnB", "#UnB", "#Giga", "*", "bad"] as const;
const IPS = ["127.0.0.1", "127.0.0.2"] as const;

/** One node whose neighbours, rendezvous, person and clock do what the script says. */
class World {
  now = 0;
  sent = 0;
  fates = 0;
  readonly connecting = new Set<LinkId>();
  readonly open = new Set<LinkId>();
  readonly asked: RendezvousRequest[] = [];
  readonly node = new OverlayNode({
    name: "ana",
    namespace: "UnB",
    port: 7,
    random: seededRandom(1),
    wallClock: () => 0,
    inbound: 4,
    outbound: 2,
  });
  #nextAccepted = 2;
  #before = "";

  constructor(readonly saw: Saw) {}

  accept(ip: string): void {
    const link = this.#nextAccepted;
    this.#nextAccepted += 2;
    this.open.add(link);
    this.give({ kind: "accepted", link, ip, port: 9 });
  }

  give(input: OverlayInput): void {
    if (input.kind === "command" && input.command.kind === "send") this.sent += 1;
    for (const effect of this.node.handle(input, this.now)) {
      this.#carryOut(effect);
      const word = wordOf(effect);
      this.saw(`${this.#before} > ${word}`);
      this.#before = word;
    }
  }

  #carryOut(effect: OverlayEffect): void {
    switch (effect.kind) {
      case "connect":
        assert.ok(!this.open.has(effect.link) && !this.connecting.has(effect.link));
        this.connecting.add(effect.link);
        return;
      case "send":
        assert.ok(this.open.has(effect.link), `sent on a link that is not open: ${effect.line}`);
        assert.ok(utf8Length(effect.line) <= LIMITS.jsonLineBytes);
        assert.doesNotMatch(effect.line, /[\r\n]/);
        // Also what is passed on of others is a message.
        parseLine(bytesOf(effect.line));
        return;
      case "close":
      case "abort":
        this.connecting.delete(effect.link);
        this.open.delete(effect.link);
        return;
      case "rendezvous":
        this.asked.push(effect.request);
        return;
      case "report":
        if (effect.report.kind === "fate") this.fates += 1;
    }
  }
}

function wordOf(effect: OverlayEffect): string {
  if (effect.kind === "report") {
    const { report } = effect;
    return report.kind === "fate" ? `fate ${report.outcome.kind}` : report.kind;
  }
  return effect.kind === "send"
    ? /^\{"type":"[A-Z_]+"/.exec(effect.line)?.[0] ?? "other"
    : effect.kind;
}

const OPERATIONS: Readonly<Record<string, (world: World, step: Step) => void>> = {
  ...linkSteps(LIMITS.jsonLineBytes),
  a: (world, { who }) => world.open.size < 6 && world.accept(IPS[who % IPS.length]!),
  h(world, { who, value }) {
    const link = nth(world.open, who);
    const hello = {
      type: "HELLO",
      peer_id: PEERS[value % 3],
      features: ["relay", "ack", "who_has"],
    };
    if (link === undefined) return;
    // Who was called answers.
    const type = link % 2 === 1 ? "HELLO_OK" : "HELLO";
    world.give({ kind: "line", link, bytes: bytesOf(JSON.stringify({ ...hello, type })) });
  },
  w(world, { who, value }) {
    const link = nth(world.open, who);
    if (link !== undefined) world.give({ kind: "written", link, lines: value });
  },
  t(world, { value }) {
    world.now += TIMES[value]!;
    world.give({ kind: "wake" });
  },
  r(world, { value }) {
    const request = world.asked.shift();
    if (request === undefined) return;
    const fault = value === 1 ? "refused" : "unreachable";
    const outcome = value === 0
      ? { ok: true, ttl: 60, peers: listed(2) } as const
      : { ok: false, fault, reason: "no" } as const;
    world.give({ kind: "rendezvous_answer", request, outcome });
  },
  f: (world, { value }) => world.give({ kind: "discovered", peers: listed(value) }),
  g: (world) => world.give({ kind: "look_again" }),
  c: (world, step) => world.give({ kind: "command", command: commandOf(step) }),
};

function listed(count: number): ListedPeer[] {
  return Array.from({ length: count }, (_, n) => {
    const [name, namespace] = PEERS[n % 4]!.split("@") as [string, string];
    return { name, namespace, ip: "127.0.0.1", port: 7 + n };
  });
}

function commandOf({ who, value, rest }: Step): OverlayCommand {
  const [tag, peer] = [who, PEERS[who % PEERS.length]!];
  const commands: readonly OverlayCommand[] = [
    { kind: "send", tag, to: peer, text: textOf(rest) },
    { kind: "connect", tag, peer },
    { kind: "disconnect", tag, peer },
    { kind: "ping", tag, peer },
    { kind: "metrics", tag, peer },
    { kind: "metrics", tag },
    { kind: "routes", tag },
    { kind: "peers", tag, namespace: who % 2 === 0 ? "UnB" : undefined },
    { kind: "watch", tag, on: who % 2 === 0 },
    { kind: "send", tag, to: textOf(rest), text: "oi" },
  ];
  return commands[value % commands.length]!;
}

/** Two neighbours that have said who they are, and lines of theirs. */
function talk(lines: readonly string[]): Uint8Array {
  const said = lines.map((line, n) => [`l${n % 2}0`, line] as const);
  return scriptOf("a00", "a10", "h00", "h11", ...said, "t07", "c00oi");
}

const LINES = [...WRITTEN.map(([line]) => line), ...READ.map(([line]) => line), ...REFUSED]
  .filter((line) => line.length < 400);

export const OVERLAY_NODE: readonly FuzzTarget[] = [{
  name: "overlay_node",
  seeds: [
    scriptOf("f02", "d00", "h00", "c00oi", "t08", "c04", "t0;", "e00", "t0;", "d01"),
    scriptOf(
      "r00",
      "r00",
      "d00",
      "d00",
      "h00",
      "h11",
      "c00oi",
      "c20oi",
      "c40x",
      "w0?",
      "t0=",
      "c22",
    ),
    ...Array.from(
      { length: Math.ceil(LINES.length / 8) },
      (_, n) => talk(LINES.slice(8 * n, 8 * n + 8)),
    ),
  ],
  words: [
    ...[
      "\na00\n",
      "\nh00\n",
      "\nl00",
      "\nl10",
      "\nd00\n",
      "\ne00\n",
      "\nt0:\n",
      "\nc00",
      "\nw0?\n",
    ],
    ...['"type":"', "SEND", "ACK", "PUB", "WHO_HAS", "WHO_HAS_HIT", "RELAY_FAIL", "TTL_EXPIRED"],
    ...[
      "METRICS_REQ",
      "METRICS",
      "BYE",
      "BYE_OK",
      "PING",
      "PONG",
      "ERROR",
      '"eva@Giga"',
      '"ana@UnB"',
    ],
    ...[
      '"msg_id":"1"',
      '"ref":',
      '"code":"no_route"',
      '"ttl":8',
      '"dst":"ana@UnB"',
      '"src":"zoe@UnB"',
    ],
  ],
  most: 6000,
  tries: 300,
  run(input, saw) {
    const world = new World(saw);
    world.give({ kind: "start" });
    for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
    assert.ok(world.open.size + world.connecting.size <= 6 + OVERLAY_LIMITS.wanted);
    for (let wake = 0; wake < 200 && world.fates < world.sent; wake += 1) {
      const at = world.node.wakeAt();
      if (at === null) break;
      world.now = Math.max(world.now, at);
      world.give({ kind: "wake" });
    }
    world.give({ kind: "command", command: { kind: "quit", tag: 0 } });
    assert.equal(world.fates, world.sent, "each message of the person has one fate");
  },
}];

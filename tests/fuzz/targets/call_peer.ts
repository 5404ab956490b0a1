import assert from "node:assert/strict";
import { type IpPort, isLocalIp } from "../../../lib/base/address.ts";
import { isLinkEffect } from "../../../lib/base/link.ts";
import { ownNameFault } from "../../../lib/base/names.ts";
import type { CallCommand, CallEffect } from "../../../lib/call/contract.ts";
import { parseCallMessage, parseCallRequest } from "../../../lib/protocol/call.ts";
import { isCallStatus, LoneCallPeer } from "../../call/lone_call_peer.ts";
import * as vectors from "../../vectors/call.ts";
import { linesOf } from "../../vectors/vector.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget, type Saw, textOf } from "../target.ts";

const ADDRESSES: readonly IpPort[] = [
  { ip: "10.0.0.1", port: 6050 },
  { ip: "10.0.0.2", port: 6050 },
  { ip: "198.51.100.7", port: 6050 },
  { ip: "198.51.100.7", port: 7000 },
  { ip: "192.0.2.66", port: 6000 },
];
const NAMES = ["Maria", "João", "Rui"] as const;

/** One peer of calls, and whom it has to do with: only to these may anything go. */
class World {
  readonly lone = LoneCallPeer.registered("João");
  /** Machines that have sent it anything, and where the registry said that somebody is. */
  readonly known = new Set<string>();
  #talking = false;
  #before = "";

  constructor(readonly saw: Saw) {}

  /** Looks at what was done; `most` datagrams may have gone out. */
  check(most: number): void {
    const effects = this.lone.effects();
    const sent = effects.filter((effect) => effect.kind === "send_datagram");
    assert.ok(sent.length <= most, `${sent.length} datagrams for one thing that happened`);
    for (const effect of effects) {
      this.#effect(effect);
      const word = wordOf(effect);
      this.saw(`${this.#before} > ${word}`);
      this.#before = word;
    }
    const { phone, partner } = this.lone.peer;
    assert.equal(partner === null, phone === "idle");
    assert.equal(this.#talking, phone === "connected", "sound without a call, or a call without");
  }

  #effect(effect: CallEffect): void {
    if (effect.kind === "send_datagram" || effect.kind === "media_start") {
      const { ip } = effect.to;
      // Within a local network, a machine may say which of its addresses it wants to be called at.
      assert.ok(isLocalIp(ip) || this.known.has(ip), `to a stranger: ${ip}`);
    }
    if (effect.kind === "send_datagram") parseCallMessage(effect.bytes);
    else if (effect.kind === "send") parseCallRequest(bytesOf(effect.line));
    else if (effect.kind === "media_start" || effect.kind === "media_stop") {
      assert.equal(this.#talking, effect.kind === "media_stop");
      this.#talking = effect.kind === "media_start";
    } else if (effect.kind === "inviting") this.known.add(effect.address.ip);
    if (isLinkEffect(effect) && effect.kind === "connect") {
      assert.equal(effect.host, "server.example");
    }
  }
}

function wordOf(effect: CallEffect): string {
  if (!isCallStatus(effect)) return effect.kind;
  if (effect.kind === "refused") return effect.refusal.why;
  return "why" in effect ? `${effect.kind} ${effect.why}` : effect.kind;
}

const OPERATIONS: Readonly<Record<string, (world: World, step: Step) => void>> = {
  d(world, { who, rest }) {
    const from = ADDRESSES[who % ADDRESSES.length]!;
    world.known.add(from.ip);
    world.lone.hears(from, rest);
    // One datagram in makes at most one out: nobody is flooded through us.
    world.check(1);
  },
  m(world, { who }) {
    world.lone.hears(ADDRESSES[who % ADDRESSES.length]!, Uint8Array.of(0x80, 111, 0, 1));
    world.check(0);
  },
  s(world, { rest }) {
    world.lone.serverSays(rest);
    world.check(1);
  },
  k({ lone }, { value }) {
    const link = lone.server;
    if (value === 3) lone.give({ kind: "accepted", link: 2, ip: "10.0.0.1", port: 9 });
    else if (lone.peer.registry === "connecting") {
      if (value === 1) lone.give({ kind: "unreachable", link, reason: "refused" });
      else lone.give({ kind: "connected", link });
    } else if (value === 2) lone.give({ kind: "closed", link, reason: "reset" });
    else if (value === 4) lone.give({ kind: "line_too_long", link, limit: 9 });
  },
  t(world, { value }) {
    world.lone.passes(TIMES[value]!);
    world.check(200);
  },
  c(world, step) {
    world.lone.does(commandOf(step));
    world.check(2);
  },
};

function commandOf({ who, value, rest }: Step): CallCommand {
  const typed = textOf(rest);
  // What is no name, the command line keeps from the machine.
  const name = ownNameFault(typed) === null ? typed : NAMES[who % NAMES.length]!;
  const commands: readonly CallCommand[] = [
    { kind: "call", name },
    { kind: "accept" },
    { kind: "reject" },
    { kind: "hangup" },
    { kind: "who", name },
    { kind: "rename", name },
  ];
  return commands[value % commands.length]!;
}

const FOUND = '{"type":"consulta_ok","nome":"Maria","ip":"198.51.100.7","porta":6050}';
const REFUSED = '{"type":"registro_erro","nome":"João","erro":"nome_em_uso"}';
const INVITES =
  '{"type":"convite","call_id":"c1","nome":"Maria","ip":"198.51.100.7","porta":6050,' +
  '"codecs":["opus/48000","L16/16000"]}';
const ACCEPTS = '{"type":"resposta_ao_convite","call_id":"m1","nome":"Maria","resposta":"aceito",' +
  '"codec":"opus/48000","porta":6050}';
const ENDS = '{"type":"encerrar_ligação","call_id":"c1","nome":"Maria"}';

const MESSAGES = linesOf(vectors.MESSAGES_WRITTEN, vectors.MESSAGES_READ, vectors.MESSAGES_REFUSED);
const REPLIES = linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED);

export const CALL_PEER: readonly FuzzTarget[] = [{
  name: "call_peer",
  seeds: [
    scriptOf("c00", ["s00", FOUND], "t06", ["d20", ACCEPTS], "m20", "t05", "c03", "t08"),
    scriptOf(["d20", INVITES], "t06", ["d20", INVITES], "c01", "m20", ["d20", ENDS], [
      "d20",
      INVITES,
    ]),
    scriptOf(
      "k02",
      "t0;",
      "k00",
      ["s00", REFUSED],
      "c05Rui",
      ["s00", REFUSED],
      "k02",
      "t0;",
      "k00",
    ),
    scriptOf("c00", ["s00", FOUND], ["d20", INVITES], "m20", "m40", "t0:", "k02", "t0;", "k00"),
    scriptOf(["d20", INVITES], "c02", ["d40", INVITES], "c00", "t0=", ["d20", ENDS], "c05Rui"),
    scriptOf(
      ...MESSAGES.filter(({ length }) => length < 300).map((line) => ["d20", line] as const),
    ),
    scriptOf(...REPLIES.map((line) => ["s00", line] as const)),
  ],
  words: [
    ...[
      "\nd20",
      "\nd00",
      "\ns00",
      "\nm20\n",
      "\nc00\n",
      "\nc01\n",
      "\nc03\n",
      "\nt06\n",
      "\nt0;\n",
    ],
    ...["\nk02\n", "\nk00\n", '"call_id":"c1"', '"call_id":"m1"', '"nome":"Maria"', '"aceito"'],
    ...['"rejeitado"', '"convite"', '"encerrar_ligação"', '"resposta_ao_convite"', "consulta_ok"],
  ],
  most: 6000,
  tries: 400,
  run(input, saw) {
    const world = new World(saw);
    for (const step of stepsOf(input)) {
      operationOf(step, OPERATIONS)(world, step);
      world.check(2);
    }
    world.lone.passes(120_000);
    world.check(1000);
    world.lone.does({ kind: "quit" });
    world.lone.passes(10_000);
    world.check(20);
    assert.equal(world.lone.peer.phone, "idle");
    assert.equal(world.lone.peer.registry, "offline");
  },
}];

import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalIp, isPort } from "../../lib/base/address.ts";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { isLinkEffect, type LinkId } from "../../lib/base/link.ts";
import { normalizeName, wireNameFault } from "../../lib/base/names.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import { CallDesk } from "../../lib/directory/call_desk.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import { RendezvousService } from "../../lib/directory/rendezvous_service.ts";
import {
  type CallMessage,
  type CallRequest,
  formatCallMessage,
  formatCallRequest,
  parseCallMessage,
  parseCallReply,
  parseCallRequest,
} from "../../lib/protocol/call.ts";
import { LoneCallPeer } from "../call/lone_call_peer.ts";
import { DeskProbe } from "../directory/desk_probe.ts";
import * as vectors from "../vectors/call.ts";
import { bytesOf, linesOf } from "../vectors/vector.ts";
import { mutated } from "./mutated.ts";
import { plainRecord } from "./plain_record.ts";

const SETTINGS = { seed: 6000, numRuns: 500 } as const;

const REQUESTS = linesOf(
  vectors.REQUESTS_WRITTEN,
  vectors.REQUESTS_READ,
  vectors.REQUESTS_REFUSED,
);
const REPLIES = linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED);
const MESSAGES = linesOf(
  vectors.MESSAGES_WRITTEN,
  vectors.MESSAGES_READ,
  vectors.MESSAGES_REFUSED,
);

/** Reads; only the protocol's own error may be raised. */
function read(parse: (bytes: Uint8Array) => object, bytes: Uint8Array): void {
  try {
    const message = parse(bytes) as { name: string; ip?: string; port?: number };
    if (message.ip !== undefined) assert.equal(canonicalIp(message.ip), message.ip);
    if (message.port !== undefined) assert.ok(isPort(message.port));
    assert.equal(typeof message.name, "string");
  } catch (error) {
    assert.ok(error instanceof RemoteProtocolError, String(error));
  }
}

for (
  const [name, parse, lines] of [
    ["request", parseCallRequest, REQUESTS],
    ["reply", parseCallReply, REPLIES],
    ["datagram", parseCallMessage, MESSAGES],
  ] as const
) {
  Deno.test(`fuzz: a call ${name} of random or mutated bytes raises only the protocol's error`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => read(parse, bytes)),
      SETTINGS,
    );
    const random = seededRandom(2);
    for (let i = 0; i < 3000; i++) read(parse, mutated(lines[i % lines.length]!, random));
  });
}

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>({ toString: 1 }, { __proto__: null, length: -1 }, [[[]]], 1e308, -0),
);

Deno.test("fuzz: call messages with anything in their fields", () => {
  const objects = fc.record({
    type: fc.oneof(
      fc.constantFrom("registro", "consulta", "encerramento", "registro_ok", "consulta_erro"),
      fc.constantFrom("convite", "resposta_ao_convite", "encerrar_ligação"),
      values,
    ),
    nome: fc.oneof(fc.constantFrom("Ana", "João"), values),
    ip: fc.oneof(fc.ipV4(), fc.ipV6(), values),
    porta: fc.oneof(fc.integer({ min: -1, max: 65_537 }), values),
    call_id: fc.oneof(fc.constant("c1"), values),
    codecs: fc.oneof(fc.array(values), values),
    resposta: fc.oneof(fc.constantFrom("aceito", "rejeitado"), values),
    codec: values,
    erro: values,
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(objects, (object) => {
      const bytes = bytesOf(JSON.stringify(object));
      for (const parse of [parseCallRequest, parseCallReply, parseCallMessage]) read(parse, bytes);
    }),
    SETTINGS,
  );
});

const names = fc.string({ unit: "binary", minLength: 1, maxLength: 64 })
  .map(normalizeName)
  .filter((name) => wireNameFault(name) === null);
const ports = fc.integer({ min: 1, max: 65_535 });

Deno.test("fuzz: call requests and datagrams are read as they were written", () => {
  const request: fc.Arbitrary<CallRequest> = fc.oneof(
    plainRecord({
      kind: fc.constant("registro" as const),
      name: names,
      ip: fc.option(fc.ipV4(), { nil: undefined }),
      port: ports,
    }),
    plainRecord({
      kind: fc.constantFrom("consulta" as const, "encerramento" as const),
      name: names,
    }),
  );
  fc.assert(
    fc.property(request, (written) => {
      assert.deepEqual(parseCallRequest(bytesOf(formatCallRequest(written))), written);
    }),
    SETTINGS,
  );
  const message: fc.Arbitrary<CallMessage> = fc.oneof(
    plainRecord({
      kind: fc.constant("convite" as const),
      callId: names,
      name: names,
      ip: fc.ipV4(),
      port: ports,
      codecs: fc.array(fc.constantFrom("opus/48000", "L16/16000"), { maxLength: 4 }),
    }),
    plainRecord({
      kind: fc.constant("resposta_ao_convite" as const),
      callId: names,
      name: names,
      answer: fc.constant("aceito" as const),
      codec: fc.constantFrom("opus/48000", "L16/16000"),
      port: ports,
    }),
    plainRecord({ kind: fc.constant("encerrar_ligação" as const), callId: names, name: names }),
  );
  fc.assert(
    fc.property(message, (written) => {
      const bytes = bytesOf(formatCallMessage(written));
      assert.ok(bytes.length <= CALL_LIMITS.signallingBytes);
      assert.deepEqual(parseCallMessage(bytes), written);
    }),
    SETTINGS,
  );
});

/** Runs a registry desk with clients of both systems that do anything; how many replies it gave. */
async function abuse(random: Random, lines: readonly Uint8Array[]): Promise<number> {
  const store = new MemoryStore({ records: 12, recordsPerOwner: 12 });
  const desk = new RegistryDesk([new RendezvousService(store), new CallDesk(store, "s")]);
  const probe = new DeskProbe(desk);
  const open: LinkId[] = [];
  let replies = 0;
  const check = (effects: readonly DeskEffect[], sender: LinkId | null) => {
    for (const effect of effects) {
      if (effect.kind === "send") {
        replies += 1;
        assert.ok(open.includes(effect.link));
        if (sender !== null) assert.equal(effect.link, sender, "a reply to somebody else");
        assert.equal(typeof JSON.parse(effect.line), "object");
      } else if (effect.kind === "close" || effect.kind === "abort") {
        assert.ok(open.includes(effect.link), "closed a connection that is not there");
        open.splice(open.indexOf(effect.link), 1);
      }
    }
    assert.ok(store.size <= 12);
  };
  for (const line of lines) {
    if (open.length < 3 || random() < 0.2) {
      open.push(await probe.connect(random() < 0.5 ? "192.0.2.1" : "10.0.0.7"));
    }
    const link = open[Math.floor(random() * open.length)]!;
    const choice = random();
    if (choice < 0.03) {
      check(await probe.input({ kind: "line_too_long", link, limit: 32_768 }), link);
    } else if (choice < 0.08) {
      open.splice(open.indexOf(link), 1);
      check(await probe.input({ kind: "closed", link, reason: "reset" }), null);
    } else check(await probe.line(link, line), link);
    probe.now += Math.floor(random() * 2000);
    check(await probe.input({ kind: "wake" }), null);
    if (random() < 0.5) store.expire(probe.now);
    for (const { name } of await (desk.services[1] as CallDesk).users(probe.now)) {
      assert.ok(open.some((one) => desk.nameOf(one) === name), "a name without a connection");
    }
  }
  return replies;
}

Deno.test("fuzz: the registry desk with open connections answers its sender only, and in bounds", async () => {
  const random = seededRandom(3);
  const lines = Array.from(
    { length: 3000 },
    (_, i) =>
      random() < 0.3
        ? REQUESTS[i % REQUESTS.length]!
        : mutated(REQUESTS[i % REQUESTS.length]!, random),
  );
  assert.ok(await abuse(random, lines) > 1000);
});

Deno.test("fuzz: a peer of calls takes any datagram and any line, from anybody, at any time", () => {
  const random = seededRandom(4);
  const lone = LoneCallPeer.registered("João");
  const commands = ["call", "accept", "reject", "hangup", "who"] as const;
  const addresses = ["10.0.0.1", "10.0.0.2", "192.0.2.7"];
  for (let i = 0; i < 6000; i++) {
    const line = MESSAGES[Math.floor(random() * MESSAGES.length)]!;
    const bytes = random() < 0.6 ? line : mutated(line, random);
    const ip = addresses[Math.floor(random() * 3)]!;
    const choice = random();
    if (choice < 0.7) lone.hears({ ip, port: 6000 }, bytes);
    else if (choice < 0.75) lone.hears({ ip, port: 6000 }, Uint8Array.of(0x80, 111));
    else if (choice < 0.8) {
      const kind = commands[Math.floor(random() * commands.length)]!;
      lone.does(kind === "call" || kind === "who" ? { kind, name: "Maria" } : { kind });
    } else if (choice < 0.9) {
      lone.serverSays(mutated(REPLIES[Math.floor(random() * REPLIES.length)]!, random));
    } else lone.passes(Math.floor(random() * 3000));
    const effects = lone.effects();
    // One datagram in makes at most one out: nobody is flooded through us.
    const sent = effects.filter(({ kind }) => kind === "send_datagram");
    if (choice < 0.8) assert.ok(sent.length <= 1);
    for (const effect of effects) {
      if (isLinkEffect(effect) && effect.kind === "connect") {
        lone.give({ kind: "connected", link: effect.link });
        lone.effects();
        lone.serverSays('{"type":"registro_ok","nome":"João","ip":"10.0.0.9","porta":6000}');
      }
    }
  }
  lone.passes(60_000);
  lone.effects();
  assert.equal(lone.peer.phone, "idle");
});

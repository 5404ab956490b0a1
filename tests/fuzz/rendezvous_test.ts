import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalIp, isPort } from "../../lib/base/address.ts";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import type { LinkId } from "../../lib/base/link.ts";
import { normalizeName, wireNameFault } from "../../lib/base/names.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import { RendezvousService } from "../../lib/directory/rendezvous_service.ts";
import {
  formatError,
  formatPeers,
  formatRequest,
  parseReply,
  parseRequest,
  type RendezvousRequest,
} from "../../lib/protocol/rendezvous.ts";
import { DeskProbe } from "../directory/desk_probe.ts";
import * as vectors from "../vectors/rendezvous.ts";
import { bytesOf } from "../vectors/vector.ts";
import { mutated } from "./mutated.ts";
import { plainRecord } from "./plain_record.ts";

const SETTINGS = { seed: 5000, numRuns: 1000 } as const;

const LINES = [
  ...[vectors.REQUESTS_WRITTEN, vectors.REQUESTS_READ, vectors.REQUESTS_REFUSED],
  ...[vectors.REPLIES_READ, vectors.REPLIES_REFUSED],
].flat().map(([line]) => bytesOf(line));

/** Any JSON value, with those among them that cannot be made a string or a number. */
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    { toString: 1 },
    { toString: null, valueOf: null },
    { toJSON: 1 },
    { __proto__: null, length: -1 },
    [[[[]]]],
    1e308,
    -0,
    "9".repeat(400),
  ),
);

/** Objects that have the fields of requests and replies, each holding anything. */
const requests = fc.record({
  type: fc.oneof(fc.constantFrom("REGISTER", "discover", "Unregister"), values),
  namespace: fc.oneof(fc.constantFrom("UnB", "USP"), values),
  name: fc.oneof(fc.constantFrom("alice", "bia"), values),
  port: fc.oneof(fc.integer({ min: -1, max: 65_537 }), values),
  ttl: fc.oneof(fc.integer(), values),
}, { requiredKeys: ["type"] });

const replies = fc.record({
  status: fc.oneof(fc.constantFrom("OK", "ERROR"), values),
  error: values,
  message: values,
  ttl: values,
  peers: fc.oneof(
    fc.array(fc.record({
      ip: fc.oneof(fc.ipV4(), fc.ipV6(), values),
      port: fc.oneof(fc.integer({ min: 0, max: 65_536 }), values),
      name: fc.oneof(fc.string(), values),
      namespace: fc.oneof(fc.string(), values),
      ttl: values,
      expires_in: values,
      observed_ip: values,
      observed_port: values,
    }, { requiredKeys: [] })),
    values,
  ),
}, { requiredKeys: ["status"] });

/** Whether a request was read; where not, the error must be one that has a reply. */
function readRequestLine(bytes: Uint8Array): boolean {
  try {
    const request = parseRequest(bytes);
    if (request.kind === "REGISTER") {
      assert.ok(request.ttl >= 1 && request.ttl <= 86_400 && Number.isInteger(request.ttl));
      assert.ok(isPort(request.port));
      assert.equal(wireNameFault(request.name), null);
      assert.equal(wireNameFault(request.namespace), null);
    }
    return true;
  } catch (error) {
    assert.ok(error instanceof RemoteProtocolError, String(error));
    const reply = formatError(error);
    assert.equal(JSON.parse(reply).status, "ERROR");
    assert.ok(!reply.includes("\n"));
    assert.equal(parseReply(bytesOf(reply)).kind, "ERROR");
    return false;
  }
}

function readReplyLine(bytes: Uint8Array): void {
  try {
    const reply = parseReply(bytes);
    if (reply.kind === "ERROR") return assert.equal(typeof reply.error, "string");
    assert.ok(reply.ttl === undefined || Number.isSafeInteger(reply.ttl) && reply.ttl >= 1);
    for (const peer of reply.peers ?? []) {
      assert.equal(canonicalIp(peer.ip), peer.ip);
      assert.equal(canonicalIp(peer.observed_ip), peer.observed_ip);
      assert.ok(isPort(peer.port) && isPort(peer.observed_port));
      assert.equal(wireNameFault(peer.name), null);
      assert.equal(wireNameFault(peer.namespace), null);
      assert.ok(Number.isSafeInteger(peer.ttl) && Number.isSafeInteger(peer.expires_in));
    }
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
  }
}

for (
  const [name, read] of [["request", readRequestLine], ["reply", readReplyLine]] as const
) {
  Deno.test(`fuzz: a rendezvous ${name} of random bytes raises only the protocol's error`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void read(bytes)),
      SETTINGS,
    );
  });

  Deno.test(`fuzz: a mutated rendezvous ${name} raises only the protocol's error`, () => {
    const random = seededRandom(2);
    for (let i = 0; i < 5000; i++) read(mutated(LINES[i % LINES.length]!, random));
  });
}

Deno.test("fuzz: a rendezvous request with anything in its fields", () => {
  fc.assert(
    fc.property(requests, (request) => void readRequestLine(bytesOf(JSON.stringify(request)))),
    SETTINGS,
  );
});

Deno.test("fuzz: a rendezvous reply with anything in its fields", () => {
  fc.assert(
    fc.property(replies, (reply) => readReplyLine(bytesOf(JSON.stringify(reply)))),
    SETTINGS,
  );
});

const names = fc.string({ unit: "binary", minLength: 1, maxLength: 64 })
  .map(normalizeName)
  .filter((name) => wireNameFault(name) === null);
const ports = fc.integer({ min: 1, max: 65_535 });

Deno.test("fuzz: rendezvous requests are read as they were written", () => {
  const written: fc.Arbitrary<RendezvousRequest> = fc.oneof(
    plainRecord({
      kind: fc.constant("REGISTER" as const),
      namespace: names,
      name: names,
      port: ports,
      ttl: fc.integer({ min: 1, max: 86_400 }),
    }),
    plainRecord({ kind: fc.constant("DISCOVER" as const), namespace: fc.option(names) }),
    plainRecord({
      kind: fc.constant("UNREGISTER" as const),
      namespace: names,
      name: fc.option(names, { nil: undefined }),
      port: fc.option(ports, { nil: undefined }),
    }),
  );
  fc.assert(
    fc.property(written, (request) => {
      assert.deepEqual(parseRequest(bytesOf(formatRequest(request))), request);
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: rendezvous peers are read as they were written", () => {
  const peers = fc.array(plainRecord({
    ip: fc.ipV4(),
    port: ports,
    name: names,
    namespace: names,
    ttl: fc.integer({ min: 1, max: 86_400 }),
    expires_in: fc.nat(86_400),
    observed_ip: fc.ipV4(),
    observed_port: ports,
  }));
  fc.assert(
    fc.property(peers, (peers) => {
      const read = parseReply(bytesOf(formatPeers(peers)));
      assert.deepEqual(read, { kind: "OK", ttl: undefined, peers });
    }),
    SETTINGS,
  );
});

/** Runs a registry desk with clients that do anything; how many replies it gave. */
async function abuse(random: Random, lines: readonly Uint8Array[]): Promise<number> {
  const store = new MemoryStore({ records: 20, recordsPerOwner: 12 });
  const probe = new DeskProbe(new RegistryDesk([new RendezvousService(store)]));
  const open = new Set<LinkId>();
  const answered = new Set<LinkId>();
  const check = (effects: readonly DeskEffect[]) => {
    for (const effect of effects) {
      if (effect.kind === "send") {
        assert.ok(open.has(effect.link) && !answered.has(effect.link), "one reply a connection");
        answered.add(effect.link);
        parseReply(bytesOf(effect.line));
      } else if (effect.kind === "close") {
        assert.ok(open.delete(effect.link), "closed a connection that is not there");
      } else {
        assert.ok(effect.kind !== "connect" && effect.kind !== "abort");
      }
    }
    assert.ok(store.size <= 20);
  };
  for (const line of lines) {
    const link = await probe.connect(random() < 0.5 ? "192.0.2.1" : "2001:db8::7");
    open.add(link);
    const choice = random();
    if (choice < 0.05) {
      check(await probe.input({ kind: "line_too_long", link, limit: 32_768 }));
    } else if (choice < 0.1) {
      open.delete(link);
      check(await probe.input({ kind: "closed", link, reason: "reset" }));
    } else if (choice < 0.8) {
      check(await probe.line(link, line));
      assert.ok(!open.has(link), "a request was left without an end");
    }
    probe.now += Math.floor(random() * 2000);
    check(await probe.input({ kind: "wake" }));
    if (random() < 0.5) store.expire(probe.now);
  }
  return answered.size;
}

Deno.test("fuzz: the registry desk gives any client one reply and an end", async () => {
  const random = seededRandom(3);
  const mutations = Array.from(
    { length: 1500 },
    (_, i) => mutated(LINES[i % LINES.length]!, random),
  );
  assert.ok(await abuse(random, mutations) > 500);
  const objects = fc.sample(requests, { seed: 4, numRuns: 1500 });
  const lines = objects.map((object) => bytesOf(JSON.stringify(object)));
  assert.ok(await abuse(random, lines) > 500);
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { isPort } from "../../lib/base/address.ts";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { LIMITS } from "../../lib/base/limits.ts";
import type { LinkId } from "../../lib/base/link.ts";
import { normalizeName, wireNameFault } from "../../lib/base/names.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { CatalogueService } from "../../lib/directory/catalogue_service.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import {
  type CatalogueFile,
  catalogueFile,
  type CatalogueReply,
  type CatalogueRequest,
  type ControlMessage,
  formatCatalogueReply,
  formatCatalogueRequest,
  formatControlMessage,
  NodePage,
  parseCatalogueReply,
  parseCatalogueRequest,
  parseControlMessage,
  readCatalogueFile,
  splitRegistration,
} from "../../lib/protocol/music.ts";
import { DeskProbe } from "../directory/desk_probe.ts";
import * as vectors from "../vectors/music.ts";
import { bytesOf, linesOf } from "../vectors/vector.ts";
import { mutated } from "./mutated.ts";
import { plainRecord } from "./plain_record.ts";

const SETTINGS = { seed: 7000, numRuns: 500 } as const;

const REQUESTS = linesOf(
  vectors.REQUESTS_WRITTEN,
  vectors.REQUESTS_READ,
  vectors.REQUESTS_REFUSED,
);
const REPLIES = linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED);
const CONTROL = linesOf(vectors.CONTROL_WRITTEN, vectors.CONTROL_READ, vectors.CONTROL_REFUSED);

/** A file that was read is one that would be written. */
function checkFiles(files: readonly CatalogueFile[]): void {
  for (const file of files) assert.deepEqual(readCatalogueFile(file), file);
}

function checkRequest(bytes: Uint8Array): void {
  const request = parseCatalogueRequest(bytes);
  if (request.kind !== "NODE_REGISTER") return;
  assert.ok(Number.isInteger(request.ttl) && request.ttl >= 1 && request.ttl <= 3600);
  assert.ok(isPort(request.port));
  assert.equal(wireNameFault(request.name), null);
  checkFiles(request.files ?? []);
}

function checkReply(bytes: Uint8Array): void {
  const reply = parseCatalogueReply(bytes);
  if (reply.kind === "registered") assert.ok(Number.isSafeInteger(reply.registered));
  if (reply.kind !== "nodes") return;
  for (const { name, port, files } of reply.nodes) {
    assert.equal(wireNameFault(name), null);
    assert.ok(isPort(port));
    checkFiles(files);
  }
}

function checkControl(bytes: Uint8Array): void {
  const message = parseControlMessage(bytes);
  assert.ok(message.stream >= 0 && message.stream < 2 ** 48);
  if (message.kind === "GET") assert.ok(isPort(message.port) && message.offset >= 0);
}

/** Reads; only the protocol's own error may be raised. */
function read(check: (bytes: Uint8Array) => void, bytes: Uint8Array): void {
  try {
    check(bytes);
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
  }
}

for (
  const [name, check, lines] of [
    ["catalogue request", checkRequest, REQUESTS],
    ["catalogue reply", checkReply, REPLIES],
    ["music control datagram", checkControl, CONTROL],
  ] as const
) {
  Deno.test(`fuzz: a ${name} of random or mutated bytes raises only the protocol's error`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => read(check, bytes)),
      SETTINGS,
    );
    const random = seededRandom(2);
    for (let i = 0; i < 3000; i++) read(check, mutated(lines[i % lines.length]!, random));
  });
}

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    { toString: 1 },
    { toJSON: 1 },
    { __proto__: null, length: -1 },
    [[[]]],
    1e308,
    -0,
    "9".repeat(400),
  ),
);
const anyFile = fc.record({
  id: fc.oneof(fc.constant("ab".repeat(32)), values),
  name: fc.oneof(fc.string(), values),
  size: fc.oneof(fc.nat(), values),
  title: fc.oneof(fc.string(), values),
  artist: fc.oneof(fc.string(), values),
  seconds: fc.oneof(fc.double(), values),
  pieces: fc.oneof(fc.constant("cd".repeat(32)), values),
}, { requiredKeys: ["id", "name", "size"] });
const anyObject = fc.record({
  type: fc.oneof(
    fc.constantFrom("NODE_REGISTER", "node_list", "Node_Remove", "GET", "get_ok", "GET_ERROR"),
    values,
  ),
  status: fc.oneof(fc.constantFrom("OK", "ERROR"), values),
  name: fc.oneof(fc.constantFrom("ana", "bia"), values),
  port: fc.oneof(fc.integer({ min: -1, max: 65_537 }), values),
  ttl: fc.oneof(fc.integer(), values),
  files: fc.oneof(fc.array(anyFile, { maxLength: 3 }), values),
  more: fc.oneof(fc.boolean(), values),
  query: fc.oneof(fc.string({ unit: "binary" }), values),
  after: fc.oneof(fc.string({ unit: "binary" }), values),
  nodes: fc.oneof(fc.array(fc.record({ name: values, ip: values, port: values })), values),
  registered: values,
  stream: fc.oneof(fc.nat(), values),
  id: fc.oneof(fc.constant("ab".repeat(32)), values),
  offset: fc.oneof(fc.nat(), values),
  size: fc.oneof(fc.nat(), values),
  error: values,
}, { requiredKeys: ["type"] });

Deno.test("fuzz: music messages with anything in their fields", () => {
  fc.assert(
    fc.property(anyObject, (object) => {
      const bytes = bytesOf(JSON.stringify(object));
      for (const check of [checkRequest, checkReply, checkControl]) read(check, bytes);
    }),
    SETTINGS,
  );
});

const names = fc.string({ unit: "binary", minLength: 1, maxLength: 64 })
  .map(normalizeName)
  .filter((name) => wireNameFault(name) === null);
const ports = fc.integer({ min: 1, max: 65_535 });
const digests = fc.stringMatching(/^[0-9a-f]{64}$/);
const texts = fc.string({ unit: "binary", maxLength: 300 });
const files: fc.Arbitrary<CatalogueFile> = plainRecord({
  id: digests,
  name: texts,
  size: fc.maxSafeNat(),
  title: texts,
  artist: texts,
  seconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }).map((time) => time + 0)),
  pieces: fc.option(digests, { nil: undefined }),
}).map(catalogueFile);

Deno.test("fuzz: music messages are read as they were written", () => {
  const request: fc.Arbitrary<CatalogueRequest> = fc.oneof(
    plainRecord({
      kind: fc.constant("NODE_REGISTER" as const),
      name: names,
      port: ports,
      ttl: fc.integer({ min: 1, max: 3600 }),
      files: fc.array(files, { maxLength: 4 }),
      more: fc.boolean(),
    }),
    plainRecord({
      kind: fc.constant("NODE_LIST" as const),
      query: fc.string({ maxLength: 128 }),
      after: fc.option(fc.string({ maxLength: 200 })),
    }),
    plainRecord({ kind: fc.constant("NODE_REMOVE" as const), name: names }),
  );
  fc.assert(
    fc.property(request, (written) => {
      assert.deepEqual(parseCatalogueRequest(bytesOf(formatCatalogueRequest(written))), written);
    }),
    SETTINGS,
  );
  const reply: fc.Arbitrary<CatalogueReply> = fc.oneof(
    plainRecord({
      kind: fc.constant("nodes" as const),
      nodes: fc.array(
        plainRecord({
          name: names,
          ip: fc.ipV4(),
          port: ports,
          files: fc.array(files, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
      next: fc.option(fc.string()),
    }),
    plainRecord({
      kind: fc.constant("registered" as const),
      ttl: fc.integer({ min: 1, max: 3600 }),
      registered: fc.maxSafeNat(),
    }),
  );
  fc.assert(
    fc.property(reply, (written) => {
      assert.deepEqual(parseCatalogueReply(bytesOf(formatCatalogueReply(written))), written);
    }),
    SETTINGS,
  );
  const stream = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  const control: fc.Arbitrary<ControlMessage> = fc.oneof(
    plainRecord({
      kind: fc.constant("GET" as const),
      stream,
      id: digests,
      offset: fc.maxSafeNat(),
      port: ports,
    }),
    plainRecord({
      kind: fc.constant("GET_OK" as const),
      stream,
      id: digests,
      name: files.map(({ name }) => name),
      size: fc.maxSafeNat(),
    }),
    plainRecord({
      kind: fc.constant("GET_ERROR" as const),
      stream,
      error: fc.constantFrom("not_available", "busy"),
    }),
  );
  fc.assert(
    fc.property(control, (written) => {
      const bytes = bytesOf(formatControlMessage(written));
      assert.ok(bytes.length <= 1200);
      assert.deepEqual(parseControlMessage(bytes), written);
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: any list splits into lines that fit, and any page does", () => {
  fc.assert(
    fc.property(names, fc.array(files, { maxLength: 120 }), (name, list) => {
      const lines = splitRegistration({ name, port: 1, ttl: 1 }, list).map(bytesOf);
      const read = lines.flatMap((line) => {
        assert.ok(line.length <= LIMITS.jsonLineBytes);
        const request = parseCatalogueRequest(line);
        assert.ok(request.kind === "NODE_REGISTER");
        return request.files ?? [];
      });
      assert.deepEqual(read, list);
      const page = new NodePage();
      const node = { name, ip: "192.0.2.1", port: 1 };
      const full = list.findIndex((file) => !page.add(node, file));
      assert.notEqual(full, 0, "a file that fits no page would stop the list");
      assert.ok(bytesOf(page.finish("x".repeat(193))).length <= LIMITS.jsonLineBytes);
    }),
    { seed: 7000, numRuns: 60 },
  );
});

/** Runs a registry desk with clients that do anything; how many replies it gave. */
async function abuse(random: Random, lines: readonly Uint8Array[]): Promise<number> {
  const store = new MemoryStore({ records: 20, recordsPerOwner: 12 });
  const probe = new DeskProbe(new RegistryDesk([new CatalogueService(store, "s")]));
  let replies = 0;
  const check = (effects: readonly DeskEffect[], link: LinkId) => {
    const own = effects.filter((effect) => "link" in effect && effect.link === link);
    assert.deepEqual(own.map(({ kind }) => kind).filter((kind) => kind !== "refused"), [
      "send",
      "close",
    ]);
    for (const effect of own) {
      if (effect.kind !== "send") continue;
      replies += 1;
      assert.ok(bytesOf(effect.line).length <= LIMITS.jsonLineBytes);
      parseCatalogueReply(bytesOf(effect.line));
    }
    assert.ok(store.size <= 20);
  };
  for (const line of lines) {
    const link = await probe.connect(random() < 0.5 ? "192.0.2.1" : "2001:db8::7");
    check(await probe.line(link, line), link);
    probe.now += Math.floor(random() * 2000);
    if (random() < 0.5) store.expire(probe.now);
  }
  return replies;
}

Deno.test("fuzz: the catalogue gives any client one reply and an end", async () => {
  const random = seededRandom(3);
  const mutations = Array.from(
    { length: 1500 },
    (_, i) => mutated(REQUESTS[i % REQUESTS.length]!, random),
  );
  assert.equal(await abuse(random, mutations), 1500);
  const objects = fc.sample(anyObject, { seed: 4, numRuns: 1500 });
  const lines = objects.map((object) => bytesOf(JSON.stringify(object)));
  assert.equal(await abuse(random, lines), 1500);
});

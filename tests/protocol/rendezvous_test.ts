import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { LIMITS } from "../../lib/base/limits.ts";
import {
  formatError,
  formatPeers,
  formatRegistered,
  formatRequest,
  formatUnregistered,
  parseReply,
  parseRequest,
  requestType,
} from "../../lib/protocol/rendezvous.ts";
import * as vectors from "../vectors/rendezvous.ts";
import { bytesOf, testFormat } from "../vectors/vector.ts";

testFormat("rendezvous request", {
  parse: parseRequest,
  format: formatRequest,
  limit: LIMITS.jsonLineBytes,
  written: vectors.REQUESTS_WRITTEN,
  read: vectors.REQUESTS_READ,
  refused: vectors.REQUESTS_REFUSED,
});

testFormat("rendezvous reply", {
  parse: parseReply,
  format: () => assert.fail("replies have writers of their own"),
  limit: LIMITS.serverReplyBytes,
  written: [],
  read: vectors.REPLIES_READ,
  refused: vectors.REPLIES_REFUSED,
});

const PEER = {
  ip: "203.0.113.7",
  port: 7070,
  name: "João",
  namespace: "UnB",
  ttl: 60,
  expires_in: 59,
  observed_ip: "203.0.113.7",
  observed_port: 45678,
};

Deno.test("rendezvous reply: REGISTER's is written as the page has it and read back", () => {
  const line = formatRegistered(7200, "203.0.113.7", 45678);
  assert.equal(
    line,
    '{"status":"OK","ttl":7200,"observed_ip":"203.0.113.7","observed_port":45678}',
  );
  assert.deepEqual(parseReply(bytesOf(line)), { kind: "OK", ttl: 7200, peers: undefined });
});

Deno.test("rendezvous reply: DISCOVER's is written as the page has it and read back", () => {
  assert.equal(formatPeers([]), '{"status":"OK","peers":[]}');
  const line = formatPeers([PEER]);
  assert.equal(
    line,
    '{"status":"OK","peers":[{"ip":"203.0.113.7","port":7070,"name":"João","namespace":"UnB",' +
      '"ttl":60,"expires_in":59,"observed_ip":"203.0.113.7","observed_port":45678}]}',
  );
  assert.deepEqual(parseReply(bytesOf(line)), { kind: "OK", ttl: undefined, peers: [PEER] });
});

Deno.test("rendezvous reply: UNREGISTER's is written as the page has it", () => {
  assert.equal(formatUnregistered(), '{"status":"OK"}');
});

/** The page's table of errors: code, detail, and the reply to the letter. */
const ERRORS: readonly (readonly [code: string, detail: string, reply: string])[] = [
  ["bad_name", "", '{"status":"ERROR","error":"bad_name"}'],
  ["bad_namespace", "", '{"status":"ERROR","error":"bad_namespace"}'],
  ["bad_port", "", '{"status":"ERROR","error":"bad_port"}'],
  ["bad_ttl", "", '{"status":"ERROR","error":"bad_ttl"}'],
  ["bad_port", "abc", '{"status":"ERROR","error":"bad_port (abc)"}'],
  ["invalid_json", "", '{"status":"ERROR","error":"invalid_json"}'],
  ["missing_type", "", '{"status":"ERROR","error":"missing_type"}'],
  ["empty", "", '{"status":"ERROR","message":"Empty request line"}'],
  ["line_too_long", "", '{"status":"ERROR","error":"line_too_long","limit":32768}'],
  ["unknown_command", "", '{"status":"ERROR","message":"Unknown command"}'],
  [
    "timeout",
    "",
    '{"status":"ERROR","message":"Timeout: no data received, closing connection"}',
  ],
];

for (const [code, detail, reply] of ERRORS) {
  Deno.test(`rendezvous error: ${code}${detail === "" ? "" : ` (${detail})`}`, () => {
    assert.equal(formatError(new RemoteProtocolError(code, detail)), reply);
    const read = parseReply(bytesOf(reply));
    const { error, message } = JSON.parse(reply);
    assert.deepEqual(read, { kind: "ERROR", error: error ?? message });
  });
}

/** What a bad port of UNREGISTER is quoted as. */
const QUOTED: readonly (readonly [port: string, quoted: string])[] = [
  ['"abc"', "bad_port (abc)"],
  ["70000", "bad_port (70000)"],
  ["1.5", "bad_port (1.5)"],
  ["true", "bad_port (true)"],
  ["[1]", "bad_port ([1])"],
  ['"say \\"hi\\"\\n"', 'bad_port (say "hi"\n)'],
  [`"${"x".repeat(1000)}"`, `bad_port (${"x".repeat(64)})`],
  [`${"[".repeat(16_000)}${"]".repeat(16_000)}`, `bad_port (${"[".repeat(64)})`],
];

for (const [port, quoted] of QUOTED) {
  Deno.test(`rendezvous error: UNREGISTER with port ${port.slice(0, 20)}`, () => {
    const line = `{"type":"UNREGISTER","namespace":"UnB","port":${port}}`;
    let reply = "";
    try {
      parseRequest(bytesOf(line));
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError);
      reply = formatError(error);
    }
    assert.deepEqual(JSON.parse(reply), { status: "ERROR", error: quoted });
    assert.ok(!reply.includes("\n"));
  });
}

Deno.test("rendezvous request: the type is told without regard to case", () => {
  assert.equal(requestType({ type: "register" }), "REGISTER");
  assert.equal(requestType({ type: "DiScOvEr" }), "DISCOVER");
});

Deno.test("rendezvous request: fields of an object's prototype do not count", () => {
  const line = '{"__proto__":{"type":"DISCOVER"}}';
  assert.throws(() => parseRequest(bytesOf(line)), { code: "missing_type" });
  const named = '{"type":"REGISTER","__proto__":{"name":"a","namespace":"b","port":1}}';
  assert.throws(() => parseRequest(bytesOf(named)), { code: "bad_name" });
});

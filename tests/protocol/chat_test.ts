import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import {
  formatPeerLine,
  formatReply,
  formatRequest,
  parseGreeting,
  parsePeerLine,
  parseReply,
  parseRequest,
  type PeerLine,
} from "../../lib/protocol/chat.ts";
import * as vectors from "../vectors/chat.ts";
import { bytesOf, testFormat } from "../vectors/vector.ts";

const limit = LIMITS.chatLineBytes;

testFormat("chat request", {
  parse: parseRequest,
  format: formatRequest,
  limit,
  written: vectors.REQUESTS_WRITTEN,
  read: vectors.REQUESTS_READ,
  refused: vectors.REQUESTS_REFUSED,
});

testFormat("chat reply", {
  parse: parseReply,
  format: formatReply,
  limit,
  written: vectors.REPLIES_WRITTEN,
  read: vectors.REPLIES_READ,
  refused: vectors.REPLIES_REFUSED,
});

testFormat<PeerLine>("chat greeting", {
  parse: (bytes) => ({ kind: "USER", name: parseGreeting(bytes) }),
  format: formatPeerLine,
  limit,
  written: vectors.GREETINGS_WRITTEN,
  read: vectors.GREETINGS_READ,
  refused: vectors.GREETINGS_REFUSED,
});

testFormat<PeerLine>("chat between peers", {
  parse: parsePeerLine,
  format: formatPeerLine,
  limit,
  written: vectors.PEER_LINES_WRITTEN,
  read: vectors.PEER_LINES_READ,
  refused: [],
});

Deno.test("chat between peers: a typed DISC goes out with a blank and ends nothing", () => {
  const line = formatPeerLine({ kind: "TEXT", text: "DISC" });
  assert.equal(line, "DISC ");
  assert.deepEqual(parsePeerLine(bytesOf(line)), { kind: "TEXT", text: "DISC " });
});

Deno.test("chat request: what is refused is quoted for the log", () => {
  assert.throws(() => parseRequest(bytesOf("HELLO you")), /bad_instruction: HELLO you/);
});

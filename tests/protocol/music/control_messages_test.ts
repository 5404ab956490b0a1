import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import {
  formatControlMessage,
  isControlDatagram,
  parseControlMessage,
} from "../../../lib/protocol/music.ts";
import * as vectors from "../../vectors/music.ts";
import { bytesOf, testFormat } from "../../vectors/vector.ts";

testFormat("music control", {
  parse: parseControlMessage,
  format: formatControlMessage,
  limit: LIMITS.datagramBytes,
  written: vectors.CONTROL_WRITTEN,
  read: vectors.CONTROL_READ,
  refused: vectors.CONTROL_REFUSED,
});

Deno.test("music control: the first byte tells it from binary packets and from RTP", () => {
  for (const [line] of vectors.CONTROL_WRITTEN) assert.ok(isControlDatagram(bytesOf(line)));
  for (const first of [0x00, 0x40, 0x45, 0x80, 0xbf, 0xff]) {
    assert.equal(isControlDatagram(Uint8Array.of(first)), false);
  }
  assert.equal(isControlDatagram(new Uint8Array()), false);
});

Deno.test("music control: the longest datagram fits a path of 1,200 bytes", () => {
  const id = "f".repeat(64);
  const stream = 2 ** 48 - 1;
  const longest = formatControlMessage({
    kind: "GET_OK",
    stream,
    id,
    name: "\u4e2d".repeat(255),
    size: Number.MAX_SAFE_INTEGER,
  });
  assert.ok(bytesOf(longest).length <= 1200, String(bytesOf(longest).length));
});

import assert from "node:assert/strict";
import { datagramKind } from "../../lib/wire/datagram_kind.ts";

Deno.test("the first byte of a datagram tells signalling, RTP and nothing apart", () => {
  for (let first = 0; first < 256; first++) {
    const expected = first === 0x7b ? "signalling" : first >> 6 === 2 ? "media" : null;
    assert.equal(datagramKind(Uint8Array.of(first, 0x7b, 0x80)), expected, `${first}`);
  }
  assert.equal(datagramKind(new Uint8Array(0)), null);
});

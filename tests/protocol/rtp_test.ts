import assert from "node:assert/strict";
import { formatRtp, isRtcp, L16, OPUS, parseRtp } from "../../lib/protocol/rtp.ts";
import { hex, RTP_BOTH_WAYS, RTP_READ, RTP_REFUSED } from "../vectors/rtp.ts";
import { isRemoteError } from "../vectors/vector.ts";

for (const [what, datagram, packet] of RTP_BOTH_WAYS) {
  Deno.test(`rtp: reads and writes ${what}`, () => {
    assert.deepEqual(parseRtp(hex(datagram)), packet);
    assert.equal(formatRtp(packet).toHex(), hex(datagram).toHex());
  });
}

for (const [what, datagram, packet] of RTP_READ) {
  Deno.test(`rtp: reads ${what}`, () => assert.deepEqual(parseRtp(hex(datagram)), packet));
}

for (const [what, datagram, code] of RTP_REFUSED) {
  Deno.test(`rtp: refuses ${what} as ${code}`, () => {
    assert.throws(() => parseRtp(hex(datagram)), isRemoteError(code));
  });
}

Deno.test("rtp: reads a datagram that lies in the middle of a buffer", () => {
  for (const [, datagram, packet] of RTP_BOTH_WAYS) {
    const bytes = hex(datagram);
    const buffer = new Uint8Array(bytes.length + 14).fill(0xee);
    buffer.set(bytes, 7);
    assert.deepEqual(parseRtp(buffer.subarray(7, 7 + bytes.length)), packet);
  }
});

Deno.test("rtp: refuses to write what has no place in a packet", () => {
  const [, , packet] = RTP_BOTH_WAYS[0]!;
  const sources = Array.from({ length: 16 }, (_, n) => n);
  assert.throws(() => formatRtp({ ...packet, csrcs: sources }), RangeError);
  const extension = { profile: 1, data: new Uint8Array(3) };
  assert.throws(() => formatRtp({ ...packet, extension }), RangeError);
  assert.throws(() => formatRtp({ ...packet, padding: 256 }), RangeError);
});

Deno.test("rtp: tells RTCP on the same port, and the formats of a call", () => {
  assert.ok(isRtcp(hex("80 c8")) && isRtcp(hex("80 c9")) && isRtcp(hex("80 cf")));
  assert.ok(!isRtcp(hex("80 6f")) && !isRtcp(hex("80 ef")) && !isRtcp(hex("80 e1")));
  assert.ok(!isRtcp(hex("80")));
  assert.deepEqual([OPUS.payloadType, OPUS.clockRate], [111, 48_000]);
  assert.deepEqual([L16.payloadType, L16.clockRate], [97, 16_000]);
});

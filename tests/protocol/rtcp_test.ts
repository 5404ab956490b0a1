import assert from "node:assert/strict";
import { formatRtcp, parseRtcp } from "../../lib/protocol/rtcp.ts";
import { RTCP_BOTH_WAYS, RTCP_READ, RTCP_REFUSED } from "../vectors/rtcp.ts";
import { hex } from "../vectors/rtp.ts";
import { isRemoteError } from "../vectors/vector.ts";

for (const [what, datagram, parts] of RTCP_BOTH_WAYS) {
  Deno.test(`rtcp: reads and writes ${what}`, () => {
    assert.deepEqual(parseRtcp(hex(datagram)), parts);
    assert.equal(formatRtcp(parts).toHex(), hex(datagram).toHex());
  });
}

for (const [what, datagram, parts] of RTCP_READ) {
  Deno.test(`rtcp: reads ${what}`, () => assert.deepEqual(parseRtcp(hex(datagram)), parts));
}

for (const [what, datagram] of RTCP_REFUSED) {
  Deno.test(`rtcp: refuses ${what}`, () => {
    assert.throws(() => parseRtcp(hex(datagram)), isRemoteError("bad_rtcp"));
  });
}

Deno.test("rtcp: a name of any length fills whole words and ends in a zero", () => {
  for (let length = 0; length < 9; length++) {
    const name = "x".repeat(length);
    const report = { kind: "report", ssrc: 1, sender: null, blocks: [] } as const;
    const datagram = formatRtcp([report, { kind: "name", ssrc: 1, name }]);
    assert.equal(datagram.length % 4, 0);
    assert.equal(datagram.at(-1), 0);
    assert.deepEqual(parseRtcp(datagram)[1], { kind: "name", ssrc: 1, name });
  }
});

import assert from "node:assert/strict";
import { OutgoingDigests } from "../../lib/music/outgoing_digests.ts";

Deno.test("outgoing digests: go in packets, the lost ones again, until they are known", () => {
  const digests = new OutgoingDigests(new Uint8Array(100 * 32).map((_, at) => at >> 5));
  assert.deepEqual([digests.next(), digests.next()], [0, 1]);
  digests.lost(0);
  digests.lost(1);
  digests.arrived(1);
  assert.deepEqual([digests.next(), digests.next(), digests.next()], [0, 2, null]);
  const { first, digests: bytes } = digests.body(2);
  assert.deepEqual([first, bytes.length, bytes[0]], [72, 28 * 32, 72]);
  digests.lost(2);
  digests.done();
  assert.equal(digests.next(), null);
});

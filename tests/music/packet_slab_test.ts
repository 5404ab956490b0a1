import assert from "node:assert/strict";
import { PacketSlab } from "../../lib/music/packet_slab.ts";

Deno.test("packet slab: no byte is used twice", () => {
  const slab = new PacketSlab();
  const packets = Array.from({ length: 300 }, (_, n) => {
    const at = slab.place(1196);
    slab.view.setUint32(at, n);
    const bytes = slab.bytes(at, 1196);
    bytes.fill(n & 255, 4);
    return bytes;
  });
  packets.forEach((bytes, n) => {
    assert.equal(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), n);
    assert.ok(bytes.subarray(4).every((byte) => byte === (n & 255)));
  });
});

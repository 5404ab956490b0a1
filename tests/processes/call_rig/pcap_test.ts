import assert from "node:assert/strict";
import { captureHeader, captureRecord } from "./pcap.ts";

Deno.test("pcap: a capture begins with its format", () => {
  const header = new DataView(captureHeader().buffer);
  assert.equal(header.byteLength, 24);
  assert.equal(header.getUint32(0, true), 0xa1b2c3d4);
  assert.equal(header.getUint32(20, true), 101);
});

Deno.test("pcap: a datagram stands in IPv4 and UDP with its time, and the header sums up", () => {
  const payload = Uint8Array.of(0x80, 111, 0, 1);
  const bytes = captureRecord(1_700_000_000_123.456, {
    sourcePort: 6000,
    targetPort: 6001,
    payload,
  });
  const record = new DataView(bytes.buffer);
  assert.equal(record.getUint32(0, true), 1_700_000_000);
  assert.equal(record.getUint32(4, true), 123_456);
  assert.equal(record.getUint32(8, true), 32);
  assert.equal(bytes.length, 16 + 32);
  let sum = 0;
  for (let at = 16; at < 36; at += 2) sum += record.getUint16(at);
  assert.equal((sum & 0xffff) + (sum >> 16), 0xffff);
  assert.equal(record.getUint16(36), 6000);
  assert.equal(record.getUint16(38), 6001);
  assert.deepEqual(bytes.subarray(44), payload);
});

import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import { type FlacHead, FlacHeadReader } from "../../../lib/media/music/flac_head.ts";

function block(kind: number, bytes: Uint8Array, last = false): number[] {
  const { length } = bytes;
  return [kind | (last ? 0x80 : 0), length >> 16, length >> 8 & 0xFF, length & 0xFF, ...bytes];
}

function streamInfo(): Uint8Array {
  const bytes = new Uint8Array(34);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 4096);
  view.setUint16(2, 4096);
  // 44,100 Hz, two channels, 16 bits.
  view.setUint32(10, (44_100 << 12 | 1 << 9 | 15 << 4) >>> 0);
  view.setUint32(14, 1_000_000);
  return bytes;
}

function seekTable(points: readonly (readonly [bigint, bigint])[]): Uint8Array {
  const bytes = new Uint8Array(points.length * 18);
  const view = new DataView(bytes.buffer);
  points.forEach(([sample, offset], n) => {
    view.setBigUint64(n * 18, sample);
    view.setBigUint64(n * 18 + 8, offset);
  });
  return bytes;
}

function read(bytes: readonly number[]): FlacHead | "hungry" | "bad" {
  const input = new ByteQueue();
  const reader = new FlacHeadReader(input);
  let head: FlacHead | "hungry" | "bad" = "hungry";
  for (const byte of bytes) {
    input.push(Uint8Array.of(byte));
    head = reader.read();
    if (head !== "hungry") break;
  }
  return head;
}

const MARK = [...new TextEncoder().encode("fLaC")];

Deno.test("FLAC head: rate, length and places, around pictures", () => {
  const nowhere = 0xFFFF_FFFF_FFFF_FFFFn;
  const points = [[0n, 0n], [4096n, 900n], [8192n, 1700n], [nowhere, 0n]] as const;
  const head = read([
    ...MARK,
    ...block(0, streamInfo()),
    ...block(6, new Uint8Array(3000)),
    ...block(3, seekTable(points)),
    ...block(4, new Uint8Array(0), true),
  ]);
  assert.deepEqual(head, {
    rate: 44_100,
    channels: 2,
    samples: 1_000_000,
    frameSamples: 4096,
    places: [{ sample: 0, offset: 0 }, { sample: 4096, offset: 900 }, {
      sample: 8192,
      offset: 1700,
    }],
  });
});

Deno.test("FLAC head: what is none", () => {
  assert.equal(read([...MARK.slice(0, 3), 0x44]), "bad");
  assert.equal(read([...MARK, ...block(0, new Uint8Array(20), true)]), "bad");
  assert.equal(read([...MARK, ...block(4, new Uint8Array(9), true)]), "bad");
  assert.equal(read([...MARK, ...block(0, streamInfo())]), "hungry");
});

import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import { oggChecksum } from "../../../lib/media/music/ogg_checksum.ts";
import { type OggPage, OggPages } from "../../../lib/media/music/ogg_pages.ts";

/** A page with these segments; `flags`: 1 continued, 2 first, 4 last. */
function page(sequence: number, flags: number, segments: number[][], granule = 100n): Uint8Array {
  const body = segments.flat();
  const bytes = new Uint8Array(27 + segments.length + body.length);
  bytes.set(new TextEncoder().encode("OggS"));
  const view = new DataView(bytes.buffer);
  view.setUint8(5, flags);
  view.setBigInt64(6, granule, true);
  view.setUint32(14, 77, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, segments.length);
  segments.forEach((segment, n) => bytes[27 + n] = segment.length);
  bytes.set(body, 27 + segments.length);
  view.setUint32(22, oggChecksum(bytes), true);
  return bytes;
}

function read(parts: readonly Uint8Array[]): { pages: OggPage[]; damaged: number } {
  const input = new ByteQueue();
  const reader = new OggPages(input);
  const pages: OggPage[] = [];
  const all = () => {
    for (let next = reader.next(); next !== null; next = reader.next()) {
      if (next !== "skipped") pages.push(next);
    }
  };
  // Byte by byte.
  for (const part of parts) {
    for (const byte of part) {
      input.push(Uint8Array.of(byte));
      all();
    }
  }
  input.end();
  all();
  assert.equal(input.length, 0);
  return { pages, damaged: reader.damaged };
}

const FULL = Array.from({ length: 255 }, (_, n) => n);

Deno.test("Ogg checksum: as in the specification's polynomial", () => {
  assert.equal(oggChecksum(Uint8Array.of(1)), 0x04C1_1DB7);
  assert.equal(oggChecksum(new Uint8Array(40)), 0);
});

Deno.test("Ogg pages: packets, alone and over several pages", () => {
  const { pages, damaged } = read([
    page(0, 2, [[1, 2], [3]]),
    page(1, 0, [[4], FULL], -1n),
    page(2, 5, [FULL, [9], []], 500n),
  ]);
  assert.equal(damaged, 0);
  assert.deepEqual(pages.map(({ packets }) => packets.map((packet) => packet.length)), [
    [2, 1],
    [1],
    [511, 0],
  ]);
  assert.deepEqual(pages.map(({ granule }) => granule), [100, null, 500]);
  assert.deepEqual(pages.map(({ first, last }) => [first, last]), [
    [true, false],
    [false, false],
    [false, true],
  ]);
  assert.equal(pages[0]!.serial, 77);
});

Deno.test("Ogg pages: a wrong checksum costs the page and what reaches into it", () => {
  const broken = page(1, 0, [[4], FULL]);
  broken[30]! ^= 1;
  const { pages, damaged } = read([page(0, 2, [[1]]), broken, page(2, 1, [[5], [6]])]);
  assert.equal(damaged, 1);
  assert.deepEqual(pages.map(({ packets }) => packets.map((bytes) => [...bytes])), [[[1]], [[6]]]);
});

Deno.test("Ogg pages: a page that is missing, and one that is cut off", () => {
  const { pages } = read([
    page(0, 2, [FULL]),
    page(2, 1, [[5], [6]]),
    page(3, 0, [[7]]).subarray(0, 28),
  ]);
  assert.deepEqual(pages.map(({ packets }) => packets.map((bytes) => [...bytes])), [[], [[6]]]);
});

Deno.test("Ogg pages: a packet without end is not kept", () => {
  const many = Array.from(
    { length: 300 },
    (_, n) => page(n, n === 0 ? 2 : 1, Array.from({ length: 10 }, () => FULL), -1n),
  );
  const { pages } = read([...many, page(300, 1, [[1], [2]])]);
  assert.deepEqual(pages.at(-1)!.packets.map((bytes) => bytes.length), [1]);
});

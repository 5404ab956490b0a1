import assert from "node:assert/strict";
import fc from "fast-check";
import { RemoteProtocolError } from "../../../lib/base/errors.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import {
  CHUNK_BYTES,
  CHUNKS_PER_PIECE,
  DIGEST_BYTES,
  DIGESTS_PER_PACKET,
} from "../../../lib/protocol/music/transfer_geometry.ts";
import {
  DATA_HEADER_BYTES,
  formatTransferPacket,
  isTransferPacket,
  MOST_ACK_RANGES,
  MOST_PACKET_BYTES,
  parseTransferPacket,
  transferAddressee,
  type TransferPacket,
  writeData,
} from "../../../lib/protocol/music/transfer_packets.ts";
import { mutated } from "../../fuzz/mutated.ts";
import { isRemoteError } from "../../vectors/vector.ts";

const HEADER = { stream: 0x0102_0304_0506, token: 0x0a0b_0c0d } as const;
const HEAD = "010203040506" + "0a0b0c0d";
const ACK = {
  kind: "ack",
  ...HEADER,
  ...{ delay: 1500, base: 2, have: 5, credit: 34, rate: 0, paused: false, listed: true },
} as const;

/** Packets as bytes, and what they say. */
const BOTH_WAYS: readonly (readonly [what: string, bytes: string, packet: TransferPacket])[] = [
  [
    "data",
    `40${HEAD}00000007000000fede616263`,
    {
      ...{ kind: "data", ...HEADER, number: 7, piece: 0xfe, chunk: 0xde },
      bytes: new TextEncoder().encode("abc"),
    },
  ],
  [
    "digests",
    `41${HEAD}0000000100000024${"5a".repeat(64)}`,
    { kind: "digests", ...HEADER, number: 1, first: 36, digests: new Uint8Array(64).fill(0x5a) },
  ],
  ["ping", `42${HEAD}ffffffff`, { kind: "ping", ...HEADER, number: 2 ** 32 - 1 }],
  [
    "an acknowledgement of one range",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "0201" + "00000005",
    { ...ACK, ranges: [{ low: 1, high: 5 }] },
  ],
  [
    "an acknowledgement of three ranges, paused, with a limit",
    `43${HEAD}00000064000005dc000000020000000500000022000f4240` + "0303" + "00000001" +
    "00020003" + "00010001",
    {
      ...{ ...ACK, paused: true, rate: 1_000_000 },
      ranges: [{ low: 100, high: 100 }, { low: 95, high: 97 }, { low: 93, high: 93 }],
    },
  ],
  [
    "an acknowledgement of nothing",
    `43${HEAD}00000000000005dc00000002000000050000002200000000` + "0200",
    { ...ACK, ranges: [] },
  ],
  ["stop", `44${HEAD}03`, { kind: "stop", ...HEADER, reason: "wrong_bytes" }],
  ["end", `45${HEAD}01`, { kind: "end", ...HEADER, reason: "unknown_stream" }],
];

/** Bytes that are no packets. */
const REFUSED: readonly (readonly [what: string, bytes: string])[] = [
  ["nothing", ""],
  ["a head alone", `42${HEAD}`],
  ["another kind", `46${HEAD}00000001`],
  ["JSON", "7b" + "20".repeat(20)],
  ["data without a byte", `40${HEAD}00000007000000fede`],
  ["data of a chunk too far", `40${HEAD}00000007000000fedf616263`],
  ["data of the number 0", `40${HEAD}00000000000000fede616263`],
  ["data longer than a chunk", `40${HEAD}0000000700000000` + "00" + "11".repeat(CHUNK_BYTES + 1)],
  ["digests of half a digest", `41${HEAD}0000000100000024${"5a".repeat(16)}`],
  ["no digests", `41${HEAD}0000000100000024`],
  ["too many digests", `41${HEAD}0000000100000000${"5a".repeat(37 * DIGEST_BYTES)}`],
  ["a ping with more behind it", `42${HEAD}0000000100`],
  [
    "an acknowledgement cut off",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "02",
  ],
  [
    "ranges that are not there",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "0202" + "00000005",
  ],
  [
    "a range below 1",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "0201" + "00000006",
  ],
  [
    "a range of nothing",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "0201" + "00000000",
  ],
  [
    "a first range below the largest",
    `43${HEAD}00000005000005dc00000002000000050000002200000000` + "0201" + "00010001",
  ],
  [
    "ranges that touch",
    `43${HEAD}00000009000005dc00000002000000050000002200000000` + "0202" + "0000000200000002",
  ],
  [
    "a largest without ranges",
    `43${HEAD}00000009000005dc00000002000000050000002200000000` + "0200",
  ],
  ["a stop for no reason", `44${HEAD}05`],
  ["an end for no reason", `45${HEAD}00`],
  ["an end with more behind it", `45${HEAD}0100`],
];

for (const [what, bytes, packet] of BOTH_WAYS) {
  Deno.test(`transfer packets: reads and writes ${what}`, () => {
    const datagram = Uint8Array.fromHex(bytes);
    assert.deepEqual(parseTransferPacket(datagram), packet);
    assert.equal(formatTransferPacket(packet).toHex(), bytes);
    assert.ok(isTransferPacket(datagram));
    const inside = new Uint8Array(datagram.length + 9).fill(0xee);
    inside.set(datagram, 5);
    assert.deepEqual(parseTransferPacket(inside.subarray(5, 5 + datagram.length)), packet);
  });

  Deno.test(`transfer packets: says who is to read ${what}`, () => {
    const to = packet.kind === "ack" || packet.kind === "stop" ? "source" : "listener";
    assert.deepEqual(transferAddressee(Uint8Array.fromHex(bytes)), { to, ...HEADER });
  });
}

for (const [what, bytes] of REFUSED) {
  Deno.test(`transfer packets: refuses ${what}`, () => {
    assert.throws(
      () => parseTransferPacket(Uint8Array.fromHex(bytes)),
      isRemoteError("bad_packet"),
    );
  });
}

Deno.test("transfer packets: begin with no byte of JSON or RTP", () => {
  for (const [, bytes] of BOTH_WAYS) {
    const first = Uint8Array.fromHex(bytes)[0]!;
    assert.ok(first !== 0x7b && (first < 0x80 || first > 0xbf));
  }
  assert.ok(!isTransferPacket(new Uint8Array()));
  assert.ok(!isTransferPacket(Uint8Array.of(0x7b)));
  assert.ok(!isTransferPacket(Uint8Array.of(0x80)));
  assert.equal(transferAddressee(new Uint8Array(11)), null);
});

Deno.test("transfer packets: the longest of each kind keep to 1,200 bytes", () => {
  const bytes = new Uint8Array(CHUNK_BYTES);
  const digests = new Uint8Array(DIGESTS_PER_PACKET * DIGEST_BYTES);
  const ranges = Array.from(
    { length: 100 },
    (_, n) => ({ low: 10_000 - 9 * n, high: 10_000 - 9 * n }),
  );
  const longest = [
    formatTransferPacket({ kind: "data", ...HEADER, number: 1, piece: 0, chunk: 0, bytes }),
    formatTransferPacket({ kind: "digests", ...HEADER, number: 1, first: 0, digests }),
    formatTransferPacket({ ...ACK, ranges }),
  ];
  assert.equal(longest[0]!.length, MOST_PACKET_BYTES);
  for (const { length } of longest) assert.ok(length <= 1200);
  const read = parseTransferPacket(longest[2]!);
  assert.deepEqual(read, { ...ACK, ranges: ranges.slice(0, MOST_ACK_RANGES) });
});

Deno.test("transfer packets: ranges longer than 16 bits can count are cut, not wrong", () => {
  const long = formatTransferPacket({ ...ACK, ranges: [{ low: 1, high: 100_000 }] });
  assert.deepEqual(parseTransferPacket(long), {
    ...ACK,
    ranges: [{ low: 100_000 - 0xfffe, high: 100_000 }],
  });
  const far = [{ low: 200_000, high: 200_001 }, { low: 1, high: 5 }];
  assert.deepEqual(parseTransferPacket(formatTransferPacket({ ...ACK, ranges: far })), {
    ...ACK,
    ranges: far.slice(0, 1),
  });
});

Deno.test("transfer packets: a head written in place is the same", () => {
  const [, bytes] = BOTH_WAYS[0]!;
  const slab = new Uint8Array(100);
  writeData(new DataView(slab.buffer), 40, HEADER, 7, 0xfe, 0xde);
  slab.set(new TextEncoder().encode("abc"), 40 + DATA_HEADER_BYTES);
  assert.equal(slab.subarray(40, 40 + DATA_HEADER_BYTES + 3).toHex(), bytes);
});

Deno.test("transfer packets: random and mutated bytes raise only the protocol's error", () => {
  const tries = (datagram: Uint8Array) => {
    try {
      parseTransferPacket(datagram);
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError, String(error));
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), tries), { seed: 1, numRuns: 500 });
  const random = seededRandom(1);
  for (let n = 0; n < 5000; n++) {
    tries(mutated(Uint8Array.fromHex(BOTH_WAYS[n % BOTH_WAYS.length]![1]), random));
  }
});

Deno.test("transfer packets: acknowledgements are read as they were written", () => {
  const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })),
    {
      maxLength: MOST_ACK_RANGES,
    },
  );
  const acks = fc.record({
    kind: fc.constant("ack" as const),
    stream: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    token: uint32,
    delay: uint32,
    base: uint32,
    have: uint32,
    credit: uint32,
    rate: uint32,
    paused: fc.boolean(),
    listed: fc.boolean(),
    ranges: steps.map((pairs) => {
      let next = 1_000_000;
      return pairs.map(([gap, length]) => {
        const high = next - gap;
        next = high - length;
        return { low: next + 1, high };
      });
    }),
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(acks, (ack) => {
      assert.deepEqual(parseTransferPacket(formatTransferPacket(ack)), ack);
    }),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("transfer packets: a piece is a whole number of datagrams, the last nearly full", () => {
  assert.equal(CHUNKS_PER_PIECE, 223);
  assert.ok(CHUNKS_PER_PIECE <= 256, "one byte counts them");
});

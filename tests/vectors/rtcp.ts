import type { RtcpPart } from "../../lib/protocol/rtcp.ts";

const BLOCK = {
  ssrc: 0x0a0b0c0d,
  fractionLost: 64,
  lost: 12,
  highestSequence: 0x0001_0003,
  jitter: 480,
  lastReport: 0x1234_5678,
  sinceLastReport: 0x0001_0000,
};
const BLOCK_HEX = "0a0b0c0d 40 00000c 00010003 000001e0 12345678 00010000";
const SENDER = { seconds: 5, fraction: 0x8000_0000, timestamp: 960, packets: 7, bytes: 420 };
const SENDER_HEX = "00000005 80000000 000003c0 00000007 000001a4";

/** Datagrams and what they say, in both directions. */
export const RTCP_BOTH_WAYS: readonly (readonly [
  what: string,
  datagram: string,
  parts: readonly RtcpPart[],
])[] = [
  ["a receiver's report of nobody", "80 c9 0001 01020304", [
    { kind: "report", ssrc: 0x01020304, sender: null, blocks: [] },
  ]],
  ["a receiver's report", `81 c9 0007 01020304 ${BLOCK_HEX}`, [
    { kind: "report", ssrc: 0x01020304, sender: null, blocks: [BLOCK] },
  ]],
  ["a sender's report", `81 c8 000c 01020304 ${SENDER_HEX} ${BLOCK_HEX}`, [
    { kind: "report", ssrc: 0x01020304, sender: SENDER, blocks: [BLOCK] },
  ]],
  [
    "more arrivals than packets, as copies make them",
    "81 c9 0007 01020304 0a0b0c0d 00 fffffe 00010003 00000000 00000000 00000000",
    [{
      kind: "report",
      ssrc: 0x01020304,
      sender: null,
      blocks: [{
        ...BLOCK,
        fractionLost: 0,
        lost: -2,
        jitter: 0,
        lastReport: 0,
        sinceLastReport: 0,
      }],
    }],
  ],
  [
    "a report, a name and a farewell",
    "80 c9 0001 01020304  81 ca 0003 01020304 01 03 616263 000000  81 cb 0001 01020304",
    [
      { kind: "report", ssrc: 0x01020304, sender: null, blocks: [] },
      { kind: "name", ssrc: 0x01020304, name: "abc" },
      { kind: "bye", ssrcs: [0x01020304] },
    ],
  ],
];

/** Datagrams that are read, but written otherwise. */
export const RTCP_READ: readonly (readonly [
  what: string,
  datagram: string,
  parts: readonly RtcpPart[],
])[] = [
  ["a part of another kind", "80 c9 0001 01020304 80 cc 0002 01020304 61626364", [
    { kind: "report", ssrc: 0x01020304, sender: null, blocks: [] },
  ]],
  [
    "a name behind another item",
    "80 c9 0001 01020304 81 ca 0004 01020304 02 01 78 01 03 616263 00 000000",
    [
      { kind: "report", ssrc: 0x01020304, sender: null, blocks: [] },
      { kind: "name", ssrc: 0x01020304, name: "abc" },
    ],
  ],
  ["padding behind the last part", "a0 c9 0002 01020304 00000004", [
    { kind: "report", ssrc: 0x01020304, sender: null, blocks: [] },
  ]],
];

/** Datagrams that are no RTCP. */
export const RTCP_REFUSED: readonly (readonly [what: string, datagram: string])[] = [
  ["nothing", ""],
  ["half a head", "80 c9 00"],
  ["version 1", "40 c9 0001 01020304"],
  ["a part cut off", "80 c9 0002 01020304"],
  ["a farewell first", "81 cb 0001 01020304"],
  ["a block cut off", "81 c9 0001 01020304"],
  ["a sender without its figures", "80 c8 0001 01020304"],
  ["padding before the last part", "a0 c9 0001 01020304 80 c9 0001 01020304"],
  ["trailing bytes", "80 c9 0001 01020304 00"],
  ["a name longer than its part", "80 c9 0001 01020304 81 ca 0002 01020304 01 09 61 62"],
  ["a farewell of more than there are", "80 c9 0001 01020304 82 cb 0001 01020304"],
];

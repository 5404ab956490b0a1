import {
  formatTransferPacket,
  type TransferPacket,
} from "../../../lib/protocol/music/transfer_packets.ts";

const HEADER = { stream: 0x0102_0304_0506, token: 0xa1a2_a3a4 };
const ACK: Extract<TransferPacket, { kind: "ack" }> = {
  kind: "ack",
  ...HEADER,
  ...{ delay: 900, base: 1, have: 5, credit: 9, rate: 0, paused: false, listed: true },
  ranges: [{ low: 7, high: 9 }, { low: 1, high: 4 }],
};

const PACKETS: readonly TransferPacket[] = [
  { kind: "data", ...HEADER, number: 1, piece: 0, chunk: 0, bytes: Uint8Array.of(1, 2, 3) },
  { kind: "digests", ...HEADER, number: 2, first: 0, digests: new Uint8Array(64).fill(7) },
  { kind: "ping", ...HEADER, number: 3 },
  ACK,
  { ...ACK, ranges: [], paused: true, listed: false },
  { kind: "stop", ...HEADER, reason: "complete" },
  { kind: "end", ...HEADER, reason: "idle" },
];

/** One packet of each kind. */
export const TRANSFER_SEEDS: readonly Uint8Array[] = PACKETS.map(formatTransferPacket);

import assert from "node:assert/strict";
import {
  type ControlMessage,
  formatControlMessage,
} from "../../../lib/protocol/music/control_messages.ts";
import {
  CHUNK_BYTES,
  chunkLength,
  chunksOf,
  PIECE_BYTES,
  pieceLength,
} from "../../../lib/protocol/music/transfer_geometry.ts";
import { formatTransferPacket } from "../../../lib/protocol/music/transfer_packets.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget } from "../target.ts";
import { OURS, PARTIES, THEIRS, TransferPortWorld as World } from "./transfer_world.ts";

/** What the others draw for their streams. */
const TOKEN = 0x0a0b_0c0d;

type Operation = (world: World, step: Step) => void;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  d: (world, { who, rest }) => world.hears(who, rest),
  g(world, { who, value, rest }) {
    const { id } = OURS[value % 2]!.shared;
    const { port } = PARTIES[who % PARTIES.length]!;
    const get = { kind: "GET", stream: 100 + who, id, offset: value > 3 ? 2000 : 0, port } as const;
    world.hears(who, bytesOf(formatControlMessage(get)), rest);
  },
  k(world, { who, value, rest }) {
    const their = world.taking.get(who % PARTIES.length);
    if (their === undefined) return;
    const { stream, token, highest } = their;
    const low = value % 4 === 1 ? highest : 1;
    world.traffic.get(PARTIES[who % PARTIES.length]!.ip)!.proven = true;
    world.hears(
      who,
      formatTransferPacket({
        ...{ kind: "ack", stream, token, delay: 100 * value, base: value >> 3, have: 0 },
        ...{ credit: 1 + value, rate: value === 9 ? 5000 : 0, paused: value === 7 },
        ...{ listed: value > 1, ranges: [{ low, high: highest }] },
      }),
      rest,
    );
  },
  x(world, { who }) {
    const their = world.taking.get(who % PARTIES.length);
    if (their === undefined) return;
    const { stream, token } = their;
    world.hears(who, formatTransferPacket({ kind: "stop", stream, token, reason: "complete" }));
  },
  t: (world, { value }) => world.passes(TIMES[value]!),
  r(world, { value }) {
    const read = world.reads.shift();
    if (read === undefined) return;
    const { stream, piece, offset, length, id } = read;
    if (value === 1) {
      return world.give({ kind: "source", input: { kind: "read_failed", stream } });
    }
    const { bytes: all } = OURS.find(({ shared }) => shared.id === id)!;
    const bytes = all.slice(offset, offset + length - (value === 2 ? 1 : 0));
    world.give({ kind: "source", input: { kind: "block", stream, piece, bytes } });
  },
  f: (world, { who, value }) => world.fetch(value % 2, who),
  o: (world, { who, value, rest }) =>
    given(world, who, ({ stream, file }) => {
      const { id, name, size } = THEIRS[file]!.shared;
      const message: ControlMessage = value === 1
        ? { kind: "GET_ERROR", stream, error: "busy" }
        : { kind: "GET_OK", stream, id, name, size: size + (value === 2 ? 1 : 0) };
      return [bytesOf(formatControlMessage(message))];
    }, rest),
  D: (world, { who, rest }) =>
    given(world, who, ({ file, ...header }) => {
      const { digests } = THEIRS[file]!.shared;
      return [
        formatTransferPacket({ kind: "digests", ...header, token: TOKEN, first: 0, digests }),
      ];
    }, rest),
  p: (world, { who, value, rest }) => given(world, who, (stream) => [data(stream, 0, value)], rest),
  P: (world, { who, value }) =>
    given(world, who, (stream) => {
      const piece = value % 2;
      const chunks = chunksOf(pieceLength(THEIRS[stream.file]!.bytes.length, piece));
      const { number } = stream;
      return Array.from({ length: chunks }, (_, n) =>
        data({ ...stream, number: number + n }, piece, n));
    }),
  n: (world, { who, rest }) =>
    given(world, who, ({ stream, number }) => [
      formatTransferPacket({ kind: "ping", stream, token: TOKEN, number }),
    ], rest),
  E: (world, { who, value }) =>
    given(world, who, ({ stream }) => {
      const reason = value === 1 ? "leaving" : "idle";
      return [formatTransferPacket({ kind: "end", stream, token: TOKEN, reason })];
    }),
  s(world) {
    const stored = world.stored.shift();
    if (stored === undefined) return;
    const { fetch, piece } = stored;
    world.give({ kind: "reception", fetch, input: { kind: "stored", piece } });
  },
  c(world, { who: fetch, value }) {
    const inputs = [
      ...[{ kind: "pause" }, { kind: "resume" }, { kind: "cancel" }, {
        kind: "limit",
        limit: 9000,
      }],
      ...[{ kind: "limit", limit: null }, { kind: "seek", offset: 0 }, {
        kind: "seek",
        offset: 9e9,
      }],
      ...[{ kind: "seek", offset: PIECE_BYTES + 5 }, { kind: "source", address: PARTIES[2]! }],
    ] as const;
    world.give({ kind: "reception", fetch, input: inputs[value % inputs.length]! });
    world.port.incoming(fetch, world.now);
  },
  q(world, { value }) {
    const inputs = [
      ...[{ kind: "leave" }, { kind: "limit", limit: 2000 }, { kind: "limit", limit: null }],
      ...[{ kind: "leave", id: OURS[0].shared.id }],
    ] as const;
    world.give({ kind: "source", input: inputs[value % inputs.length]! });
  },
};

type Given = { readonly stream: number; readonly file: number; readonly number: number };

/** Sends what a party has to send on the stream that it was asked for. */
function given(
  world: World,
  who: number,
  packets: (stream: Given) => Uint8Array[],
  change?: Uint8Array,
) {
  const stream = world.giving.get(who % PARTIES.length);
  if (stream === undefined || stream.file < 0) return;
  for (const bytes of packets({ ...stream, number: stream.number + 1 })) {
    stream.number += 1;
    world.hears(who, bytes, change);
  }
}

function data({ stream, file, number }: Given, piece: number, chunk: number): Uint8Array {
  const { bytes: all } = THEIRS[file]!;
  const offset = piece * PIECE_BYTES + chunk * CHUNK_BYTES;
  const length = chunkLength(pieceLength(all.length, piece), chunk);
  const bytes = length === 0 ? Uint8Array.of(1) : all.subarray(offset, offset + length);
  return formatTransferPacket({ kind: "data", stream, token: TOKEN, number, piece, chunk, bytes });
}

export const TRANSFER_PORT: readonly FuzzTarget[] = [{
  name: "transfer_port",
  seeds: [
    scriptOf("g00", "t05", "k01", "r00", "t04", "k02", "t04", "k0:", "t05", "x00"),
    scriptOf("g11", "t04", "k11", "r00", "r00", "r00", "t05", "k12", "t05", "k1?", "t06", "q00"),
    scriptOf("g00", "g14", "t04", "k03", "k13", "r01", "r02", "t08", "t0:", "g00", "t0>"),
    scriptOf("f00", "o00", "D00", "p00", "p01", "p02", "s00", "t05"),
    scriptOf("f01", "o00", "P00", "D00", "P01", "s00", "s00", "t0:"),
    scriptOf(
      "f01",
      "o02",
      "o10",
      "D10",
      "P00",
      "P11",
      "c05",
      "o10",
      "c00",
      "c01",
      "E10",
      "t0;",
      "c02",
    ),
    scriptOf(
      "f00",
      ["o00", "\x05X"],
      "t08",
      "t09",
      "o11",
      "t0;",
      "n00",
      ["D00", "\x20\x01"],
      "t0:",
    ),
    scriptOf(
      'd00{"type":"GET","stream":1,"id":"x"}',
      "d00\\x43",
      "d10@abcdefghijklm",
      "d20\\x45abcdefghij\\x01",
    ),
  ],
  words: [
    ...["\ng00\n", "\ng11\n", "\nk01\n", "\nk0?\n", "\nr00\n", "\nt04\n", "\nt08\n", "\nx00\n"],
    ...[
      "\nf00\n",
      "\nf01\n",
      "\no00\n",
      "\nD00\n",
      "\nP00\n",
      "\nP01\n",
      "\np00\n",
      "\ns00\n",
      "\nc00\n",
    ],
  ],
  most: 3000,
  tries: 150,
  run(input, saw) {
    const world = new World(saw);
    for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
    world.give({ kind: "source", input: { kind: "leave" } });
    for (const fetch of world.fetched.keys()) {
      world.give({ kind: "reception", fetch, input: { kind: "cancel" } });
    }
    for (let n = 0; n < 10; n += 1) world.passes(1000);
    assert.deepEqual(world.port.outgoing(), [], "somebody is still served after the end");
    assert.equal(world.port.wakeAt(), null);
  },
}];

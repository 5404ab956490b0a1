/**
 * Strangers and liars on the music port: nothing throws, nothing wrong is given out, memory is bounded.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import { MIB, SECOND } from "../../../lib/base/units.ts";
import { TRANSFER_LIMITS } from "../../../lib/music/transfer_limits.ts";
import { formatControlMessage } from "../../../lib/protocol/music/control_messages.ts";
import {
  formatTransferPacket,
  isTransferPacket,
  parseTransferPacket,
  type TransferPacket,
} from "../../../lib/protocol/music/transfer_packets.ts";
import { mutated } from "../../fuzz/mutated.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { sampleFile } from "./sample_file.ts";
import { assertWhole, type SimSource, TransferWorld } from "./transfer_world.ts";

type Ack = Extract<TransferPacket, { readonly kind: "ack" }>;

const FILE = sampleFile(4 * MIB);
const PATH = { delay: 10, bandwidth: 25_000 };

/** A listener by hand, which answers every packet with what `answer` makes of a true one. */
function rawListener(
  world: TransferWorld,
  source: SimSource,
  answer: (ack: Ack) => Partial<Ack> | null,
): { readonly at: IpPort; got: number; ends: number } {
  const seen = { at: { ip: "10.0.2.200", port: 8000 }, got: 0, ends: 0 };
  world.datagrams.bind(seen.at, (_, bytes) => {
    if (!isTransferPacket(bytes)) return;
    const packet = parseTransferPacket(bytes);
    seen.got += 1;
    if (packet.kind === "end") seen.ends += 1;
    if (!("number" in packet)) return;
    const { stream, token, number } = packet;
    const ack: Ack = {
      ...{ kind: "ack", stream, token, delay: 0, base: 0, have: 0, credit: 1000, rate: 0 },
      ...{ paused: false, listed: false, ranges: [{ low: number, high: number }] },
    };
    const change = answer(ack);
    if (change === null) return;
    world.datagrams.send(seen.at, source.at, formatTransferPacket({ ...ack, ...change }));
  });
  const get = formatControlMessage({
    ...{ kind: "GET", stream: 99, id: FILE.shared.id, offset: 0, port: seen.at.port },
  });
  world.datagrams.send(seen.at, source.at, new TextEncoder().encode(get));
  return seen;
}

Deno.test("hostile: garbage and mutated packets from strangers do not disturb a transfer", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  const random = seededRandom(5);
  const stranger = { ip: "10.0.3.1", port: 1 };
  const send = world.datagrams.send.bind(world.datagrams);
  let reads = 0;
  world.datagrams.send = (from, to, bytes) => {
    send(from, to, bytes);
    if (++reads % 3 === 0) send(stranger, to, mutated(bytes, random));
  };
  world.untilOver(listener);
  assertWhole(listener, FILE);
});

Deno.test("hostile: packets that are changed on the way cost time, and nothing else", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const world = new TransferWorld({ seed, path: PATH });
    const sources = [world.source([FILE]), world.source([FILE]), world.source([FILE])];
    const listener = world.listener(FILE, sources);
    const random = seededRandom(seed);
    const send = world.datagrams.send.bind(world.datagrams);
    world.datagrams.send = (from, to, bytes) =>
      send(from, to, random() < 0.002 ? mutated(bytes, random) : bytes);
    world.untilOver(listener);
    listener.order.forEach((piece) => {
      const from = piece * PIECE_BYTES;
      const [got, wanted] = [listener.bytes, FILE.bytes].map((bytes) =>
        bytes.subarray(from, from + PIECE_BYTES)
      );
      assert.deepEqual(got, wanted);
    });
  }
});

Deno.test("hostile: whoever acknowledges what was never sent gets no more", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  rawListener(
    world,
    source,
    ({ ranges }) => ({ ranges: [{ low: 1, high: ranges[0]!.high + 999 }] }),
  );
  world.timeline.run(SECOND);
  assert.deepEqual(source.machine.status(), []);
  assert.equal((source.reports.at(-1) as { why: string }).why, "bad_packet");
});

Deno.test("hostile: a wrong token is no proof of an address", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const listener = rawListener(world, source, ({ token }) => ({ token: (token + 1) >>> 0 }));
  world.timeline.run(10 * SECOND);
  assert.ok(listener.got <= TRANSFER_LIMITS.firstFlight, `${listener.got} packets`);
  assert.deepEqual(source.reports, []);
});

Deno.test("hostile: a listener that never moves on makes its source hold a bounded number of pieces", () => {
  const file = sampleFile(24 * MIB);
  const world = new TransferWorld({ path: PATH });
  let reads = 0;
  const source = world.source([{ ...file, shared: { ...file.shared, id: FILE.shared.id } }], {
    read: ({ bytes }, offset, length) => {
      reads += 1;
      return bytes.slice(offset, offset + length);
    },
  });
  // It acknowledges every packet and never says that it has a piece.
  rawListener(world, source, () => ({}));
  world.timeline.run(20 * SECOND);
  assert.equal(reads, TRANSFER_LIMITS.heldPieces);
});

Deno.test("hostile: words that make no sense are survived", () => {
  const random = seededRandom(9);
  const any = () => Math.floor(random() * 2 ** 32);
  for (let seed = 1; seed <= 20; seed++) {
    const world = new TransferWorld({ seed, path: PATH });
    const source = world.source([FILE]);
    rawListener(world, source, () =>
      random() < 0.5 ? {} : {
        ...{ base: any(), have: any(), credit: any(), delay: any(), listed: random() < 0.5 },
        ...{ paused: random() < 0.2, rate: random() < 0.5 ? 0 : any() },
      });
    world.timeline.run(2 * SECOND);
  }
});

Deno.test("hostile: acknowledgements of a stream that is not there are answered by less", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const from = { ip: "10.0.2.201", port: 8000 };
  const got: TransferPacket[] = [];
  world.datagrams.bind(from, (_, bytes) => got.push(parseTransferPacket(bytes)));
  const ack = formatTransferPacket({
    ...{ kind: "ack", stream: 1, token: 2, delay: 0, base: 0, have: 0, credit: 9, rate: 0 },
    ...{ paused: false, listed: false, ranges: [] },
  });
  world.datagrams.send(from, source.at, ack);
  world.timeline.run(SECOND);
  assert.deepEqual(got, [{ kind: "end", stream: 1, token: 2, reason: "unknown_stream" }]);
  assert.ok(formatTransferPacket(got[0]!).length < ack.length);
});

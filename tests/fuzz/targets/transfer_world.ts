import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { IpPort } from "../../../lib/base/address.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import { KIB } from "../../../lib/base/units.ts";
import {
  TransferPort,
  type TransferPortEffect,
  type TransferPortInput,
} from "../../../lib/music/transfer_port.ts";
import { TRANSFER_LIMITS } from "../../../lib/music/transfer_limits.ts";
import {
  type ControlMessage,
  isControlDatagram,
  parseControlMessage,
} from "../../../lib/protocol/music/control_messages.ts";
import { CHUNK_BYTES, PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import {
  MOST_PACKET_BYTES,
  parseTransferPacket,
  type TransferPacket,
} from "../../../lib/protocol/music/transfer_packets.ts";
import { newHasher, sampleFile } from "../../music/sim/sample_file.ts";
import type { Saw } from "../target.ts";

/** Files that the port shares. */
export const OURS = [sampleFile(3000, 1), sampleFile(PIECE_BYTES + 500, 2)] as const;
/** Files that others have. */
export const THEIRS = [
  sampleFile(3 * KIB, 3),
  sampleFile(PIECE_BYTES + 2 * CHUNK_BYTES, 4),
] as const;
/** The others. */
export const PARTIES: readonly IpPort[] = [
  { ip: "192.0.2.1", port: 7000 },
  { ip: "192.0.2.2", port: 7000 },
  { ip: "192.0.2.2", port: 7001 },
];
/** Bytes that go out for one that came in, to an address that has not acknowledged anything. */
const { mostAmplification } = TRANSFER_LIMITS;

/** What another program knows of a stream. */
interface TheirStream {
  stream: number;
  token: number;
  /** Numbers of packets that came. */
  highest: number;
}

/**
 * One music port, and the programs that it has to do with: they ask for files, acknowledge, and send
 * what it asks for, truly or with some bytes changed.
 */
export class TransferPortWorld {
  now = 0;
  readonly random = seededRandom(3);
  readonly port: TransferPort;
  /** By party: what it gets of us, and what it gives to us. */
  readonly taking = new Map<number, TheirStream>();
  readonly giving = new Map<number, { stream: number; file: number; number: number }>();
  readonly reads: { stream: number; piece: number; offset: number; length: number; id: string }[] =
    [];
  readonly stored: { fetch: number; piece: number }[] = [];
  readonly fetched = new Map<number, number>();
  /** Bytes by machine, as long as it has not shown that it receives. */
  readonly traffic = new Map<string, { in: number; out: number; proven: boolean }>();
  #fetches = 0;
  #before = "";

  constructor(readonly saw: Saw) {
    this.port = new TransferPort({
      file: (id) => OURS.find(({ shared }) => shared.id === id)?.shared ?? null,
      newToken: () => Math.floor(this.random() * 2 ** 32),
      limit: null,
    });
  }

  /** A datagram comes from a party; `change` are pairs of place and byte. */
  hears(party: number, bytes: Uint8Array, change: Uint8Array = new Uint8Array(0)): void {
    const datagram = bytes.slice();
    for (let at = 0; at + 1 < change.length; at += 2) {
      datagram[change[at]! % Math.max(1, datagram.length)] = change[at + 1]!;
    }
    const from = PARTIES[party % PARTIES.length]!;
    this.#trafficOf(from.ip).in += datagram.length;
    this.give({ kind: "datagram", from, bytes: datagram });
  }

  give(input: TransferPortInput): void {
    const effects = this.port.handle(input, this.now);
    assert.ok(effects.length <= 4 * TRANSFER_LIMITS.mostBurst * TRANSFER_LIMITS.streams);
    for (const effect of effects) {
      const word = this.#effect(effect);
      this.saw(`${this.#before} > ${word}`);
      this.#before = word;
    }
    const at = this.port.wakeAt();
    assert.ok(at === null || !Number.isNaN(at), "a time that is none");
    const outgoing = this.port.outgoing();
    assert.ok(outgoing.length <= TRANSFER_LIMITS.streams + TRANSFER_LIMITS.unprovenStreams);
    for (const { rate, window, roundTrip, loss } of outgoing) {
      for (const figure of [rate, window, roundTrip, loss]) assert.ok(figure >= 0, `${figure}`);
    }
  }

  /** Lets time pass, with the wakes that are asked for on the way. */
  passes(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let wakes = 0; wakes < 40; wakes += 1) {
      const at = this.port.wakeAt();
      if (at === null || at > end) break;
      this.now = Math.max(this.now, at);
      this.give({ kind: "wake" });
    }
    this.now = end;
    this.give({ kind: "wake" });
  }

  fetch(file: number, party: number): void {
    if (!this.port.hasPlace) return;
    const fetch = this.#fetches++;
    this.fetched.set(fetch, file);
    const { shared: { id, size }, pieces } = THEIRS[file]!;
    const sources = [PARTIES[party % PARTIES.length]!, PARTIES[(party + 1) % PARTIES.length]!];
    const newStream = () => Math.floor(this.random() * 2 ** 48);
    this.give({
      ...{ kind: "fetch", fetch },
      options: { id, size, pieces, sources, port: 7000, offset: 0, hash: newHasher, newStream },
    });
  }

  #effect(effect: TransferPortEffect): string {
    if (effect.kind === "send_datagram") return this.#sent(effect.to, effect.bytes);
    if (effect.kind === "source") {
      const { effect: inner } = effect;
      if (inner.kind === "read") this.reads.push(inner);
      return inner.kind === "served" ? `served ${inner.why}` : inner.kind;
    }
    const { fetch, effect: inner } = effect;
    if (inner.kind === "piece") {
      const { bytes } = THEIRS[this.fetched.get(fetch)!]!;
      const truth = bytes.subarray(inner.offset, inner.offset + PIECE_BYTES);
      assert.ok(Buffer.compare(inner.bytes, truth) === 0, "wrong bytes were given out");
      this.stored.push({ fetch, piece: inner.piece });
    }
    return "fault" in inner ? `${inner.kind} ${inner.fault}` : inner.kind;
  }

  #sent(to: IpPort, bytes: Uint8Array): string {
    assert.ok(bytes.length <= MOST_PACKET_BYTES + 4, `a datagram of ${bytes.length} bytes`);
    assert.ok(PARTIES.some(({ ip }) => ip === to.ip), `to a stranger: ${to.ip}`);
    const party = PARTIES.findIndex(({ ip, port }) => ip === to.ip && port === to.port);
    const message: ControlMessage | TransferPacket = isControlDatagram(bytes)
      ? parseControlMessage(bytes)
      : parseTransferPacket(bytes);
    const traffic = this.#trafficOf(to.ip);
    if (message.kind === "GET") {
      const file = THEIRS.findIndex(({ shared }) => shared.id === message.id);
      this.giving.set(party, { stream: message.stream, file, number: 0 });
      // Whom we ask we know from the catalogue.
      traffic.proven = true;
    } else if ("number" in message) {
      const { stream, token, number } = message;
      this.taking.set(party, { stream, token, highest: number });
    }
    traffic.out += bytes.length;
    const most = mostAmplification * traffic.in;
    assert.ok(traffic.proven || traffic.out <= most, `${traffic.out} bytes for ${traffic.in}`);
    return "reason" in message ? `${message.kind} ${message.reason}` : message.kind;
  }

  #trafficOf(ip: string): { in: number; out: number; proven: boolean } {
    const traffic = this.traffic.get(ip) ?? { in: 0, out: 0, proven: false };
    this.traffic.set(ip, traffic);
    return traffic;
  }
}

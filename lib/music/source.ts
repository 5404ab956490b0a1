import type { IpPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import type { Machine } from "../base/machine.ts";
import {
  formatControlMessage,
  type Get,
  isControlDatagram,
  parseControlMessage,
} from "../protocol/music/control_messages.ts";
import {
  formatTransferPacket,
  isTransferPacket,
  parseTransferPacket,
  type TransferPacket,
} from "../protocol/music/transfer_packets.ts";
import { MOST_FILE_BYTES, PIECE_BYTES } from "../protocol/music/transfer_geometry.ts";
import { OutgoingStream, type Upload } from "./outgoing_stream.ts";
import { PacketSlab } from "./packet_slab.ts";
import { Pacer } from "./pacer.ts";
import type {
  OutgoingStatus,
  ServedWhy,
  SharedFile,
  SourceEffect,
  SourceInput,
  SourceOptions,
} from "./source_contract.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

const encoder = new TextEncoder();

/**
 * Gives files to several listeners at once, packet by packet in turn, within a limit on all of them.
 * It reads through effects, holds a bounded number of pieces, and sends a few packets only to an
 * address that has not shown that it receives them.
 */
export class Source implements Machine<SourceInput, SourceEffect> {
  readonly #streams = new Map<number, OutgoingStream>();
  readonly #slab = new PacketSlab();
  /** Streams in the order of their turns. */
  readonly #turns: OutgoingStream[] = [];
  #upload: Upload | null = null;
  #effects: SourceEffect[] = [];
  #more = false;
  #refused = 0;

  constructor(readonly options: SourceOptions) {
    this.#limit(options.limit);
  }

  /** Datagrams that were no messages of this protocol, or not from whom they should be. */
  get refused(): number {
    return this.#refused;
  }

  handle(input: SourceInput, now: number): readonly SourceEffect[] {
    this.#effects = [];
    switch (input.kind) {
      case "datagram":
        this.#datagram(input.from, input.bytes, now);
        break;
      case "block":
        this.#block(input.stream, input.piece, input.bytes);
        break;
      case "read_failed":
        this.#endNamed(input.stream, "read_failed");
        break;
      case "limit":
        this.#limit(input.limit);
        break;
      case "leave":
        this.#leave(input.id);
        break;
      case "wake":
    }
    this.#pump(now);
    return this.#effects;
  }

  wakeAt(): number | null {
    if (this.#more) return 0;
    let at = Infinity;
    for (const stream of this.#turns) at = Math.min(at, stream.wakeAt());
    return at === Infinity ? null : at;
  }

  /** The streams, for a person and for tests. */
  status(): OutgoingStatus[] {
    return this.#turns.map((stream) => stream.status());
  }

  #datagram(from: IpPort, bytes: Uint8Array, now: number): void {
    try {
      if (isControlDatagram(bytes)) {
        const message = parseControlMessage(bytes);
        if (message.kind === "GET") this.#get(message, from, now);
      } else if (isTransferPacket(bytes)) {
        this.#packet(parseTransferPacket(bytes), from, now);
      }
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#refused += 1;
    }
  }

  #get(get: Get, from: IpPort, now: number): void {
    const to = { ip: from.ip, port: get.port };
    const known = this.#streams.get(get.stream);
    if (known !== undefined) {
      if (!sameAddress(known.plan.to, to) || known.plan.file.id !== get.id) {
        this.#refused += 1;
        return;
      }
      known.askedAgain();
      return this.#accept(known.plan.file, get.stream, to);
    }
    const file = this.options.file(get.id);
    if (file === null || file.size > MOST_FILE_BYTES || get.offset > file.size) {
      return this.#refuse(get.stream, to, "not_available");
    }
    if (!this.#hasPlaceFor(to.ip)) return this.#refuse(get.stream, to, "busy");
    const stream = new OutgoingStream({
      ...{ stream: get.stream, token: this.options.newToken(), to, file, offset: get.offset },
      ...{ slab: this.#slab, upload: () => this.#upload },
    }, now);
    this.#streams.set(get.stream, stream);
    this.#turns.push(stream);
    this.#accept(file, get.stream, to);
  }

  /** Whether one more listener has a place. The oldest of too many unproven ones loses its own. */
  #hasPlaceFor(ip: string): boolean {
    const { streams, streamsPerIp, unprovenStreams } = TRANSFER_LIMITS;
    if (this.#turns.filter(({ plan }) => plan.to.ip === ip).length >= streamsPerIp) return false;
    const unproven = this.#turns.filter(({ state }) => state === "unproven")
      .toSorted((one, other) => one.bornAt - other.bornAt);
    if (unproven.length >= unprovenStreams) this.#over(unproven[0]!, "unproven");
    return this.#turns.length < streams;
  }

  #accept({ id, name, size }: SharedFile, stream: number, to: IpPort): void {
    this.#say(to, formatControlMessage({ kind: "GET_OK", stream, id, name, size }));
  }

  #refuse(stream: number, to: IpPort, error: string): void {
    this.#say(to, formatControlMessage({ kind: "GET_ERROR", stream, error }));
  }

  #packet(packet: TransferPacket, from: IpPort, now: number): void {
    if (packet.kind !== "ack" && packet.kind !== "stop") return;
    const stream = this.#streams.get(packet.stream);
    if (stream === undefined) {
      if (packet.kind === "ack") this.#denies(packet, from);
      return;
    }
    const { to, token } = stream.plan;
    if (packet.token !== token || !sameAddress(from, to)) {
      this.#refused += 1;
      return;
    }
    if (packet.kind === "stop") return this.#over(stream, packet.reason);
    const unproven = stream.state === "unproven";
    try {
      stream.ack(packet, now);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#refused += 1;
      return this.#over(stream, "bad_packet");
    }
    if (unproven) {
      const { stream: number, file: { id }, to: address } = stream.plan;
      this.#effects.push({ kind: "serving", stream: number, id, address });
    }
  }

  /** Tells a listener that its stream is not here (any more): less than it has sent. */
  #denies({ stream, token }: TransferPacket, to: IpPort): void {
    const bytes = formatTransferPacket({ kind: "end", stream, token, reason: "unknown_stream" });
    this.#effects.push({ kind: "send_datagram", to, bytes });
  }

  #block(number: number, piece: number, bytes: Uint8Array): void {
    const stream = this.#streams.get(number);
    if (stream === undefined) return;
    if (bytes.length === stream.pieces.lengthOf(piece)) stream.pieces.wasRead(piece, bytes);
    else this.#ends(stream, "read_failed");
  }

  #limit(limit: number | null): void {
    if (limit === null) this.#upload = null;
    else {this.#upload = {
        pacer: this.#upload?.pacer ?? new Pacer(),
        rate: Math.max(1, limit) / 1000,
      };}
  }

  #leave(id: string | undefined): void {
    for (const stream of [...this.#turns]) {
      if (id === undefined || stream.plan.file.id === id) this.#ends(stream, "leaving");
    }
  }

  #endNamed(number: number, reason: "read_failed"): void {
    const stream = this.#streams.get(number);
    if (stream !== undefined) this.#ends(stream, reason);
  }

  /** Ends a stream from our side. */
  #ends(stream: OutgoingStream, reason: "read_failed" | "leaving" | "idle"): void {
    this.#effects.push({
      kind: "send_datagram",
      to: stream.plan.to,
      bytes: stream.end(reason),
    });
    this.#over(stream, reason);
  }

  #over(stream: OutgoingStream, why: ServedWhy): void {
    const { stream: number, file: { id }, to: address } = stream.plan;
    const served = stream.state !== "unproven";
    stream.move(why === "listener_gone" || why === "unproven" ? "silence" : "end");
    this.#streams.delete(number);
    this.#turns.splice(this.#turns.indexOf(stream), 1);
    if (!served) return;
    const bytes = stream.sent.delivered;
    this.#effects.push({ kind: "served", stream: number, id, address, why, bytes });
  }

  /** Lets time pass for every stream, reads what they need, and sends in turns. */
  #pump(now: number): void {
    for (const stream of [...this.#turns]) {
      const why = stream.tick(now);
      if (why === "idle") this.#ends(stream, why);
      else if (why !== null) this.#over(stream, why);
    }
    for (const stream of this.#turns) this.#read(stream);
    if (this.#upload !== null) this.#upload.pacer.refill(this.#upload.rate, now);
    for (const stream of this.#turns) stream.prepare(now);
    this.#more = this.#send(now);
  }

  /** Sends a burst, a packet of each stream in turn; says whether there may be more at once. */
  #send(now: number): boolean {
    let left: number = TRANSFER_LIMITS.burst;
    for (let idle = 0; idle < this.#turns.length; left--) {
      if (left === 0) return true;
      const stream = this.#turns.shift()!;
      this.#turns.push(stream);
      const bytes = stream.sendOne(now);
      if (bytes === null) {
        idle += 1;
        left += 1;
        continue;
      }
      idle = 0;
      this.#effects.push({ kind: "send_datagram", to: stream.plan.to, bytes });
    }
    return false;
  }

  #read(stream: OutgoingStream): void {
    if (stream.state === "paused") return;
    for (let piece; (piece = stream.pieces.nextRead()) !== null;) {
      const { stream: number, file: { id } } = stream.plan;
      const length = stream.pieces.lengthOf(piece);
      const offset = piece * PIECE_BYTES;
      this.#effects.push({ kind: "read", stream: number, id, piece, offset, length });
    }
  }

  #say(to: IpPort, text: string): void {
    this.#effects.push({ kind: "send_datagram", to, bytes: encoder.encode(text) });
  }
}

function sameAddress(one: IpPort, other: IpPort): boolean {
  return one.port === other.port && one.ip === other.ip;
}

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
  PING_BYTES,
  type TransferPacket,
} from "../protocol/music/transfer_packets.ts";
import { MOST_FILE_BYTES, PIECE_BYTES } from "../protocol/music/transfer_geometry.ts";
import { OutgoingStream, type Upload } from "./outgoing_stream.ts";
import { PacketSlab } from "./packet_slab.ts";
import { Pacer } from "./pacer.ts";
import type {
  OutgoingStatus,
  ServedWhy,
  SourceEffect,
  SourceInput,
  SourceOptions,
} from "./source_contract.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";
import { nextGreeting, type UnprovenStream, UnprovenStreams } from "./unproven_streams.ts";

type Ack = Extract<TransferPacket, { readonly kind: "ack" }>;

const encoder = new TextEncoder();

/**
 * Gives files to several listeners at once, packet by packet in turn, within a limit on all of them.
 * It reads through effects, holds a bounded number of pieces, and sends a few pings only to an
 * address that has not shown that it receives them.
 */
export class Source implements Machine<SourceInput, SourceEffect> {
  readonly #streams = new Map<number, OutgoingStream>();
  readonly #unproven = new UnprovenStreams();
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
    let at = this.#unproven.wakeAt();
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
        if (message.kind === "GET") this.#get(message, from, bytes.length, now);
      } else if (isTransferPacket(bytes)) {
        this.#packet(parseTransferPacket(bytes), from, now);
      }
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#refused += 1;
    }
  }

  /** @param asked bytes of the GET: an address that was forged gets only so much more */
  #get(get: Get, from: IpPort, asked: number, now: number): void {
    const to = { ip: from.ip, port: get.port };
    const known = this.#streams.get(get.stream)?.plan ?? this.#unproven.find(get.stream);
    if (known !== undefined) {
      if (!sameAddress(known.to, to) || known.file.id !== get.id) {
        this.#refused += 1;
        return;
      }
      this.#accept(known, asked);
      // What was sent may be lost. It gets one more, not many times.
      if (this.#unproven.find(get.stream) !== undefined) this.#greet(known, 1, now);
      return;
    }
    const file = this.options.file(get.id);
    if (file === null || file.size > MOST_FILE_BYTES || get.offset > file.size) {
      return this.#refuse(get.stream, to, "not_available");
    }
    if (!this.#hasPlaceFor(to.ip)) return this.#refuse(get.stream, to, "busy");
    const { stream, offset } = get;
    const token = this.options.newToken();
    const unproven = this.#unproven.add({ stream, token, to, file, offset });
    this.#accept(unproven, asked);
    this.#greet(unproven, TRANSFER_LIMITS.firstFlight, now);
  }

  /** Whether one more listener has a place. */
  #hasPlaceFor(ip: string): boolean {
    const { streams, streamsPerIp } = TRANSFER_LIMITS;
    if (this.#turns.filter(({ plan }) => plan.to.ip === ip).length >= streamsPerIp) return false;
    return this.#turns.length < streams;
  }

  #accept({ file: { id, name, size }, stream, to }: UnprovenStream, asked: number): void {
    const { firstFlight, mostAmplification } = TRANSFER_LIMITS;
    const most = mostAmplification * asked - firstFlight * PING_BYTES;
    const whole = encoder.encode(formatControlMessage({ kind: "GET_OK", stream, id, name, size }));
    // Whoever asks knows the name from the catalogue, and can do without a long one.
    const bytes = whole.length <= most
      ? whole
      : encoder.encode(formatControlMessage({ kind: "GET_OK", stream, id, name: "", size }));
    this.#effects.push({ kind: "send_datagram", to, bytes });
  }

  /** Sends pings for somebody to prove by that they are there. */
  #greet(unproven: UnprovenStream, times: number, now: number): void {
    for (; times > 0; times -= 1) {
      const bytes = nextGreeting(unproven, now);
      if (bytes === null) return;
      this.#effects.push({ kind: "send_datagram", to: unproven.to, bytes });
    }
  }

  #refuse(stream: number, to: IpPort, error: string): void {
    this.#say(to, formatControlMessage({ kind: "GET_ERROR", stream, error }));
  }

  #packet(packet: TransferPacket, from: IpPort, now: number): void {
    if (packet.kind !== "ack" && packet.kind !== "stop") return;
    const stream = this.#streams.get(packet.stream);
    const plan = stream?.plan ?? this.#unproven.find(packet.stream);
    if (plan === undefined) {
      if (packet.kind === "ack") this.#denies(packet, from);
      return;
    }
    if (packet.token !== plan.token || !sameAddress(from, plan.to)) {
      this.#refused += 1;
      return;
    }
    if (packet.kind === "ack") return this.#acked(stream ?? this.#begin(plan, now), packet, now);
    if (stream === undefined) this.#unproven.delete(packet.stream);
    else this.#over(stream, packet.reason);
  }

  /** Whoever asked is there: the stream begins, if there still is a place for it. */
  #begin(plan: UnprovenStream, now: number): OutgoingStream | null {
    this.#unproven.delete(plan.stream);
    const { stream, token, to, file: { id } } = plan;
    if (!this.#hasPlaceFor(to.ip)) {
      const bytes = formatTransferPacket({ kind: "end", stream, token, reason: "idle" });
      this.#effects.push({ kind: "send_datagram", to, bytes });
      return null;
    }
    const begun = new OutgoingStream(
      { ...plan, slab: this.#slab, upload: () => this.#upload },
      now,
    );
    this.#streams.set(stream, begun);
    this.#turns.push(begun);
    this.#effects.push({ kind: "serving", stream, id, address: to });
    return begun;
  }

  #acked(stream: OutgoingStream | null, ack: Ack, now: number): void {
    if (stream === null) return;
    try {
      stream.ack(ack, now);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#refused += 1;
      this.#over(stream, "bad_packet");
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
    this.#unproven.leave(id);
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
    stream.move(why === "listener_gone" ? "silence" : "end");
    this.#streams.delete(number);
    this.#turns.splice(this.#turns.indexOf(stream), 1);
    const bytes = stream.sent.delivered;
    this.#effects.push({ kind: "served", stream: number, id, address, why, bytes });
  }

  /** Lets time pass for every stream, reads what they need, and sends in turns. */
  #pump(now: number): void {
    this.#unproven.expire(now);
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

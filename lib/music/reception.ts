import type { IpPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import type { Machine } from "../base/machine.ts";
import { transition } from "../base/state_table.ts";
import type { ControlMessage, GetOk } from "../protocol/music/control_messages.ts";
import { MOST_FILE_BYTES, PIECE_BYTES } from "../protocol/music/transfer_geometry.ts";
import type { StopReason, TransferPacket } from "../protocol/music/transfer_packets.ts";
import { readIncoming } from "./incoming_datagram.ts";
import { IncomingPieces } from "./incoming_pieces.ts";
import { IncomingStream } from "./incoming_stream.ts";
import { PieceList } from "./piece_list.ts";
import { RateMeter } from "./rate_meter.ts";
import type {
  FetchFault,
  ReceptionEffect,
  ReceptionInput,
  ReceptionOptions,
  ReceptionStatus,
} from "./reception_contract.ts";
import { SourceCandidates } from "./source_candidates.ts";
import { RECEPTION, type ReceptionEvent, type ReceptionState } from "./states.ts";
import { WholeDigest } from "./whole_digest.ts";

type NumberedPacket = Extract<TransferPacket, { readonly number: number }>;

/**
 * Fetches a file, wherever it is to be had: one source at a time, every piece verified before it is
 * given out, in order from where the listener wants to begin. A source that dies is replaced where
 * the file was; one that lies is left for good.
 */
export class Reception implements Machine<ReceptionInput, ReceptionEffect> {
  readonly #pieces: IncomingPieces;
  readonly #list: PieceList;
  readonly #whole: WholeDigest;
  readonly #candidates = new SourceCandidates();
  readonly #meter = new RateMeter();
  #state: ReceptionState = "idle";
  #stream: IncomingStream | null = null;
  #paused = false;
  /** Bytes a second; 0 for no limit. */
  #rate = 0;
  #receivedBytes = 0;
  #refused = 0;
  #effects: ReceptionEffect[] = [];

  constructor(readonly options: ReceptionOptions) {
    const size = Math.min(options.size, MOST_FILE_BYTES);
    this.#pieces = new IncomingPieces(size, options.have ?? []);
    this.#pieces.begin(Math.floor(options.offset / PIECE_BYTES));
    const vouched = options.pieces === null ? null : Uint8Array.fromHex(options.pieces);
    this.#list = new PieceList(this.#pieces.count, vouched, options.hash);
    this.#whole = new WholeDigest(options);
    for (const source of options.sources) this.#candidates.add(source);
  }

  get state(): ReceptionState {
    return this.#state;
  }

  /** Whether it has come to an end, whichever. */
  get over(): boolean {
    return this.#state === "complete" || this.#state === "failed" || this.#state === "cancelled";
  }

  /** The number of the stream that packets come with now, or null. */
  get stream(): number | null {
    return this.#stream?.plan.stream ?? null;
  }

  /** Datagrams of the stream that were no messages of this protocol, or not from the source. */
  get refused(): number {
    return this.#refused;
  }

  handle(input: ReceptionInput, now: number): readonly ReceptionEffect[] {
    this.#effects = [];
    if (this.over) return this.#effects;
    switch (input.kind) {
      case "datagram":
        this.#datagram(input.from, input.bytes, now);
        break;
      case "start":
        this.#start(now);
        break;
      case "source":
        this.#candidates.add(input.address);
        break;
      case "stored":
        this.#stored(input.piece, now);
        break;
      case "pause":
      case "resume":
        this.#pause(input.kind === "pause", now);
        break;
      case "seek":
        this.#seek(input.offset);
        break;
      case "limit":
        this.#rate = input.limit === null ? 0 : Math.min(2 ** 32 - 1, Math.max(1, input.limit));
        this.#stream?.ackSoon(now);
        break;
      case "cancel":
        this.#leave("cancelled");
        this.#move("cancel");
        this.#effects.push({ kind: "cancelled" });
        return this.#effects;
      case "wake":
    }
    this.#advance(now);
    return this.#effects;
  }

  wakeAt(): number | null {
    if (this.over || this.#state === "idle") return null;
    if (this.#stream === null) {
      return this.#paused ? null : this.#candidates.next()?.askAt ?? null;
    }
    const { askAgainAt, ackAt, goneAt } = this.#stream;
    if (this.#state === "asking") return Math.min(askAgainAt, ackAt);
    return Math.min(askAgainAt, ackAt, this.#paused ? Infinity : goneAt);
  }

  /** The fetch at this moment, for a person. */
  status(now: number): ReceptionStatus {
    return {
      id: this.options.id,
      state: this.#state,
      paused: this.#paused,
      source: this.#stream?.plan.source ?? null,
      size: this.options.size,
      receivedBytes: this.#receivedBytes,
      verifiedBytes: this.#pieces.givenBytes,
      rate: this.#meter.rate(now),
      roundTrip: this.#stream?.roundTrip ?? null,
      loss: this.#stream?.numbers.missing ?? 0,
    };
  }

  #start(now: number): void {
    if (this.#state !== "idle") return;
    if (this.options.size > MOST_FILE_BYTES) return this.#fail("too_large");
    if (this.#pieces.missing === 0) return this.#complete();
    this.#ask(now);
  }

  #datagram(from: IpPort, bytes: Uint8Array, now: number): void {
    const stream = this.#stream;
    if (stream === null) return;
    try {
      const message = readIncoming(stream.plan.stream, stream.plan.source, from, bytes);
      if (message !== null) this.#message(stream, message, bytes.length, now);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#refused += 1;
    }
  }

  #message(
    stream: IncomingStream,
    message: ControlMessage | TransferPacket,
    size: number,
    now: number,
  ): void {
    switch (message.kind) {
      case "GET_OK":
        return this.#answered(stream, message, now);
      case "GET_ERROR":
        if (this.#state !== "asking") return;
        return this.#lose(message.error === "busy" ? "busy" : "not_available", null, now);
      case "data":
      case "digests":
      case "ping":
        return this.#packet(stream, message, size, now);
      case "end":
        // Whoever ends it must know its token, or it has never begun.
        if (stream.begun && !stream.knows(message.token)) return;
        return this.#lose(message.reason === "idle" ? "source_gone" : "source_failed", null, now);
      default:
        this.#refused += 1;
    }
  }

  #answered(stream: IncomingStream, { id, size, name }: GetOk, now: number): void {
    if (id !== this.options.id) return;
    if (size !== this.options.size) return this.#lose("wrong_size", "wrong_bytes", now);
    stream.heard(now);
    if (this.#state === "asking") this.#found(stream, name);
  }

  #packet(stream: IncomingStream, packet: NumberedPacket, size: number, now: number): void {
    if (!stream.packet(packet.token, packet.number, now)) {
      this.#refused += 1;
      return;
    }
    if (this.#state === "asking") this.#found(stream, null);
    this.#receivedBytes += size;
    this.#meter.add(size, now);
    if (packet.kind === "digests") this.#digests(packet.first, packet.digests, now);
    else if (packet.kind === "data") this.#data(packet.piece, packet.chunk, packet.bytes, now);
  }

  #found(stream: IncomingStream, name: string | null): void {
    this.#move("packet");
    this.#effects.push({ kind: "source_found", address: stream.plan.source, name });
  }

  #digests(first: number, digests: Uint8Array, now: number): void {
    if (this.#list.complete) return;
    const taken = this.#list.take(first, digests);
    if (taken === "wrong") return this.#lose("wrong_list", "wrong_bytes", now);
    if (taken === "complete") this.#verify(now);
  }

  #data(piece: number, chunk: number, bytes: Uint8Array, now: number): void {
    const taken = this.#pieces.take(piece, chunk, bytes);
    if (taken === "wrong") this.#lose("wrong_bytes", "wrong_bytes", now);
    else if (taken === "whole") this.#verify(now);
  }

  /** Verifies what is whole, and gives out what is in its turn. */
  #verify(now: number): void {
    if (!this.#list.complete) return;
    for (const { piece, bytes } of this.#pieces.unverified()) {
      if (!this.#list.matches(piece, bytes)) return this.#lose("wrong_bytes", "wrong_bytes", now);
      this.#pieces.verified(piece);
      this.#candidates.worked(this.#stream!.plan.source);
    }
    const vouched = this.options.pieces !== null;
    for (let next; (next = this.#pieces.next()) !== null;) {
      const { piece, bytes } = next;
      this.#whole.take(piece, bytes);
      this.#effects.push({ kind: "piece", piece, offset: piece * PIECE_BYTES, bytes, vouched });
    }
    if (this.#pieces.missing === 0) this.#complete();
    else if (this.#pieces.atEnd) this.#fillHoles();
  }

  /** The end of the file is there; what is missing before it comes now, from the same source. */
  #fillHoles(): void {
    this.#leave("cancelled");
    this.#move("seek");
    this.#pieces.begin(this.#pieces.count);
  }

  #stored(piece: number, now: number): void {
    const before = this.#pieces.credit;
    this.#pieces.stored(piece);
    if (this.#pieces.credit > before) this.#stream?.ackSoon(now);
  }

  #pause(paused: boolean, now: number): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (paused) this.#stream?.ackSoon(now);
    else this.#stream?.resumed(now);
  }

  #seek(offset: number): void {
    if (this.#state === "idle" || this.#stream === null) {
      return this.#pieces.begin(Math.floor(offset / PIECE_BYTES));
    }
    this.#leave("cancelled");
    this.#move("seek");
    this.#pieces.begin(Math.floor(offset / PIECE_BYTES));
  }

  /** Does what time asks for. */
  #advance(now: number): void {
    if (this.over || this.#state === "idle") return;
    if (this.#stream === null) return this.#rested(now);
    if (now >= this.#stream.askAgainAt) {
      const get = this.#stream.ask(now);
      if (get !== null) this.#send(this.#stream.plan.source, get);
      else if (this.#state === "asking") return this.#lose("no_answer", null, now);
    }
    if (this.#state === "receiving" && !this.#paused && now >= this.#stream.goneAt) {
      return this.#lose("source_gone", "cancelled", now);
    }
    if (now < this.#stream.ackAt) return;
    const { base, have, credit } = this.#pieces;
    const [rate, paused, listed] = [this.#rate, this.#paused, this.#list.complete];
    const ack = this.#stream.ack({ base, have, credit, rate, paused, listed }, now);
    this.#send(this.#stream.plan.source, ack);
  }

  #rested(now: number): void {
    if (this.#paused) return;
    const next = this.#candidates.next();
    if (next === null) this.#fail(this.#candidates.fault);
    else if (now >= next.askAt) this.#ask(now);
  }

  #ask(now: number): void {
    const next = this.#candidates.next();
    if (next === null) return this.#fail(this.#candidates.fault);
    const { id, port, newStream } = this.options;
    const offset = this.#pieces.base * PIECE_BYTES;
    this.#stream = new IncomingStream(
      { stream: newStream(), source: next.address, id, offset, port },
      now,
    );
    this.#move("ask");
    this.#send(next.address, this.#stream.ask(now)!);
  }

  /** Leaves the source for another; `stop` tells it. */
  #lose(fault: FetchFault, stop: StopReason | null, now: number): void {
    const address = this.#stream!.plan.source;
    if (stop === null) this.#stream = null;
    else this.#leave(stop);
    // What one source said and nobody has verified is not mixed with what another says.
    this.#pieces.forgetUnverified();
    const lied = fault === "wrong_bytes" || fault === "wrong_list";
    if (!this.#list.complete || lied && this.options.pieces === null || fault === "wrong_list") {
      this.#list.reset();
    }
    this.#candidates.lost(address, fault, now);
    this.#effects.push({ kind: "source_lost", address, fault });
    if (this.#candidates.next() === null) return this.#fail(fault);
    this.#move("source_lost");
  }

  #leave(reason: StopReason): void {
    const stop = this.#stream?.stop(reason) ?? null;
    if (stop !== null) this.#send(this.#stream!.plan.source, stop);
    this.#stream = null;
  }

  #complete(): void {
    const digest = this.#whole.end(this.#pieces.count);
    if (digest === "wrong") return this.#fail("wrong_content");
    this.#leave("complete");
    this.#move("complete");
    this.#effects.push({ kind: "complete", checked: digest === "right" });
  }

  #fail(fault: FetchFault): void {
    this.#leave("wrong_bytes");
    this.#move("sources_lost");
    this.#effects.push({ kind: "failed", fault });
  }

  #send(to: IpPort, bytes: Uint8Array): void {
    this.#effects.push({ kind: "send_datagram", to, bytes });
  }

  #move(event: ReceptionEvent): void {
    this.#state = transition(RECEPTION, this.#state, event);
  }
}

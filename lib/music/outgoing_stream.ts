import { transition } from "../base/state_table.ts";
import { PIECE_BYTES } from "../protocol/music/transfer_geometry.ts";
import {
  DATA_HEADER_BYTES,
  type EndReason,
  formatTransferPacket,
  MOST_PACKET_BYTES,
  PING_BYTES,
  type TransferPacket,
  writeData,
} from "../protocol/music/transfer_packets.ts";
import { CongestionControl } from "./congestion_control.ts";
import { DeliveryRounds } from "./delivery_rounds.ts";
import { OutgoingDigests } from "./outgoing_digests.ts";
import { OutgoingPieces } from "./outgoing_pieces.ts";
import { Pacer } from "./pacer.ts";
import type { PacketSlab } from "./packet_slab.ts";
import { RoundTrip } from "./round_trip.ts";
import { NO_PIECE, PING_CHUNK, SentPackets } from "./sent_packets.ts";
import type { OutgoingStatus, ServedWhy } from "./source_contract.ts";
import { OUTGOING, type OutgoingEvent, type OutgoingState } from "./states.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";
import type { UnprovenStream } from "./unproven_streams.ts";

type Ack = Extract<TransferPacket, { readonly kind: "ack" }>;

/** What keeps a stream from sending: only time helps, or something has to come first. */
type Hold = "time" | "upload" | "input";

/** Packets that a silence lets pass beyond the window, for their acknowledgements to tell. */
const PROBES = 2;
/** Most doublings of the time before the next probe. */
const MOST_BACKOFF = 6;

/** What a stream is made of. */
export interface OutgoingStreamPlan extends UnprovenStream {
  readonly slab: PacketSlab;
  /** What all streams share of the upload, or null for no limit. */
  readonly upload: () => Upload | null;
}

/** A limit on all streams together. */
export interface Upload {
  readonly pacer: Pacer;
  /** Bytes a millisecond. */
  readonly rate: number;
}

/** One file on its way to one listener, from the listener's first acknowledgement on. */
export class OutgoingStream {
  readonly sent: SentPackets;
  readonly pieces: OutgoingPieces;
  readonly control: CongestionControl;
  readonly roundTrip = new RoundTrip();
  readonly #digests: OutgoingDigests;
  readonly #rounds: DeliveryRounds;
  readonly #pacer = new Pacer();
  readonly #listenersPacer = new Pacer();
  #state: OutgoingState = "unproven";
  /** Bytes a millisecond that the listener allows; 0 for no limit. */
  #listenersRate = 0;
  #heardAt: number;
  #pausedAt = 0;
  #lossAt: number | null = null;
  /** Probes since the last acknowledgement, and those that may be sent now. */
  #backoff = 0;
  #probes = 0;
  #hold: Hold = "input";
  #sentBytes = 0;
  #again = 0;

  /**
   * @param now the time of the acknowledgement, which is to be given to {@link ack} next
   */
  constructor(readonly plan: OutgoingStreamPlan, now: number) {
    const { file, offset, token, greetedAt } = plan;
    this.#heardAt = now;
    this.pieces = new OutgoingPieces(file.size, Math.floor(offset / PIECE_BYTES));
    this.#digests = new OutgoingDigests(file.digests);
    this.control = new CongestionControl(this.roundTrip, 5 + token % 3);
    this.sent = new SentPackets({
      acked: (piece, chunk, quiet) => this.#fate(piece, chunk, quiet, false),
      lost: (piece, chunk, quiet) => this.#fate(piece, chunk, quiet, true),
    });
    this.#rounds = new DeliveryRounds(this.sent);
    for (const at of greetedAt) this.#sending(NO_PIECE, PING_CHUNK, PING_BYTES, at);
    this.#rounds.begin(now);
  }

  get state(): OutgoingState {
    return this.#state;
  }

  /**
   * Takes an acknowledgement from where the stream goes, with its token.
   *
   * @throws {RangeError} where it names a packet that was never sent
   */
  ack(ack: Ack, now: number): void {
    this.#heardAt = now;
    this.#listen(ack, now);
    this.control.before(this.sent.underWay);
    const before = this.sent.largest;
    let news = false;
    for (const { low, high } of ack.ranges) news = this.sent.ack(low, high, now) || news;
    const { largest } = this.sent;
    if (largest > before) {
      const sample = Math.max(0.05, now - this.sent.sentAt(largest) - ack.delay / 1000);
      this.roundTrip.add(sample, now);
      this.#rounds.roundTrip(sample);
      this.control.measured(sample);
    }
    if (news) this.#backoff = this.#probes = 0;
    this.#detectLosses(now);
    this.control.advance(this.#rounds, this.sent.underWay, now);
  }

  /** Lets time pass. Says why the stream is over, or null. */
  tick(now: number): ServedWhy | null {
    if (now >= this.#heardAt + TRANSFER_LIMITS.listenerSilence) return "listener_gone";
    if (this.#state === "paused") {
      return now >= this.#pausedAt + TRANSFER_LIMITS.longestPause ? "idle" : null;
    }
    if (this.#lossAt !== null && now >= this.#lossAt) {
      this.control.before(this.sent.underWay);
      this.#detectLosses(now);
      this.control.advance(this.#rounds, this.sent.underWay, now);
    }
    const probeAt = this.#probeAt();
    if (probeAt !== null && now >= probeAt) {
      this.sent.loseOldest(PROBES);
      this.#backoff = Math.min(MOST_BACKOFF, this.#backoff + 1);
      this.#probes = PROBES;
    }
    return null;
  }

  /** Before packets are sent: lets the budgets grow. */
  prepare(now: number): void {
    this.#pacer.refill(this.control.pace, now);
    if (this.#listenersRate > 0) this.#listenersPacer.refill(this.#listenersRate, now);
  }

  /** Sends one packet, after {@link prepare}, or says null where none may be sent now. */
  sendOne(now: number): Uint8Array<ArrayBuffer> | null {
    this.#hold = "input";
    if (this.#state === "paused" || this.#state === "ended") return this.#limited();
    if (!this.sent.hasRoom) return null;
    const size = MOST_PACKET_BYTES;
    if (this.sent.underWay + size > this.control.window && this.#probes === 0) return null;
    const upload = this.plan.upload();
    if (!this.#pacer.allows(size)) return this.#holdFor("time");
    if (this.#listenersRate > 0 && !this.#listenersPacer.allows(size)) {
      this.#limited();
      return this.#holdFor("time");
    }
    if (upload !== null && !upload.pacer.allows(size)) {
      this.#limited();
      return this.#holdFor("upload");
    }
    const packet = this.#next(now);
    if (packet === null) return this.#limited();
    if (this.#probes > 0) this.#probes -= 1;
    this.#pacer.spend(packet.length);
    // What was sent without a limit is no debt for when there is one.
    if (this.#listenersRate > 0) this.#listenersPacer.spend(packet.length);
    upload?.pacer.spend(packet.length);
    this.#sentBytes += packet.length;
    return packet;
  }

  /** When {@link tick} or {@link sendOne} has something to do. */
  wakeAt(): number {
    const silence = this.#heardAt + TRANSFER_LIMITS.listenerSilence;
    if (this.#state === "paused") {
      return Math.min(silence, this.#pausedAt + TRANSFER_LIMITS.longestPause);
    }
    const probeAt = this.#probeAt() ?? this.#pingAt();
    return Math.min(silence, this.#lossAt ?? Infinity, probeAt, this.#readyAt());
  }

  /** The packet that says that the stream is over. */
  end(reason: EndReason): Uint8Array<ArrayBuffer> {
    return formatTransferPacket({ kind: "end", ...this.#header(), reason });
  }

  /** Moves the stream along its table of states. */
  move(event: OutgoingEvent): void {
    this.#state = transition(OUTGOING, this.#state, event);
  }

  status(): OutgoingStatus {
    const { delivered, lostBytes, next } = this.sent;
    return {
      stream: this.plan.stream,
      id: this.plan.file.id,
      address: this.plan.to,
      state: this.#state,
      phase: this.control.phase,
      sentBytes: this.#sentBytes,
      deliveredBytes: delivered,
      again: next > 1 ? this.#again / (next - 1) : 0,
      loss: delivered + lostBytes > 0 ? lostBytes / (delivered + lostBytes) : 0,
      roundTrip: this.roundTrip.known ? this.roundTrip.smoothed : 0,
      rate: this.control.rate * 1000,
      window: this.control.window,
    };
  }

  /** What the listener wants and allows. */
  #listen({ base, have, credit, rate, paused, listed }: Ack, now: number): void {
    if (this.#state === "unproven") this.move("acked");
    if (paused && this.#state === "sending") {
      this.#pausedAt = now;
      this.move("pause");
    } else if (!paused && this.#state === "paused") {
      this.move("resume");
    }
    this.pieces.wants(base, have, credit);
    this.#listenersRate = rate / 1000;
    if (listed) this.#digests.done();
  }

  #next(now: number): Uint8Array<ArrayBuffer> | null {
    const digests = this.#digests.next();
    if (digests !== null) return this.#sendDigests(digests, now);
    const chunk = this.pieces.next();
    if (chunk === null) return this.#ping(now);
    const { slab } = this.plan;
    const size = DATA_HEADER_BYTES + chunk.bytes.length;
    const number = this.#sending(chunk.piece, chunk.chunk, size, now);
    const at = slab.place(size);
    writeData(slab.view, at, this.plan, number, chunk.piece, chunk.chunk);
    const packet = slab.bytes(at, size);
    packet.set(chunk.bytes, DATA_HEADER_BYTES);
    if (chunk.again) this.#again += 1;
    return packet;
  }

  #sendDigests(index: number, now: number): Uint8Array<ArrayBuffer> {
    const { first, digests } = this.#digests.body(index);
    const number = this.sent.next;
    const packet = formatTransferPacket({
      ...{ kind: "digests", ...this.#header(), number, first, digests },
    });
    this.#sending(NO_PIECE, index, packet.length, now);
    return packet;
  }

  /** Where there is nothing to send for long, says that somebody is there. */
  #ping(now: number): Uint8Array<ArrayBuffer> | null {
    if (this.#probes === 0 && now < this.#pingAt()) return null;
    const number = this.sent.next;
    const packet = formatTransferPacket({ kind: "ping", ...this.#header(), number });
    this.#sending(NO_PIECE, PING_CHUNK, packet.length, now);
    return packet;
  }

  #sending(piece: number, chunk: number, size: number, now: number): number {
    return this.sent.add(piece, chunk, size, this.control.quiet, now);
  }

  #fate(piece: number, chunk: number, quiet: boolean, lost: boolean): void {
    this.control.fate(lost, quiet);
    if (piece !== NO_PIECE) this.pieces[lost ? "lost" : "arrived"](piece, chunk);
    else if (chunk !== PING_CHUNK) this.#digests[lost ? "lost" : "arrived"](chunk);
  }

  #detectLosses(now: number): void {
    const { latest, smoothed, variation } = this.roundTrip;
    this.#lossAt = this.sent.detectLosses(Math.max(latest, smoothed), variation, now);
  }

  /** When an acknowledgement is so late that a probe has to find out. */
  #probeAt(): number | null {
    if (this.sent.underWay === 0) return null;
    const since = Math.max(this.sent.lastSentAt, this.#heardAt);
    return since + this.roundTrip.probeTimeout * 2 ** this.#backoff;
  }

  #pingAt(): number {
    return this.sent.lastSentAt + TRANSFER_LIMITS.pingInterval;
  }

  #readyAt(): number {
    if (this.#hold === "input") return Infinity;
    const upload = this.plan.upload();
    if (this.#hold === "upload" && upload !== null) return upload.pacer.readyAt(upload.rate);
    const own = this.#pacer.readyAt(this.control.pace);
    if (this.#listenersRate === 0) return own;
    return Math.max(own, this.#listenersPacer.readyAt(this.#listenersRate));
  }

  #holdFor(hold: Hold): null {
    this.#hold = hold;
    return null;
  }

  #limited(): null {
    this.#rounds.limited();
    return null;
  }

  #header() {
    return { stream: this.plan.stream, token: this.plan.token };
  }
}

import { DelayEstimator } from "./delay_estimator.ts";
import { FRAME_MS } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/** A packet as the buffer keeps it. */
export interface BufferedPacket {
  /** The frame of the sender's time that it holds: its timestamp in frames, counted on. */
  readonly slot: number;
  /** Its sequence number, counted on over the wraps. */
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** How the length of a frame may change, for the delay to come nearer to its target. */
export interface Pace {
  readonly direction: "steady" | "faster" | "slower";
  /** Whether it should change even where it would be heard. */
  readonly urgent: boolean;
}

/** What to play next. */
export type Playout =
  | { readonly kind: "play"; readonly payload: Uint8Array; readonly pace: Pace }
  /** A frame is lost and the packet after it is here: it may repair the loss. */
  | { readonly kind: "recover"; readonly next: Uint8Array }
  /** A frame is lost or late. */
  | { readonly kind: "conceal" }
  /** Nothing to play: before the first packet, in a pause of the sender, or lost for long. */
  | { readonly kind: "silence"; readonly duration: number };

/** What became of a packet that was put in. */
export type Placement = "buffered" | "late" | "copy";

/** Counts since the start. */
export interface JitterCounters {
  /** Packets that came after their time, or for which there was no room, and were dropped. */
  readonly late: number;
  /** Frames that were lost, or late and not waited for: repaired or concealed. */
  readonly missing: number;
  /** Times that playout met an empty buffer, the packet being late. */
  readonly underruns: number;
  /** Times that playout began anew: after silence, a stall or a jump of the sender's clock. */
  readonly restarts: number;
}

const SILENCE: Playout = { kind: "silence", duration: FRAME_MS };
const CONCEAL: Playout = { kind: "conceal" };

/**
 * The adaptive jitter buffer: packets in, in whatever order the network delivers them; one decision
 * for each frame out, in the sender's order. It decides by time alone and never looks into a packet.
 *
 * ```text
 *             put(packet, now)                            next(now)
 *  network ─────────────► slots by timestamp ─────────────► play | recover | conceal | silence
 *                │                                   ▲
 *                └─► transit ─► DelayEstimator ─► base, target
 * ```
 *
 * *Delay* is how long the sound that is played now has waited, compared with a packet that comes by
 * the quickest path and is played at once. The silence before the first frame ends when that has
 * waited long enough. Where the delay leaves its target, frames are to be shortened or lengthened by a
 * few milliseconds: that brings it back after a burst, and takes up the drift of the two clocks. A
 * buffer that runs empty waits (and the delay grows) up to 10 frames; then playout begins anew with
 * the next packet. Times in milliseconds.
 */
export class JitterBuffer {
  readonly #packets = new Map<number, BufferedPacket>();
  readonly #estimator = new DelayEstimator();
  /** The slot to play next; of what is before it, all is late. */
  #position = -Infinity;
  #playing = false;
  /** Sequence number of the last packet played. */
  #played = -1;
  /** Frames for which playout has waited at {@link #position}. */
  #held = 0;
  /** Frames concealed in a row. */
  #concealed = 0;
  /** How long the slot to play has waited, by the quickest path. */
  #delay = 0;
  /** Frames in a row for which that was too long. */
  #above = 0;
  #late = 0;
  #missing = 0;
  #underruns = 0;
  #restarts = 0;

  /** Packets waiting. */
  get depth(): number {
    return this.#packets.size;
  }

  /** How long the sound played last has waited. */
  get delay(): number {
    return this.#delay;
  }

  /** How long it should wait. */
  get target(): number {
    return this.#estimator.target;
  }

  /** Counts since the start. */
  get counters(): JitterCounters {
    return {
      late: this.#late,
      missing: this.#missing,
      underruns: this.#underruns,
      restarts: this.#restarts,
    };
  }

  /** Puts in a packet that arrived at `now`. */
  put(packet: BufferedPacket, now: number): Placement {
    const transit = now - packet.slot * FRAME_MS;
    if (this.#estimator.jumped(transit)) this.reset();
    if (this.#packets.has(packet.slot)) return "copy";
    this.#estimator.add(transit);
    if (packet.slot < this.#position) {
      this.#late += 1;
      return "late";
    }
    if (this.#packets.size >= MEDIA_LIMITS.bufferedPackets) {
      this.#packets.delete(this.#oldest()!);
      this.#late += 1;
    }
    this.#packets.set(packet.slot, packet);
    return "buffered";
  }

  /** Forgets the source: it began anew, or it is another. The counts stay. */
  reset(): void {
    if (this.#playing) this.#restarts += 1;
    this.#packets.clear();
    this.#estimator.reset();
    this.#position = -Infinity;
    this.#playing = false;
    this.#held = 0;
    this.#concealed = 0;
  }

  /**
   * What to play next.
   *
   * @param now when it will be played, by the clock of {@link put}: when what was played before it is
   *   over
   */
  next(now: number): Playout {
    if (this.#playing) {
      this.#delay = this.#waitOf(this.#position, now);
      if (this.#delay > this.target + MEDIA_LIMITS.stalled) this.#stop();
    }
    if (!this.#playing) {
      const early = this.#start(now);
      if (early > 0) return { kind: "silence", duration: Math.min(early, FRAME_MS) };
    }
    if (this.#held > 0 && this.#packets.size > 0) this.#resume();
    const packet = this.#packets.get(this.#position);
    return packet === undefined ? this.#gap() : this.#play(packet);
  }

  #play(packet: BufferedPacket): Playout {
    this.#packets.delete(packet.slot);
    this.#position += 1;
    this.#played = packet.sequence;
    this.#concealed = 0;
    return { kind: "play", payload: packet.payload, pace: this.#pace() };
  }

  #pace(): Pace {
    const excess = this.#delay - this.target;
    const { above, below } = MEDIA_LIMITS.slack;
    // Where packets come irregularly the target moves too: it is not followed in every move.
    const play = (this.target - MEDIA_LIMITS.playoutDelay.least) / 2;
    const isLowering = this.#above > MEDIA_LIMITS.patience;
    this.#above = excess > above + (isLowering ? 0 : play) ? this.#above + 1 : 0;
    const direction = excess < -below
      ? "slower"
      : this.#above > MEDIA_LIMITS.patience
      ? "faster"
      : "steady";
    return { direction, urgent: Math.abs(excess) > MEDIA_LIMITS.urgent };
  }

  /** Nothing is here for the slot to play. */
  #gap(): Playout {
    const oldest = this.#oldest();
    if (oldest === undefined) return this.#hold();
    const ahead = this.#packets.get(oldest)!;
    // Slots without packets, and no sequence number missing: the sender had nothing to say.
    if (ahead.sequence - this.#played <= 1) {
      this.#position += 1;
      this.#concealed = 0;
      return SILENCE;
    }
    this.#position += 1;
    this.#missing += 1;
    if (ahead.slot > this.#position) return this.#conceal();
    this.#concealed = 0;
    return { kind: "recover", next: ahead.payload };
  }

  /**
   * Packets again, after waiting. The frames that filled the time stand for as many slots: for those
   * whose packets never came, and, after a short wait, for those whose packets came late too, if that
   * does not leave the buffer empty. Otherwise what was late is still played, and the delay is longer.
   */
  #resume(): void {
    const due = this.#position + this.#held;
    const slots = [...this.#packets.keys()];
    const oldest = Math.min(...slots);
    let reached = Math.min(due, oldest);
    if (oldest < due) {
      this.#underruns += 1;
      if (this.#held <= MEDIA_LIMITS.briefHold && slots.some((slot) => slot >= due)) reached = due;
    }
    for (const slot of slots) {
      if (slot >= reached) continue;
      this.#packets.delete(slot);
      this.#late += 1;
    }
    const { sequence } = this.#packets.get(this.#oldest()!)!;
    if (sequence - this.#played > 1) this.#missing += reached - this.#position;
    this.#delay -= (reached - this.#position) * FRAME_MS;
    this.#position = reached;
    this.#held = 0;
  }

  /** The buffer is empty: wait, and begin anew when that takes too long. */
  #hold(): Playout {
    this.#held += 1;
    if (this.#held > MEDIA_LIMITS.heldFrames) {
      this.#stop();
      return SILENCE;
    }
    return this.#conceal();
  }

  #conceal(): Playout {
    this.#concealed += 1;
    return this.#concealed > MEDIA_LIMITS.concealedFrames ? SILENCE : CONCEAL;
  }

  /**
   * Begins to play when the oldest packet has waited long enough, at the slot due at `now`; gives the
   * time until then, or 0.
   */
  #start(now: number): number {
    const oldest = this.#oldest();
    if (oldest === undefined) return FRAME_MS;
    const excess = this.#waitOf(oldest, now) - this.target;
    if (excess < -MEDIA_LIMITS.slack.below) return -excess;
    // Of what piled up during a stall, the old part is no longer worth hearing.
    const old = Math.ceil((excess - MEDIA_LIMITS.slack.above) / FRAME_MS);
    const due = oldest + Math.max(0, old);
    for (const slot of [...this.#packets.keys()].sort((one, other) => one - other)) {
      if (slot >= due || this.#packets.size === 1) break;
      this.#packets.delete(slot);
      this.#late += 1;
    }
    const first = this.#packets.get(this.#oldest()!)!;
    this.#position = first.slot;
    this.#played = first.sequence - 1;
    this.#playing = true;
    this.#delay = this.#waitOf(first.slot, now);
    return 0;
  }

  #stop(): void {
    this.#playing = false;
    this.#restarts += 1;
    this.#held = 0;
    this.#concealed = 0;
  }

  /** How much later than by the quickest path a slot's packet could come and be in time at `now`. */
  #waitOf(slot: number, now: number): number {
    return now - slot * FRAME_MS - this.#estimator.base;
  }

  #oldest(): number | undefined {
    let oldest: number | undefined;
    for (const slot of this.#packets.keys()) {
      if (oldest === undefined || slot < oldest) oldest = slot;
    }
    return oldest;
  }
}

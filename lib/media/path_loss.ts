import { MEDIA_LIMITS } from "./limits.ts";
import { sequenceDistance } from "./sequence.ts";

/** What the other side reports of our packets, of a report block. */
export interface Reported {
  /** Its lower 16 bits count. */
  readonly highestSequence: number;
  /** Expected less arrived since the start, copies counted as arrivals, in 24 bits. */
  readonly lost: number;
}

/**
 * The loss of the path to the other side, and whether to send each frame twice because of it.
 *
 * A receiver counts copies as arrivals (RFC 3550, A.3). It cannot know how many were sent, but the
 * sender does: of what it sent, copies included, up to the highest packet that was received, so many
 * arrived. That is the path's loss whether copies are sent or not, so that sending copies does not make
 * the reason for them disappear. Another program may send no reports: then the loss of what we
 * receive from it is the best guess of what it receives from us.
 */
export class PathLoss {
  /** Datagrams sent until and with each of the last packets, by sequence number. */
  readonly #totals = new Float64Array(MEDIA_LIMITS.sentRemembered);
  #total = 0;
  #newest: number | null = null;
  #last: { readonly sequence: number; readonly lost: number; readonly total: number } | null = null;
  #loss: number | null = null;
  #reportedAt = -Infinity;
  #duplicating = false;

  /** Part of the datagrams that do not arrive, 0–1; null where nothing is known. */
  get loss(): number | null {
    return this.#loss;
  }

  /** Whether each frame is to be sent twice. */
  get duplicating(): boolean {
    return this.#duplicating;
  }

  /** A packet went out, in so many datagrams, copies of those before it included. */
  sent(sequence: number, datagrams: number): void {
    this.#total += datagrams;
    this.#newest = sequence;
    this.#totals[this.#place(sequence)] = this.#total;
  }

  /** The other side reports. Reports that come late, or of what was not sent, say nothing. */
  reported({ highestSequence, lost }: Reported, now: number): void {
    const sequence = highestSequence & 0xffff;
    if (this.#newest === null) return;
    const age = sequenceDistance(sequence, this.#newest);
    if (age < 0 || age >= MEDIA_LIMITS.sentRemembered) return;
    const total = this.#totals[this.#place(sequence)]!;
    const last = this.#last;
    const expected = last === null ? 0 : sequenceDistance(last.sequence, sequence);
    if (last !== null && expected <= 0) return;
    this.#last = { sequence, lost, total };
    this.#reportedAt = now;
    if (last === null || total <= last.total) return;
    const arrived = expected - ((lost - last.lost) << 8 >> 8);
    this.#learn(1 - arrived / (total - last.total));
  }

  /** Once a second, where the other side does not report: the loss of its packets to us. */
  unreported(receivedLoss: number, now: number): void {
    if (now - this.#reportedAt > MEDIA_LIMITS.reportLife) this.#learn(receivedLoss);
  }

  #learn(loss: number): void {
    const within = Math.min(1, Math.max(0, loss));
    // The mean of the last few reports: one second of 50 packets alone is a rough sample.
    this.#loss = this.#loss === null ? within : (this.#loss + within) / 2;
    const { from, to } = MEDIA_LIMITS.duplication;
    this.#duplicating = this.#loss > (this.#duplicating ? to : from);
  }

  #place(sequence: number): number {
    return sequence & (MEDIA_LIMITS.sentRemembered - 1);
  }
}

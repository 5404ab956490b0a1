import type { CloseReason } from "../../lib/base/link.ts";
import type { Random } from "../../lib/base/random.ts";
import type { StreamPath } from "./stream_path.ts";
import type { Actor, Timeline } from "./timeline.ts";

/** What a {@link Pipe} tells whoever puts lines in. Never inside one of its own calls. */
export interface PipeSender {
  /** `lines` more lines have left the sender's process. */
  written(lines: number): void;
  /** Too much waits in the sender's process, or for too long without progress. */
  stalled(): void;
}

/** What comes out of a {@link Pipe}. */
export interface PipeReceiver {
  arrived(line: Uint8Array): void;
  /** The end, after every line before it. */
  ended(reason: CloseReason): void;
}

type Parcel =
  | { readonly line: Uint8Array; readonly size: number; arrival: number }
  | { readonly reason: CloseReason; readonly size: 0; arrival: number };

/**
 * One direction of a stream link, in order and without loss as TCP is: what is sent waits in the
 * sender's process until the socket buffer has room, takes its time on the wire, and holds its
 * room in the buffer until the receiver has read it.
 */
export class Pipe implements Actor {
  readonly #waiting: Parcel[] = [];
  #waitingBytes = 0;
  readonly #flight: Parcel[] = [];
  #flightBytes = 0;
  #wireFreeAt = 0;
  #lastArrival = 0;
  #nextFire = Infinity;
  #held = false;
  #dead = false;
  #written = 0;
  #progressAt = 0;
  #watched = false;

  constructor(
    readonly timeline: Timeline,
    readonly random: Random,
    readonly path: StreamPath,
    readonly sender: PipeSender,
    readonly receiver: PipeReceiver,
  ) {}

  send(line: Uint8Array): void {
    if (this.#dead) return;
    // The terminator takes a byte too.
    this.#enqueue({ line, size: line.length + 1, arrival: 0 });
  }

  /** Ends the pipe in order: the receiver gets every line that was sent before. */
  end(reason: CloseReason): void {
    if (!this.#dead) this.#enqueue({ reason, size: 0, arrival: 0 });
  }

  /** Ends the pipe by force: what still waits in the process is lost, what is on the wire is not. */
  reset(): void {
    if (this.#dead) return;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#depart({ reason: "reset", size: 0, arrival: 0 });
  }

  /** Nothing comes out and nobody is told anything any more. */
  kill(): void {
    this.#dead = true;
    this.#waiting.length = 0;
    this.#flight.length = 0;
    this.#waitingBytes = 0;
  }

  /** While held nothing comes out, be it that the receiver does not read or the wire is cut. */
  hold(held: boolean): void {
    const released = this.#held && !held;
    this.#held = held;
    if (released && !this.#dead) this.#expect(this.timeline.now + this.path.delay);
  }

  fire(now: number): void {
    if (now < this.#nextFire) return; // An earlier call took this one's part.
    this.#nextFire = Infinity;
    let count = 0;
    while (!this.#held && !this.#dead) {
      const parcel = this.#flight[count];
      if (parcel === undefined || parcel.arrival > now) break;
      count += 1;
      this.#flightBytes -= parcel.size;
      if ("line" in parcel) this.receiver.arrived(parcel.line);
      else this.receiver.ended(parcel.reason);
    }
    if (this.#dead) return;
    if (count > 0) this.#flight.splice(0, count);
    this.#fill();
    const next = this.#flight[0];
    if (next !== undefined && !this.#held) this.#expect(next.arrival);
  }

  #enqueue(parcel: Parcel): void {
    if (this.#waiting.length === 0 && this.#hasRoom(parcel)) return this.#depart(parcel);
    if (this.#waiting.length === 0) this.#progressAt = this.timeline.now;
    this.#waiting.push(parcel);
    this.#waitingBytes += parcel.size;
    if (this.#waitingBytes > this.path.sendQueueBytes) this.timeline.after(0, () => this.#stall());
    else this.#watch();
  }

  #hasRoom(parcel: Parcel): boolean {
    // A line larger than the whole buffer goes through it in parts, alone.
    return this.#flightBytes === 0 || this.#flightBytes + parcel.size <= this.path.socketBuffer;
  }

  #fill(): void {
    let count = 0;
    for (let next; (next = this.#waiting[count]) !== undefined && this.#hasRoom(next);) {
      count += 1;
      this.#waitingBytes -= next.size;
      this.#depart(next);
    }
    if (count === 0) return;
    this.#waiting.splice(0, count);
    this.#progressAt = this.timeline.now;
  }

  #depart(parcel: Parcel): void {
    const { delay, jitter, bandwidth } = this.path;
    const now = this.timeline.now;
    this.#wireFreeAt = Math.max(now, this.#wireFreeAt) + parcel.size / bandwidth;
    const wished = this.#wireFreeAt + delay + (jitter > 0 ? jitter * this.random() : 0);
    this.#lastArrival = parcel.arrival = Math.max(this.#lastArrival, wished);
    this.#flightBytes += parcel.size;
    this.#flight.push(parcel);
    if (!this.#held && this.#flight.length === 1) this.#expect(parcel.arrival);
    if (!("line" in parcel)) return;
    this.#written += 1;
    if (this.#written === 1) this.timeline.after(0, () => this.#tellWritten());
  }

  #expect(at: number): void {
    if (at >= this.#nextFire) return;
    this.#nextFire = at;
    this.timeline.at(at, this);
  }

  #tellWritten(): void {
    const lines = this.#written;
    this.#written = 0;
    if (!this.#dead) this.sender.written(lines);
  }

  #watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    this.timeline.after(this.path.sendStall, (now) => {
      this.#watched = false;
      if (this.#dead || this.#waiting.length === 0) return;
      if (now - this.#progressAt >= this.path.sendStall) this.#stall();
      else this.#watch();
    });
  }

  #stall(): void {
    if (!this.#dead) this.sender.stalled();
  }
}

import type { CloseReason, LinkId } from "../../lib/base/link.ts";
import type { Random } from "../../lib/base/random.ts";
import { Pipe, type PipeReceiver, type PipeSender } from "./pipe.ts";
import type { StreamPath } from "./stream_path.ts";
import type { Timeline } from "./timeline.ts";

/** Whoever owns an end of a stream: it is told what happens on it, never inside one of its calls. */
export interface StreamOwner {
  lineArrived(end: StreamEnd, line: Uint8Array): void;
  linesWritten(end: StreamEnd, lines: number): void;
  /** The end is gone; nothing more comes from it. */
  endGone(end: StreamEnd, reason: CloseReason): void;
}

/** One side of a stream link: what a program holds of a TCP connection. */
export class StreamEnd implements PipeSender, PipeReceiver {
  #open = true;
  #other!: StreamEnd;
  #out!: Pipe;
  #in!: Pipe;

  private constructor(readonly owner: StreamOwner, readonly link: LinkId) {}

  /** Two ends joined by a path. */
  static pair(
    timeline: Timeline,
    random: Random,
    path: StreamPath,
    near: { readonly owner: StreamOwner; readonly link: LinkId },
    far: { readonly owner: StreamOwner; readonly link: LinkId },
  ): readonly [StreamEnd, StreamEnd] {
    const one = new StreamEnd(near.owner, near.link);
    const two = new StreamEnd(far.owner, far.link);
    one.#other = two;
    two.#other = one;
    one.#out = two.#in = new Pipe(timeline, random, path, one, two);
    two.#out = one.#in = new Pipe(timeline, random, path, two, one);
    return [one, two];
  }

  /** Whether this side still has the link. */
  get open(): boolean {
    return this.#open;
  }

  get other(): StreamEnd {
    return this.#other;
  }

  send(line: Uint8Array): void {
    this.#out.send(line);
  }

  /** Closes in order: the other side gets what was sent, then the end of file. */
  close(): void {
    this.#open = false;
    this.#out.end("end_of_file");
  }

  /** Closes by force: the other side sees a reset. */
  abort(): void {
    this.#open = false;
    this.#out.reset();
  }

  /** The wire is lost: both sides see a reset at once. */
  lose(): void {
    this.#lost();
    this.#other.#lost();
  }

  /** This side is gone without a word, as a computer whose power fails: nothing leaves or comes. */
  fallSilent(): void {
    this.#open = false;
    this.#out.kill();
    this.#in.hold(true);
  }

  /** While held nothing comes to this side: it does not read, or the wire is cut. */
  hold(held: boolean): void {
    this.#in.hold(held);
  }

  /** For the pipe that comes here. A side that closed drops what still arrives. */
  arrived(line: Uint8Array): void {
    if (this.#open) this.owner.lineArrived(this, line);
  }

  /** For the pipe that comes here: the other side has ended, what this one sends goes nowhere. */
  ended(reason: CloseReason): void {
    this.#in.kill();
    this.#gone(reason);
  }

  /** For the pipe that goes out. */
  written(lines: number): void {
    if (this.#open) this.owner.linesWritten(this, lines);
  }

  /** For the pipe that goes out: the program gives the link up. */
  stalled(): void {
    const told = this.#open;
    this.abort();
    if (told) this.owner.endGone(this, "stalled");
  }

  #lost(): void {
    this.#in.kill();
    this.#gone("reset");
  }

  #gone(reason: CloseReason): void {
    this.#out.kill();
    if (!this.#open) return;
    this.#open = false;
    this.owner.endGone(this, reason);
  }
}

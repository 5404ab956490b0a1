import type { PeerId } from "../protocol/overlay.ts";
import { type Memory, RotatingMap } from "./rotating_map.ts";

/** How a message of another peer came and went, so that its answer can go back the same way. */
export interface ReturnPath {
  readonly src: PeerId;
  readonly dst: PeerId;
  /** The neighbour that handed it over; empty where it was our own. */
  back: PeerId;
  /** The neighbours that it was handed to. */
  readonly forward: PeerId[];
  /** When it was handed on the last time, in milliseconds. */
  at: number;
  /** Whether an answer is due, came, will not come, or the way was found not to work. */
  state: "open" | "answered" | "unanswerable" | "failed";
  /** Answers and notes that came back. */
  answers: number;
}

/** The ways back of one kind of message, by its `msg_id`. Bounded: the oldest are forgotten. */
export class ReturnPaths {
  readonly #paths: RotatingMap<string, ReturnPath>;

  constructor(memory: Omit<Memory, "generations">) {
    this.#paths = new RotatingMap({ ...memory, generations: 2 });
  }

  get(id: string, now: number): ReturnPath | undefined {
    return this.#paths.get(id, now);
  }

  /** Enters a message that came from `back`. */
  open(id: string, src: PeerId, dst: PeerId, back: PeerId, now: number): ReturnPath {
    const path: ReturnPath = { src, dst, back, forward: [], at: now, state: "open", answers: 0 };
    this.#paths.set(id, path, now);
    return path;
  }

  /** Keeps a path as if it were new. */
  renew(id: string, path: ReturnPath, now: number): void {
    this.#paths.set(id, path, now);
  }

  /** Paths that were last handed to a neighbour and are open. */
  *openThrough(peer: PeerId): Generator<readonly [string, ReturnPath], void, undefined> {
    for (const [id, path] of this.#paths.entries()) {
      if (path.state === "open" && path.forward.at(-1) === peer) yield [id, path];
    }
  }
}

import { FRAME_MS } from "../../../media/frame.ts";
import { MUSIC_LIMITS } from "../../../media/music/music_limits.ts";
import type { SongStep, SongStream } from "../../../media/music/song_stream.ts";
import { monotonicNow } from "../../clock.ts";
import { quietly } from "./quiet_library.ts";

/** What a pump tells. */
export interface PumpObserver {
  /** After each step. */
  stepped(step: SongStep): void;
  bug(error: unknown): void;
}

/**
 * Decodes a song a little ahead of what is heard, in turns of a few milliseconds between which
 * everything else, such as a call, has its own.
 */
export class DecodePump implements Disposable {
  #running = false;
  /** Something may have changed since it last looked. */
  #kicked = false;
  #disposed = false;

  constructor(readonly song: SongStream, readonly observer: PumpObserver) {}

  /** There are more bytes, or fewer frames. */
  kick(): void {
    this.#kicked = true;
    if (this.#running || this.#disposed) return;
    this.#running = true;
    this.#run().catch((error) => this.observer.bug(error));
  }

  /** Nothing more is decoded, and nothing told. */
  [Symbol.dispose](): void {
    this.#disposed = true;
  }

  async #run(): Promise<void> {
    try {
      while (this.#kicked) {
        this.#kicked = false;
        await this.#decode();
      }
    } finally {
      // Here and not behind the promise: a kick in between would be lost.
      this.#running = false;
    }
  }

  /** Decodes as far ahead as is wanted, or as there are bytes. */
  async #decode(): Promise<void> {
    let since = monotonicNow();
    while (!this.#disposed && this.song.ready * FRAME_MS < MUSIC_LIMITS.decodedAhead) {
      const step = await quietly(() => this.song.step());
      if (this.#disposed) return;
      this.observer.stepped(step);
      if (step !== "worked") return;
      if (monotonicNow() - since < MUSIC_LIMITS.turn) continue;
      await nextTurn();
      since = monotonicNow();
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

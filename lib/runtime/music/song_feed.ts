import type { DownloadFault } from "../../music/library_status.ts";
import { PIECE_BYTES } from "../../protocol/music/transfer_geometry.ts";
import type { MusicPlayer } from "./playback/music_player.ts";
import type { SongBytes } from "./song_bytes.ts";

/** Bytes that are given to the player at a time: a few seconds of a song. */
const FEED_BYTES = 64 * 1024;

/** What a {@link SongFeed} tells. */
export interface SongFeedObserver {
  fault(fault: DownloadFault): void;
  bug(error: unknown): void;
}

/** Gives a player the bytes of a song in order, as they come and as it has room for them. */
export class SongFeed {
  /** Each seek begins a new run, and ends the one before. */
  #run = 0;
  #more: PromiseWithResolvers<void> = Promise.withResolvers();
  #dry = false;

  constructor(
    readonly player: Pick<MusicPlayer, "push" | "end">,
    readonly bytes: SongBytes,
    readonly size: number,
    readonly observer: SongFeedObserver,
  ) {}

  /** Gives what is at `offset` and behind it from now on. */
  from(offset: number): void {
    this.#run += 1;
    this.#feed(this.#run, offset).catch((error) => this.observer.bug(error));
    this.more();
  }

  /** There is more to read. */
  more(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }

  /** Whether nothing comes any more: the song ends where something is missing. */
  get dry(): boolean {
    return this.#dry;
  }

  set dry(dry: boolean) {
    this.#dry = dry;
    this.more();
  }

  /** Gives nothing any more. */
  stop(): void {
    this.#run += 1;
    this.more();
  }

  async #feed(run: number, from: number): Promise<void> {
    for (let at = from; at < this.size;) {
      const more = this.#more.promise;
      const length = Math.min(FEED_BYTES, this.size - at, PIECE_BYTES - at % PIECE_BYTES);
      const read = await this.bytes.read(at, length);
      if (run !== this.#run) return;
      if (read.kind === "fault") return this.observer.fault(read.fault);
      if (read.kind === "missing") {
        if (this.#dry) break;
        await more;
      } else if (read.bytes.length === 0) {
        // The file is shorter than the catalogue says: it ends here.
        break;
      } else {
        at += read.bytes.length;
        await this.player.push(read.bytes);
      }
      if (run !== this.#run) return;
    }
    this.player.end();
  }
}

import { FRAME_SAMPLES, SAMPLE_RATE, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";

const WAV_HEADER = 44;
const SAMPLE_BYTES = 2;

/** A frame that a loudspeaker's file got. */
interface PlayedFrame {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Its first sample in the file. */
  readonly from: number;
}

/**
 * Watches from outside when each frame comes into the WAV files of loudspeakers. The peer's own word
 * is not enough to measure it by: its file keeps real time within a frame only.
 */
export class EarWatch implements Disposable {
  readonly #watcher: Deno.FsWatcher;
  #closed = false;
  readonly #played = new Map<string, PlayedFrame[]>();

  /** @param folder whose files are watched from now on */
  constructor(folder: string) {
    this.#watcher = Deno.watchFs(folder);
    this.#watch();
  }

  /**
   * When a sample was heard, in milliseconds since 1970: by the frames of the second around it, for
   * single ones are written late.
   *
   * @throws {RangeError} where nothing was played around there
   */
  heardAt(path: string, sample: number): number {
    const around = (this.#played.get(path) ?? []).filter(({ from }) =>
      Math.abs(from - sample) < SAMPLE_RATE / 2
    );
    const starts = around.map(({ at, from }) => at - from / SAMPLES_PER_MS).sort((a, b) => a - b);
    const start = starts[starts.length >> 1];
    if (start === undefined) throw new RangeError(`nothing was played around sample ${sample}`);
    return start + sample / SAMPLES_PER_MS;
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#watcher.close();
  }

  async #watch(): Promise<void> {
    for await (const { kind, paths } of this.#watcher) {
      if (this.#closed) return;
      const at = performance.timeOrigin + performance.now();
      if (kind === "modify") { for (const path of paths) this.#grown(path, at); }
    }
  }

  #grown(path: string, at: number): void {
    const { size } = Deno.statSync(path);
    const frames = this.#played.getOrInsert(path, []);
    const from = (size - WAV_HEADER) / SAMPLE_BYTES - FRAME_SAMPLES;
    // A file of a call before was emptied.
    if (from < (frames.at(-1)?.from ?? -Infinity)) frames.length = 0;
    if (from >= 0 && from !== frames.at(-1)?.from) frames.push({ at, from });
  }
}

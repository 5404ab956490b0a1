import { LIMITS } from "../base/limits.ts";

/** What can be said of one event: names, addresses, codes; never more than a line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where a program writes what happens, for whoever looks into it later. */
export interface Log extends AsyncDisposable {
  /** Adds a record; `event` is a stable word. Never waits, never throws. */
  add(event: string, fields: LogFields): void;
}

/** The log of a program that was started without one. */
export const NO_LOG: Log = {
  add: () => {},
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const encoder = new TextEncoder();

/**
 * A file of JSON lines, one an event: `{"time":"2026-11-21T09:00:00.000Z","event":…}`. A disk that
 * is too slow or full costs records, which are counted and told in the next one that fits.
 */
export class LogFile implements Log {
  #waiting: string[] = [];
  #size = 0;
  #lost = 0;
  #writing: Promise<void> | null = null;

  private constructor(readonly file: Deno.FsFile) {}

  /**
   * Opens the file to append to it.
   *
   * @throws {Deno.errors.NotCapable} without `--allow-write`, and what else opening can throw
   */
  static async open(path: string): Promise<LogFile> {
    return new LogFile(await Deno.open(path, { append: true, create: true }));
  }

  add(event: string, fields: LogFields): void {
    if (this.#size > LIMITS.outputBytes) {
      this.#lost += 1;
      return;
    }
    const lost = this.#lost > 0 ? { lost: this.#lost } : {};
    this.#lost = 0;
    const record = JSON.stringify({ time: new Date().toISOString(), event, ...fields, ...lost });
    this.#waiting.push(record);
    this.#size += record.length + 1;
    this.#writing ??= this.#write().finally(() => this.#writing = null);
  }

  /** Writes what waits, then closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    this.file.close();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const records = this.#waiting;
      this.#waiting = [];
      let bytes = encoder.encode(records.join("\n") + "\n");
      try {
        while (bytes.length > 0) bytes = bytes.subarray(await this.file.write(bytes));
      } catch {
        this.#lost += records.length;
      }
      this.#size = this.#waiting.reduce((sum, record) => sum + record.length + 1, 0);
    }
  }
}

import { LIMITS } from "../base/limits.ts";
import { refusedPath } from "./refused_path.ts";

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

/** What a log tells of its disk: once when it cannot be written, once when it can be again. */
export interface LogObserver {
  failed(error: unknown): void;
  works(): void;
}

/** A record that is to be written. */
interface Waiting {
  readonly record: string;
  /** How many lost ones before it tells. */
  readonly lost: number;
}

const encoder = new TextEncoder();
const NEWLINE = 0x0a;

/**
 * A file of JSON lines, one an event: `{"time":"2026-11-21T09:00:00.000Z","event":…}`. A disk that
 * is too slow or full costs records, which are counted and told in the next one that fits.
 */
export class LogFile implements Log {
  #waiting: Waiting[] = [];
  #size = 0;
  #lost = 0;
  #writing: Promise<void> | null = null;
  #failed = false;
  /** Whether the file ends in the middle of a record, for which there was no more room. */
  #torn = false;

  private constructor(readonly file: Deno.FsFile, readonly observer: LogObserver | null) {}

  /**
   * Opens the file to append to it.
   *
   * @throws {Deno.errors.NotCapable} without `--allow-write`, and what else opening can throw
   */
  static async open(path: string, observer: LogObserver | null = null): Promise<LogFile> {
    try {
      return new LogFile(await Deno.open(path, { append: true, create: true }), observer);
    } catch (error) {
      throw refusedPath(error, path, "write");
    }
  }

  add(event: string, fields: LogFields): void {
    if (this.#size > LIMITS.outputBytes) {
      this.#lost += 1;
      return;
    }
    const lost = this.#lost;
    this.#lost = 0;
    const told = lost > 0 ? { lost } : {};
    const record = visible(
      JSON.stringify({ time: new Date().toISOString(), event, ...fields, ...told }),
    );
    this.#waiting.push({ record, lost });
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
      const lead = this.#torn ? "\n" : "";
      const bytes = encoder.encode(`${lead}${records.map(({ record }) => record).join("\n")}\n`);
      let written = 0;
      try {
        while (written < bytes.length) written += await this.file.write(bytes.subarray(written));
        this.#works();
      } catch (error) {
        // A record of which a part is there is lost too, and with it those that it told of.
        const there = bytes.subarray(lead.length, written).filter((byte) => byte === NEWLINE);
        for (const { lost } of records.slice(there.length)) this.#lost += 1 + lost;
        this.#fails(error);
      }
      if (written > 0) this.#torn = bytes[written - 1] !== NEWLINE;
      this.#size = this.#waiting.reduce((sum, { record }) => sum + record.length + 1, 0);
    }
  }

  #works(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.observer?.works();
  }

  #fails(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.observer?.failed(error);
  }
}

/** What JSON leaves as it is, but a terminal that shows a log obeys, or shows as nothing at all. */
const OBEYED = /[\x7f-\x9f\u2028\u2029\p{Default_Ignorable_Code_Point}]/gu;

/** The same JSON with these characters escaped: they can only be inside of its strings. */
function visible(json: string): string {
  return json.replace(OBEYED, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
    ).join(""));
}

import { TemporaryFolder } from "../../runtime/stores/temporary_folder.ts";

const SECOND = 1000;

/**
 * A wall clock of programs that can be set while they run, by libfaketime; their monotonic clock goes
 * on as ever, as on a machine whose time is corrected.
 */
export class ShiftedClock implements Disposable {
  readonly #folder = new TemporaryFolder();
  readonly #shift = this.#folder.file("shift");
  /** What a program has to be started with. */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(library: string) {
    this.set(0);
    this.environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#shift,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /**
   * A clock that goes right.
   *
   * @throws {Error} where libfaketime is not installed
   */
  static open(): ShiftedClock {
    for (const { name } of Deno.readDirSync("/usr/lib")) {
      const library = `/usr/lib/${name}/faketime/libfaketimeMT.so.1`;
      try {
        Deno.statSync(library);
        return new ShiftedClock(library);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound || isNoFolder(error))) throw error;
      }
    }
    throw new Error("libfaketime is not installed (Debian: faketime)");
  }

  /** Sets it to the right time and so many milliseconds, which may be negative. */
  set(shift: number): void {
    const sign = shift < 0 ? "-" : "+";
    // Moved into its place, so that nobody reads half of it.
    Deno.writeTextFileSync(`${this.#shift}.new`, `${sign}${Math.abs(shift) / SECOND}`);
    Deno.renameSync(`${this.#shift}.new`, this.#shift);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

function isNoFolder(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOTDIR";
}

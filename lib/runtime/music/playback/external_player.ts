import { SECOND } from "../../../base/units.ts";
import type { PlaybackFault } from "../../../media/music/playback_status.ts";
import { monotonicNow } from "../../clock.ts";
import { musicProgramsFlag, type PlayerProgramCommand } from "./player_programs.ts";

/** Time for the program to end by itself before it is made to. */
const GRACE = 0.5 * SECOND;
/** Bytes kept of what it says: its last words tell why it ended. */
const MOST_SAID = 2000;

/**
 * A song that another program decodes and plays, through a pipe. What it is doing is not known but
 * whether it runs: the position is the time since it was started. It is ended by its process id.
 */
export class ExternalPlayer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #ended: Promise<void>;
  #running = true;
  #disposed = false;
  /** Milliseconds that it ran before the last pause, and since when it runs. */
  #ran = 0;
  #since: number | null;

  private constructor(
    readonly program: string,
    child: Deno.ChildProcess,
    /** Told once, when it ended by itself; null where all is well. */
    readonly ended: (fault: PlaybackFault | null) => void,
    readonly now: () => number,
  ) {
    this.#child = child;
    this.#since = now();
    this.#writer = child.stdin.getWriter();
    // Told by the end of the program, which is waited for.
    this.#writer.closed.catch(() => {});
    this.#ended = this.#wait();
  }

  /**
   * Starts the first of the programs that there is, or tells why there is none.
   *
   * @param volume loudness as a factor; more than 1 is none of their business
   * @param detail what stands in the way of decoding it here
   */
  static start(
    programs: readonly PlayerProgramCommand[],
    volume: number,
    detail: string,
    ended: (fault: PlaybackFault | null) => void,
    now: () => number = monotonicNow,
  ): ExternalPlayer | PlaybackFault {
    const allowed = programs.filter(({ command }) => mayRun(command));
    const percent = Math.round(100 * Math.min(1, Math.max(0, volume)));
    for (const { command, args } of allowed) {
      try {
        const child = new Deno.Command(command, {
          args: args(percent),
          stdin: "piped",
          stdout: "null",
          stderr: "piped",
        }).spawn();
        return new ExternalPlayer(command, child, ended, now);
      } catch (error) {
        const isMissing = error instanceof Deno.errors.NotFound ||
          error instanceof Deno.errors.NotCapable;
        if (isMissing) continue;
        return { why: "player_failed", program: command, detail: (error as Error).message };
      }
    }
    return {
      why: "no_player",
      detail,
      programs: programs.map(({ command }) => command),
      flag: allowed.length === 0 ? musicProgramsFlag(programs) : null,
    };
  }

  /** Its process id. */
  get id(): number {
    return this.#child.pid;
  }

  /** Seconds that it ran. */
  get position(): number {
    return (this.#ran + (this.#since === null ? 0 : this.now() - this.#since)) / SECOND;
  }

  /** Hands over more of the file, and resolves when it was taken. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#writer.write(bytes.slice());
    } catch {
      // The pipe broke: the program has ended, and its end is told.
    }
  }

  /** There are no more bytes; it plays what it has and ends. */
  async end(): Promise<void> {
    try {
      await this.#writer.close();
    } catch {
      // As above.
    }
  }

  /** Holds it where it is. False where this system cannot. */
  pause(): boolean {
    if (this.#since === null) return true;
    if (!this.#signal("SIGSTOP")) return false;
    this.#ran += this.now() - this.#since;
    this.#since = null;
    return true;
  }

  /** Lets it go on. */
  resume(): void {
    if (this.#since !== null || !this.#signal("SIGCONT")) return;
    this.#since = this.now();
  }

  /** Ends it at once, and waits until it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#signal("SIGTERM");
    // One that is held would not hear of it.
    if (this.#since === null) this.#signal("SIGCONT");
    const timer = setTimeout(() => this.#signal("SIGKILL"), GRACE);
    await this.#ended;
    clearTimeout(timer);
    await this.#writer.abort().catch(() => {});
  }

  #signal(signal: Deno.Signal): boolean {
    if (!this.#running) return false;
    try {
      this.#child.kill(signal);
      return true;
    } catch (error) {
      // It ended just now, or Windows does not know the signal.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
      return false;
    }
  }

  async #wait(): Promise<void> {
    const said = lastWords(this.#child.stderr);
    const { code } = await this.#child.status;
    this.#running = false;
    const detail = await said;
    if (this.#disposed) return;
    const failed = { why: "player_failed", program: this.program } as const;
    this.ended(code === 0 ? null : { ...failed, detail: detail || `exit code ${code}` });
  }
}

/** Whether it may be started; asking does not put a question to the person. */
function mayRun(command: string): boolean {
  return Deno.permissions.querySync({ name: "run", command }).state === "granted";
}

/** The last line that a program writes before its end. */
async function lastWords(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let said = "";
  try {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said = (said + text).slice(-MOST_SAID);
    }
  } catch {
    // A pipe that breaks is a program that ended.
  }
  // deno-lint-ignore no-control-regex -- what would colour or clear a terminal
  const clean = said.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
  return clean.split(/[\r\n]/).map((line) => line.trim()).findLast((line) => line !== "") ?? "";
}

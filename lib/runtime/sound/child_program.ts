import { SECOND } from "../../base/units.ts";
import { DeviceError } from "./device.ts";
import { SOUND_PROGRAMS } from "./sound_programs.ts";

/** Time for a child to end by itself before it is made to. */
const GRACE = 0.5 * SECOND;
/** Characters kept of one line of what a child says. */
const MOST_LINE = 1000;

/** How a child ended. */
export interface ChildEnd {
  readonly code: number;
  /** The last line that it said, or its exit code. */
  readonly detail: string;
}

/** Takes a line, and tells whether it was one of those that come while all is well. */
export type LineReader = (line: string) => boolean;

/** What a child program is given. */
export interface ChildProgramOptions {
  readonly stdin: "piped" | "null";
  readonly stdout: "piped" | "null";
  /**
   * Told each line of its standard error. What it returns true for is no reason for an end, and is
   * never taken for one.
   */
  readonly line?: LineReader;
}

/** What the program must be started with so that it may start others for sound. */
export const RUN_FLAG = `--allow-run=${SOUND_PROGRAMS.join(",")}`;

/**
 * Whether `command` may be started. One that is missing from the flag, or is not there when the flag
 * names it, counts as not allowed; asking does not put a question to the person.
 */
function mayRun(command: string): boolean {
  return Deno.permissions.querySync({ name: "run", command }).state === "granted";
}

/** Whether any of the programs may be started: if so, those that may not are not there. */
function mayRunAny(): boolean {
  return SOUND_PROGRAMS.some(mayRun);
}

/**
 * A program of the system that was started, with pipes to and from it. It is ended by its process
 * id; when this process is killed its pipes close, and it ends by that.
 */
export class ChildProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  /** Resolves when it has ended and all that it said was read. Never rejects. */
  readonly ended: Promise<ChildEnd>;
  #running = true;

  private constructor(child: Deno.ChildProcess, line: LineReader) {
    this.#child = child;
    this.ended = this.#wait(line);
  }

  /**
   * Starts a program; null where there is none of this name. It speaks English, whatever the
   * person's language, because its words are read.
   *
   * @throws {DeviceError} it may not be started, or the system refused to
   */
  static start(
    command: string,
    args: readonly string[],
    { line = () => false, ...pipes }: ChildProgramOptions,
  ): ChildProgram | null {
    if (!mayRun(command)) {
      if (mayRunAny()) return null;
      throw new DeviceError({ why: "permission", flag: RUN_FLAG });
    }
    try {
      const child = new Deno.Command(command, {
        args: [...args],
        env: { LC_ALL: "C" },
        stderr: "piped",
        ...pipes,
      }).spawn();
      return new ChildProgram(child, line);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      if (error instanceof Deno.errors.NotCapable) {
        throw new DeviceError({ why: "permission", flag: RUN_FLAG });
      }
      throw new DeviceError({ why: "failed", wanted: command, detail: (error as Error).message });
    }
  }

  /** Its process id. */
  get id(): number {
    return this.#child.pid;
  }

  /** What it writes, where that was asked for. */
  get stdout(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#child.stdout;
  }

  /** What it reads, where that was asked for. */
  get stdin(): WritableStream<Uint8Array<ArrayBuffer>> {
    return this.#child.stdin;
  }

  /** Ends it, if it has not ended, and waits until it has. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill("SIGTERM");
    const timer = setTimeout(() => this.#kill("SIGKILL"), GRACE);
    await this.ended;
    clearTimeout(timer);
  }

  #kill(signal: Deno.Signal): void {
    if (!this.#running) return;
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It ended just now: whoever waits for it is told.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async #wait(line: LineReader): Promise<ChildEnd> {
    let last = "";
    const deaf = new AbortController();
    const said = readLines(this.#child.stderr, deaf.signal, (text) => {
      if (!line(text)) last = text;
    });
    const { code } = await this.#child.status;
    this.#running = false;
    // A program that it started and left behind can hold the pipe open.
    const timer = setTimeout(() => deaf.abort(), GRACE);
    await said;
    clearTimeout(timer);
    return { code, detail: last === "" ? `exit code ${code}` : last };
  }
}

/**
 * Reads lines, which end by a line feed or a carriage return, until the stream ends. Control
 * sequences and blanks around them are left out, and so are lines of nothing else.
 */
async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  line: (line: string) => void,
): Promise<void> {
  let rest = "";
  const tell = (text: string) => {
    // deno-lint-ignore no-control-regex -- what clears a line on a terminal
    const clean = text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").trim();
    if (clean !== "") line(clean);
  };
  try {
    for await (const text of stream.pipeThrough(new TextDecoderStream(), { signal })) {
      const lines = (rest + text).split(/[\r\n]/);
      rest = lines.pop()!.slice(0, MOST_LINE);
      lines.forEach(tell);
    }
  } catch {
    // A pipe that breaks is a child that ended.
  }
  tell(rest);
}

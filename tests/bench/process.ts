import { TextLineStream } from "./text_lines.ts";

/** Time that a process gets to end by itself before it is ended by force, in milliseconds. */
const GRACE = 3000;
/** Time that a process gets to say where it listens, in milliseconds. */
const START = 20_000;

/** Every process that was started and has not ended. */
const running = new Set<Program>();

/** Ends every process that is still there, each by its id. */
export async function endAllPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program[Symbol.asyncDispose]()));
}

/** A process that the bench started. */
export class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: Promise<string>;

  /**
   * @param argv the program and its arguments
   * @param cwd the folder that it runs in
   * @param env variables that it has besides those of this process
   */
  constructor(readonly argv: readonly string[], cwd?: string, env?: Record<string, string>) {
    const [program, ...args] = argv;
    this.#child = new Deno.Command(program!, {
      args,
      cwd,
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    running.add(this);
    this.#lines = this.#child.stdout
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream())[Symbol.asyncIterator]();
    this.#errors = lastOf(this.#child.stderr);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /**
   * The next line of its standard output.
   *
   * @throws {Error} where it ended instead, with what it said
   */
  async nextLine(): Promise<string> {
    const { done, value } = await this.#lines.next();
    if (!done) return value;
    const { code } = await this.#child.status;
    throw new Error(`${this.argv.join(" ")} ended with ${code}: ${await this.#errors}`);
  }

  /**
   * The first `count` ports of 127.0.0.1 that it says it listens on; what it prints after that is
   * read and dropped, so that it never waits for its reader.
   *
   * @throws {Error} where it ends or says nothing in time
   */
  async ports(count: number): Promise<number[]> {
    const late = setTimeout(() => this.#kill("SIGKILL"), START);
    try {
      const ports: number[] = [];
      while (ports.length < count) ports.push(...portsIn(await this.nextLine()));
      this.#drain();
      return ports.slice(0, count);
    } finally {
      clearTimeout(late);
    }
  }

  /**
   * Resolves when it has ended by itself.
   *
   * @throws {Error} where it did not end with 0, with what it said
   */
  async endedWell(): Promise<void> {
    const drained = this.#drain();
    const { code } = await this.#child.status;
    if (code === 0) return await drained;
    throw new Error(`${this.argv.join(" ")} ended with ${code}: ${await this.#errors}`);
  }

  /** Ends it: first by closing its input and asking, then by force. */
  async [Symbol.asyncDispose](): Promise<void> {
    running.delete(this);
    await this.#child.stdin.close().catch(() => {});
    this.#kill("SIGTERM");
    const force = setTimeout(() => this.#kill("SIGKILL"), GRACE);
    await this.#child.status;
    clearTimeout(force);
  }

  async #drain(): Promise<void> {
    while (!(await this.#lines.next()).done);
  }

  #kill(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/** The ports of 127.0.0.1 that a line names. */
export function portsIn(line: string): number[] {
  return [...line.matchAll(/127\.0\.0\.1:(\d+)/g)].map((match) => Number(match[1]));
}

/** The end of what a stream said: enough for an error message. */
async function lastOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text = (text + part).slice(-2000);
  }
  return text.trim();
}

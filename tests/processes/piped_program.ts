import { inTime, OutputWatch } from "./output_watch.ts";

const encoder = new TextEncoder();

/** How a program ended. */
export interface Ended {
  /** Exit code; 128 + n after signal n. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** A program driven through pipes. It is ended by its id when it is disposed. */
export class PipedProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: OutputWatch;
  readonly #errors: OutputWatch;
  readonly #read: Promise<unknown>;
  #inputEnded = false;
  #exited = false;

  /**
   * @param name for the messages of errors
   * @param environment variables besides those of the test
   */
  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#child = new Deno.Command(command, {
      args: [...args],
      env: environment,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#output = new OutputWatch(name);
    this.#errors = new OutputWatch(`${name}, standard error`);
    this.#read = Promise.all([
      collect(this.#child.stdout, this.#output),
      collect(this.#child.stderr, this.#errors),
    ]);
    this.#child.status.then(() => this.#exited = true);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Standard output so far. */
  get output(): string {
    return this.#output.text;
  }

  /** Standard error so far. */
  get errors(): string {
    return this.#errors.text;
  }

  /** Enters one line. */
  say(line: string): Promise<void> {
    return this.#input.write(encoder.encode(line + "\n"));
  }

  /** Ends standard input. */
  async endInput(): Promise<void> {
    this.#inputEnded = true;
    await this.#input.close();
  }

  /** Resolves when `wanted` is in the output behind what was last waited for. */
  waitFor(wanted: string | RegExp): Promise<RegExpExecArray> {
    return this.#output.next(wanted);
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Resolves when the program has ended and all of its output is here. */
  async ended(): Promise<Ended> {
    const status = await inTime(this.#child.status, `${this.name} does not end\n${this.output}`);
    await this.#read;
    return { code: status.code, output: this.output, errors: this.errors };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#exited) {
      try {
        this.#child.kill("SIGKILL");
      } catch {
        // It ended in this very moment.
      }
    }
    await this.#child.status;
    await this.#read;
    // A program that ended before its input did leaves a broken pipe.
    if (!this.#inputEnded) await this.#input.close().catch(() => {});
  }
}

async function collect(stream: ReadableStream<Uint8Array>, into: OutputWatch): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) into.add(text);
  into.end();
}

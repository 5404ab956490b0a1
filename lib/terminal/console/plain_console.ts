import { stripVTControlCharacters } from "node:util";
import { LIMITS } from "../../base/limits.ts";
import {
  type Completion,
  type Console,
  type ConsoleSentences,
  INPUT_LINE_CHARACTERS,
  PLAIN_COLUMNS,
  type Question,
} from "./console.ts";
import { LineOutput } from "./line_output.ts";
import { PlainLines } from "./plain_lines.ts";

/** Where plain lines come from and go to. */
export interface PlainStreams {
  readonly input: ReadableStream<Uint8Array>;
  /** Resolves when all of it is written; rejects when nobody reads any more. */
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * The console through pipes and files: one line in, one line out, no codes. It is how scripts and
 * tests drive the program. Input is read only as fast as it is taken.
 */
export class PlainConsole implements Console {
  readonly interactive = false;
  readonly columns = PLAIN_COLUMNS;
  readonly #output: LineOutput;
  readonly #input: PlainLines;
  #disposed: Promise<void> | null = null;

  constructor(readonly streams: PlainStreams, readonly sentences: ConsoleSentences) {
    this.#output = new LineOutput(streams.write, sentences.linesNotShown);
    this.#input = new PlainLines(
      streams.input,
      () => this.print(sentences.inputCut(INPUT_LINE_CHARACTERS)),
    );
  }

  async *lines(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      const line = await this.#input.next();
      if (line === null) return;
      yield line;
    }
  }

  print(text: string): void {
    this.#output.print(stripVTControlCharacters(text));
  }

  printToCopy(line: string): void {
    this.print(line);
  }

  setPrompt(_text: string): void {}

  setStatus(_text: string | null): void {}

  setCompleter(_complete: (line: string) => Completion): void {}

  async ask({ text, initial, check }: Question): Promise<string | null> {
    for (;;) {
      this.print(text);
      const line = await this.#input.next();
      if (line === null) return null;
      const value = line === "" && initial !== undefined ? initial : line;
      const fault = check(value);
      if (fault === null) return value;
      this.print(fault);
    }
  }

  bell(): void {}

  drained(): Promise<void> {
    return this.#output.drained();
  }

  /** Writes what waits, as far as it is read in time, and reads no more. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#disposed ??= this.#dispose();
  }

  async #dispose(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, LIMITS.linger));
    await Promise.race([this.#output.drained(), late]);
    clearTimeout(timer);
    this.#output.close();
    await this.#input.close();
  }
}

import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { completeLine } from "./complete_line.ts";
import {
  type Completion,
  type Console,
  type ConsoleSentences,
  INPUT_LINE_CHARACTERS,
  type Question,
} from "./console.ts";
import { EditBuffer } from "./edit_buffer.ts";
import { History } from "./history.ts";
import { type Action, ACTIONS, EDITS, type Key, keyId } from "./keymap.ts";
import { LineQueue } from "./line_queue.ts";
import { PasteSplitter } from "./paste_splitter.ts";
import type { PromptView } from "./prompt_block.ts";
import { Screen } from "./screen.ts";
import type { TerminalDevice } from "./terminal_device.ts";

/** Entered lines that wait for the program before the keyboard is no longer read. */
const LINES_AHEAD = 256;
// deno-lint-ignore no-control-regex
const CURSOR_REPORT = /\x1b\[\d+;(\d+)R/;
/** A tab would move the cursor by as much as its column says; blanks stay what they are. */
const TAB_AS_BLANKS = "    ";

interface OpenQuestion {
  readonly question: Question;
  readonly field: EditBuffer;
  readonly answer: (value: string | null) => void;
  /** What is wrong with the value, once the person has begun. */
  fault: string | null;
}

/**
 * The console at a terminal. Keys are decoded by `node:readline`; its own editor is not used, as
 * it knows neither pasted text nor characters of several code points.
 */
export class LineEditor implements Console {
  readonly interactive = true;
  readonly #screen: Screen;
  readonly #entered: LineQueue;
  readonly #line = new EditBuffer(INPUT_LINE_CHARACTERS);
  readonly #history = new History();
  readonly #paste = new PasteSplitter();
  readonly #decoder = new TextDecoder();
  readonly #keys = new PassThrough();
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #watch: Disposable;
  readonly #actions: Readonly<Record<Action, () => void>> = {
    enter: () => this.#enter(),
    complete: () => this.#completeLine(),
    interrupt: () => this.#interrupt(),
    end_or_delete: () => this.#endOrDelete(),
    older: () => this.#recall(this.#history.older(this.#line.text)),
    newer: () => this.#recall(this.#history.newer()),
    clear_screen: () => this.#screen.clear(),
  };
  #prompt = "";
  #status: string | null = null;
  #complete: (line: string) => Completion = () => ({ candidates: [], replaced: "" });
  #open: OpenQuestion | null = null;
  /** Ctrl-C on an empty line was the last key. */
  #interrupted = false;
  #readOn: () => void = () => {};
  #disposed: Promise<void> | null = null;

  constructor(
    terminal: TerminalDevice,
    readonly painter: Painter,
    readonly sentences: ConsoleSentences,
  ) {
    this.#screen = new Screen(
      terminal,
      () => this.#view(),
      sentences.linesNotShown,
      () => this.#end(),
    );
    this.#entered = new LineQueue(() => this.#readOn());
    emitKeypressEvents(this.#keys);
    this.#keys.on("keypress", (text: string | undefined, key: Key) => this.#press(text, key));
    this.#reader = terminal.input.getReader();
    this.#watch = terminal.watch(() => this.#screen.resized(), () => this.#end());
    terminal.enter();
    this.#read();
    this.#screen.changed();
  }

  get columns(): number {
    return this.#screen.terminal.columns;
  }

  lines(): AsyncIterable<string> {
    return this.#entered;
  }

  print(line: string): void {
    this.#screen.print(line);
  }

  printToCopy(line: string): void {
    this.#screen.printUnbroken(line);
  }

  setPrompt(text: string): void {
    this.#prompt = text;
    this.#screen.changed();
  }

  setStatus(text: string | null): void {
    if (text === this.#status) return;
    this.#status = text;
    this.#screen.changed();
  }

  setCompleter(complete: (line: string) => Completion): void {
    this.#complete = complete;
  }

  ask(question: Question): Promise<string | null> {
    if (this.#open !== null) throw new TypeError("a question is open already");
    if (this.#entered.ended) return Promise.resolve(null);
    return new Promise((answer) => {
      const field = new EditBuffer(INPUT_LINE_CHARACTERS, question.initial);
      this.#open = { question, field, answer, fault: null };
      this.#screen.changed();
    });
  }

  bell(): void {
    this.#screen.bell();
  }

  drained(): Promise<void> {
    return this.#screen.drained();
  }

  /** Shows what waits, takes the prompt away and gives the terminal back. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#disposed ??= this.#dispose();
  }

  async #dispose(): Promise<void> {
    this.#end();
    await this.#screen.close();
    this.#watch[Symbol.dispose]();
    this.#screen.terminal.leave();
    this.#keys.destroy();
    // A terminal that is gone cannot be cancelled either.
    await this.#reader.cancel().catch(() => {});
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.#reader.read();
        if (done) break;
        for (const part of this.#paste.push(this.#decoder.decode(value, { stream: true }))) {
          if (part.kind === "keys") this.#keys.write(this.#withoutReport(part.text));
          else this.#pasted(part.text);
        }
        while (this.#entered.length >= LINES_AHEAD && !this.#entered.ended) {
          await new Promise<void>((resolve) => this.#readOn = resolve);
        }
      }
    } catch {
      // A terminal that went away fails (EIO) instead of ending: it is the end of input all the same.
    }
    this.#end();
  }

  /** Takes out where the cursor is, which the terminal was asked and which is no key. */
  #withoutReport(keys: string): string {
    const report = this.#screen.isAskingForCursor ? CURSOR_REPORT.exec(keys) : null;
    if (report === null) return keys;
    this.#screen.cursorReported(Number(report[1]) - 1);
    return keys.replace(report[0], "");
  }

  #end(): void {
    if (this.#entered.ended) return;
    this.#entered.end();
    this.#readOn();
    this.#answer(null);
  }

  #view(): PromptView | null {
    if (this.#entered.ended) return null;
    const { before, after } = this.#field;
    const status = this.#status;
    if (this.#open === null) return { status, prompt: this.#prompt, before, after, below: [] };
    const { question, fault } = this.#open;
    return {
      status,
      prompt: this.painter.bold(question.text) + " ",
      before,
      after,
      below: fault === null ? [] : [this.painter.warn(fault)],
    };
  }

  get #field(): EditBuffer {
    return this.#open?.field ?? this.#line;
  }

  #press(text: string | undefined, key: Key): void {
    if (this.#entered.ended) return;
    const id = keyId(key);
    const action = ACTIONS[id];
    if (action !== "interrupt") this.#interrupted = false;
    const edit = EDITS[id];
    if (action !== undefined) {
      this.#actions[action]();
    } else if (edit !== undefined) {
      edit(this.#field);
      this.#edited();
    } else if (text !== undefined && !key.ctrl && !key.meta && !/\p{Cc}/u.test(text)) {
      this.#insert(text);
    }
  }

  #pasted(text: string): void {
    if (this.#entered.ended) return;
    this.#interrupted = false;
    const [first = "", ...more] = text.replaceAll("\t", TAB_AS_BLANKS).split(/\r\n|\r|\n/);
    this.#insert(first.replace(/\p{Cc}/gu, ""));
    // A question takes one value: the rest of what was pasted answers nothing.
    if (this.#open !== null) return;
    for (const line of more) {
      this.#enter();
      this.#insert(line.replace(/\p{Cc}/gu, ""));
    }
  }

  #insert(text: string): void {
    if (!this.#field.insert(text)) {
      this.#screen.bell();
      this.#screen.print(this.sentences.inputCut(INPUT_LINE_CHARACTERS));
    }
    this.#edited();
  }

  #edited(): void {
    if (this.#open !== null) {
      const { question, field } = this.#open;
      // Nobody has to be told that they have not typed anything yet.
      this.#open.fault = field.isEmpty ? null : question.check(field.text);
    }
    this.#screen.changed();
  }

  #enter(): void {
    const text = this.#field.text;
    if (this.#open !== null) {
      const fault = this.#open.question.check(text);
      this.#open.fault = fault;
      if (fault === null) this.#answer(text);
      else this.#screen.bell();
      return;
    }
    this.#screen.print(this.#prompt + printable(text));
    this.#history.add(text);
    this.#line.set("");
    this.#entered.push(text);
  }

  /** Closes the question, if one is open, and leaves it and its answer on the screen. */
  #answer(value: string | null): void {
    this.#screen.changed();
    if (this.#open === null) return;
    const { question, field, answer } = this.#open;
    this.#open = null;
    this.#screen.print(`${this.painter.bold(question.text)} ${printable(field.text)}`);
    answer(value);
  }

  #interrupt(): void {
    if (this.#open !== null) return this.#answer(null);
    if (!this.#line.isEmpty) {
      this.#line.set("");
      return this.#edited();
    }
    if (this.#interrupted) return this.#end();
    this.#interrupted = true;
    this.#screen.print(this.sentences.howToLeave());
  }

  #endOrDelete(): void {
    if (!this.#field.isEmpty) {
      this.#field.delete(1);
      this.#edited();
    } else if (this.#open !== null) {
      this.#answer(null);
    } else {
      this.#end();
    }
  }

  #recall(line: string | null): void {
    if (this.#open !== null || line === null) return;
    this.#line.set(line);
    this.#edited();
  }

  #completeLine(): void {
    if (this.#open !== null) return;
    const before = this.#line.before.join("");
    const { typed, listing } = completeLine(before, this.#complete(before), this.columns);
    if (typed === before && listing.length === 0) return this.#screen.bell();
    for (const line of listing) this.#screen.print(line);
    this.#line.deleteToStart();
    this.#line.insert(typed);
    this.#edited();
  }
}

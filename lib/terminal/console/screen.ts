import { LIMITS } from "../../base/limits.ts";
import { KIB } from "../../base/units.ts";
import { wrapLine } from "../text/wrap.ts";
import { OutputQueue } from "./output_queue.ts";
import { PromptBlock, type PromptView } from "./prompt_block.ts";
import type { TerminalDevice } from "./terminal_device.ts";

/** Bytes of printed lines between two drawings of the prompt: some 200 rows of a usual screen. */
const BATCH_BYTES = 16 * KIB;
/** Time for a terminal to say where its cursor is, in milliseconds; nearly all do within one. */
const CURSOR_REPORT_WAIT = 200;
const ASK_FOR_CURSOR = "\x1b[6n";
const CLEAR = "\x1b[H\x1b[2J";
const BELL = "\x07";
const LINE_END = "\r\n";

/**
 * Printed lines above, broken at blanks, the prompt below. Whatever changes within one turn of the event loop, and
 * while the terminal still takes what it was sent before, becomes one write.
 */
export class Screen {
  readonly #block = new PromptBlock();
  readonly #output: OutputQueue;
  /** Waiting lines that are not to be broken here. */
  readonly #unbroken = new Set<string>();
  #bell = false;
  #clear = false;
  #stale = false;
  #scheduled = false;
  #writing = false;
  #closed = false;
  /** Waiting for the terminal to say where its cursor is. */
  #askedCursor: ReturnType<typeof setTimeout> | null = null;
  #cursorColumn: number | null = null;
  #settled: (() => void)[] = [];

  /**
   * @param view what the prompt looks like now, or null for none
   * @param gone called when the terminal takes nothing any more
   */
  constructor(
    readonly terminal: TerminalDevice,
    readonly view: () => PromptView | null,
    linesNotShown: (count: number) => string,
    readonly gone: () => void,
  ) {
    this.#output = new OutputQueue(linesNotShown);
  }

  /** Whether the terminal was asked where its cursor is and has not answered yet. */
  get isAskingForCursor(): boolean {
    return this.#askedCursor !== null;
  }

  /** Shows lines above the prompt. */
  print(text: string): void {
    for (const line of text.split(/\r?\n/)) this.#output.push(line);
    this.changed();
  }

  /** The prompt looks different now. */
  changed(): void {
    this.#stale = true;
    if (this.#scheduled || this.#writing || this.#closed || this.#askedCursor !== null) return;
    this.#scheduled = true;
    setTimeout(() => this.#write(), 0);
  }

  bell(): void {
    this.#bell = true;
    this.changed();
  }

  /** An empty screen but for the prompt. */
  clear(): void {
    this.#clear = true;
    this.changed();
  }

  /** The terminal has another size. */
  resized(): void {
    if (this.#block.isCursorUnsure(this.terminal.columns) && this.#askedCursor === null) {
      this.#askedCursor = setTimeout(() => this.cursorReported(null), CURSOR_REPORT_WAIT);
      this.terminal.write(encoder.encode(ASK_FOR_CURSOR)).catch(() => this.#lost());
    }
    this.changed();
  }

  /** The terminal said in which column its cursor is, from 0, or did not say in time. */
  cursorReported(column: number | null): void {
    if (this.#askedCursor === null) return;
    clearTimeout(this.#askedCursor);
    this.#askedCursor = null;
    this.#cursorColumn = column;
    this.changed();
  }

  /** Prints a line that is left to the terminal to break. */
  printUnbroken(line: string): void {
    this.#unbroken.add(line);
    this.print(line);
  }

  /** Resolves when what was printed so far has left or was dropped. */
  drained(): Promise<void> {
    return this.#output.drained();
  }

  /** Shows what is still to be shown, as far as the terminal takes it in time, and then no more. */
  async close(): Promise<void> {
    this.changed();
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#settled.push(resolve);
      // A terminal that does not read must not keep the program from ending.
      timer = setTimeout(resolve, LIMITS.linger);
    });
    clearTimeout(timer);
    this.#lost();
  }

  async #write(): Promise<void> {
    this.#scheduled = false;
    if (this.#closed) return;
    this.#writing = true;
    this.#stale = false;
    try {
      await this.terminal.write(this.#batch());
      this.#output.release();
    } catch {
      this.#lost();
      this.gone();
    }
    this.#writing = false;
    if (this.#stale || !this.#output.isEmpty) {
      this.changed();
    } else {
      for (const resolve of this.#settled.splice(0)) resolve();
    }
  }

  /** One write: the prompt away, lines, the prompt again; or only the status, in its place. */
  #batch(): Uint8Array {
    const { columns, rows } = this.terminal;
    const lines = this.#output.take(BATCH_BYTES);
    const view = this.view();
    const inPlace = view === null || lines.length > 0 || this.#clear || this.#cursorColumn !== null
      ? null
      : this.#block.redrawStatus(view, { columns, rows });
    if (inPlace !== null) {
      const bell = this.#bell ? BELL : "";
      this.#bell = false;
      return encoder.encode(bell + inPlace);
    }
    const erase = this.#block.erase(columns, this.#cursorColumn);
    const text = (this.#bell ? BELL : "") + (this.#clear ? CLEAR : erase) +
      lines.flatMap((line) => this.#unbroken.delete(line) ? [line] : wrapLine(line, columns))
        .map((row) => row + LINE_END).join("") +
      (view === null ? "" : this.#block.draw(view, { columns, rows }));
    this.#bell = this.#clear = false;
    this.#cursorColumn = null;
    return encoder.encode(text);
  }

  #lost(): void {
    this.#closed = true;
    this.#output.close();
    if (this.#askedCursor !== null) clearTimeout(this.#askedCursor);
    for (const resolve of this.#settled.splice(0)) resolve();
  }
}

const encoder = new TextEncoder();

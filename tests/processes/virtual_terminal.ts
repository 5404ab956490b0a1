import { strict as assert } from "node:assert";
import { type IPty, spawn } from "@lydell/node-pty";
import unicode11 from "@xterm/addon-unicode11";
import xterm from "@xterm/headless";

/** What to start in a {@link VirtualTerminal}. */
export interface VirtualTerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Keys by name, as a VT100 sends them. */
export const KEYS = {
  "enter": "\r",
  "tab": "\t",
  "backspace": "\x7f",
  "escape": "\x1b",
  "up": "\x1b[A",
  "down": "\x1b[B",
  "right": "\x1b[C",
  "left": "\x1b[D",
  "home": "\x1b[H",
  "end": "\x1b[F",
  "delete": "\x1b[3~",
  "ctrl-a": "\x01",
  "ctrl-c": "\x03",
  "ctrl-d": "\x04",
  "ctrl-e": "\x05",
  "ctrl-k": "\x0b",
  "ctrl-l": "\x0c",
  "ctrl-u": "\x15",
  "ctrl-w": "\x17",
} as const;

/** How long {@link VirtualTerminal.waitFor} waits by default, in milliseconds. */
const PATIENCE = 20_000;
/** Characters of raw output that are kept. */
const RAW_KEPT = 16 * 1024 * 1024;

/**
 * A program under a real pseudo-terminal, and the screen that a person would see. Ends the program
 * by its id when it is disposed.
 */
export class VirtualTerminal implements AsyncDisposable {
  readonly #pty: IPty;
  readonly #screen: xterm.Terminal;
  readonly #exit = Promise.withResolvers<number>();
  #raw = "";
  #exited = false;
  #changed = Promise.withResolvers<void>();

  private constructor(options: VirtualTerminalOptions) {
    const { command, args = [], columns = 80, rows = 24, cwd = Deno.cwd(), env = {} } = options;
    this.#screen = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 20_000,
      allowProposedApi: true,
    });
    this.#screen.loadAddon(new unicode11.Unicode11Addon());
    this.#screen.unicode.activeVersion = "11";
    this.#pty = spawn(command, [...args], {
      cols: columns,
      rows,
      cwd,
      name: "xterm-256color",
      // Whoever runs the tests without colours still wants to know that the programs have them.
      env: { ...Deno.env.toObject(), NO_COLOR: "", ...env },
    });
    // What the terminal itself answers, such as where its cursor is.
    this.#screen.onData((answer) => this.#write(answer));
    this.#pty.onData((data) => {
      this.#raw = (this.#raw + data).slice(-RAW_KEPT);
      this.#screen.write(data, () => this.#change());
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exited = true;
      this.#exit.resolve(signal ? 128 + signal : exitCode);
      this.#change();
    });
  }

  /** Starts the program. Resolves as soon as it has a process id. */
  static start(options: VirtualTerminalOptions): Promise<VirtualTerminal> {
    return Promise.resolve(new VirtualTerminal(options));
  }

  /** Process id of the program. */
  get pid(): number {
    return this.#pty.pid;
  }

  /** All that the program wrote, codes included. */
  get raw(): string {
    return this.#raw;
  }

  /** Resolves with the exit code; 128 + n after signal n. */
  get exit(): Promise<number> {
    return this.#exit.promise;
  }

  /** Sends text as if it was typed. */
  type(text: string): void {
    this.#write(text);
  }

  /** Presses one key. */
  press(key: keyof typeof KEYS): void {
    this.#write(KEYS[key]);
  }

  /** Sends text as a terminal in bracketed paste mode does. */
  paste(text: string): void {
    this.#write(`\x1b[200~${text.replaceAll("\n", "\r")}\x1b[201~`);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    if (!this.#exited) this.#pty.resize(columns, rows);
  }

  /** The visible rows, without blanks at their ends. */
  screen(): string[] {
    return this.#rows(this.#screen.buffer.active.baseY);
  }

  /** All rows that are still there, those scrolled out included; joined where a row was wrapped. */
  lines(): string[] {
    return this.#rows(0, true);
  }

  /** {@link lines} as one text. */
  get text(): string {
    return this.lines().join("\n");
  }

  /** Where the cursor is on the visible screen, from 0. */
  cursor(): { column: number; row: number } {
    const { cursorX, cursorY } = this.#screen.buffer.active;
    return { column: cursorX, row: cursorY };
  }

  /**
   * Resolves when the screen, scrolled rows included, shows `wanted`.
   *
   * @throws {assert.AssertionError} with the screen in it, when that takes too long or the program
   * ended before
   */
  async waitFor(
    wanted: string | RegExp | ((terminal: VirtualTerminal) => boolean),
    { timeout = PATIENCE }: { timeout?: number } = {},
  ): Promise<void> {
    const isThere = () => {
      if (typeof wanted === "function") return wanted(this);
      return typeof wanted === "string" ? this.text.includes(wanted) : wanted.test(this.text);
    };
    const until = performance.now() + timeout;
    while (!isThere()) {
      const left = until - performance.now();
      // The last output may come after the exit is known.
      const quiet = this.#exited && await this.#quiet();
      if ((left <= 0 || quiet) && !isThere()) {
        assert.fail(
          `waited for ${wanted}${this.#exited ? ", the program ended" : ""}\n${
            this.lines().slice(-100).join("\n")
          }`,
        );
      }
      if (this.#exited) continue;
      let timer;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, left));
      await Promise.race([this.#changed.promise, late]);
      clearTimeout(timer);
    }
  }

  /** Ends the program if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#exited) {
      try {
        this.#pty.kill("SIGKILL");
      } catch {
        // It ended in this very moment.
      }
    }
    await this.exit;
    this.#screen.dispose();
  }

  #rows(from: number, join = false): string[] {
    const { active } = this.#screen.buffer;
    const rows: string[] = [];
    for (let y = from; y < active.baseY + this.#screen.rows; y++) {
      const row = active.getLine(y)!;
      const continued = join && active.getLine(y + 1)?.isWrapped === true;
      const cells = row.translateToString();
      const text = continued ? cells : cells.trimEnd();
      if (join && row.isWrapped && rows.length > 0) rows.push(rows.pop() + text);
      else rows.push(text);
    }
    return rows;
  }

  #write(text: string): void {
    if (!this.#exited) this.#pty.write(text);
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Whether no output comes for a moment. */
  async #quiet(): Promise<boolean> {
    const before = this.#raw.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise<void>((resolve) => this.#screen.write("", resolve));
    return this.#raw.length === before;
  }
}

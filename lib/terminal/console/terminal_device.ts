/** What the line editor needs of a terminal; the tests put an emulated one in its place. */
export interface TerminalDevice {
  readonly columns: number;
  readonly rows: number;
  /** What the keyboard sends. */
  readonly input: ReadableStream<Uint8Array>;
  /** Resolves when the terminal has taken all of it; rejects when it is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Keys arrive one by one, without echo, from now on. */
  enter(): void;
  /** Gives the terminal back as it was. Must work at once and at any moment of the exit. */
  leave(): void;
  /** Calls `changed` on each new size and `gone` when the terminal or the system ends us. */
  watch(changed: () => void, gone: () => void): Disposable;
}

/** Standard input and output, both of them a terminal. */
export class SystemTerminal implements TerminalDevice {
  readonly input = Deno.stdin.readable;
  #entered = false;

  get columns(): number {
    return terminalSize().columns;
  }

  get rows(): number {
    return terminalSize().rows;
  }

  write(bytes: Uint8Array): Promise<void> {
    return writeAll(bytes);
  }

  enter(): void {
    this.#entered = true;
    Deno.stdin.setRaw(true);
    writeNow(BRACKETED_PASTE_ON);
  }

  /** @param last written before */
  leave(last = ""): void {
    if (!this.#entered) return;
    this.#entered = false;
    try {
      Deno.stdin.setRaw(false);
      writeNow(last + BRACKETED_PASTE_OFF + CURSOR_ON);
    } catch {
      // The terminal went away before us: nothing is left to give back.
    }
  }

  watch(changed: () => void, gone: () => void): Disposable {
    const end = () => {
      this.leave();
      gone();
    };
    // The prompt is still there: what is written next must not go on behind it.
    const restore = () => this.leave("\r\n");
    const listened = signals(changed, end).filter(([signal, listener]) => {
      try {
        Deno.addSignalListener(signal, listener);
        return true;
      } catch {
        return false; // A signal that this system does not have.
      }
    });
    for (const event of EXIT_EVENTS) globalThis.addEventListener(event, restore);
    return {
      [Symbol.dispose]() {
        for (const [signal, listener] of listened) Deno.removeSignalListener(signal, listener);
        for (const event of EXIT_EVENTS) globalThis.removeEventListener(event, restore);
      },
    };
  }
}

/** Writes all of `bytes` to standard output without holding up the program meanwhile. */
export async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

const BRACKETED_PASTE_ON = "\x1b[?2004h";
const BRACKETED_PASTE_OFF = "\x1b[?2004l";
const CURSOR_ON = "\x1b[?25h";
/** `Deno.exit` raises only the first, an error that nobody caught only the others. */
const EXIT_EVENTS = ["unload", "error", "unhandledrejection"] as const;
const SMALLEST = { columns: 2, rows: 2 };
const USUAL = { columns: 80, rows: 24 };

function signals(changed: () => void, end: () => void): [Deno.Signal, () => void][] {
  return [["SIGWINCH", changed], ["SIGTERM", end], ["SIGHUP", end], ["SIGINT", end]];
}

/** The size of the terminal; 80 by 24 where it does not tell or there is none. */
export function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    // Some serial lines and containers say 0 × 0.
    if (columns === 0 || rows === 0) return USUAL;
    return {
      columns: Math.max(SMALLEST.columns, columns),
      rows: Math.max(SMALLEST.rows, rows),
    };
  } catch {
    return USUAL;
  }
}

function writeNow(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

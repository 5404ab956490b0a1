import assert from "node:assert/strict";
import { complete } from "../../../lib/terminal/commands/complete.ts";
import { LineEditor } from "../../../lib/terminal/console/line_editor.ts";
import type { TerminalDevice } from "../../../lib/terminal/console/terminal_device.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { bytesOf, type FuzzTarget } from "../target.ts";

/** A terminal whose keyboard sends what the input says, and which keeps what it is shown. */
class FakeTerminal implements TerminalDevice {
  readonly rows = 8;
  readonly input: ReadableStream<Uint8Array>;
  entered = false;
  shown = "";
  readonly #decoder = new TextDecoder();

  constructor(readonly columns: number, chunks: readonly Uint8Array[]) {
    this.input = ReadableStream.from(chunks);
  }

  write(bytes: Uint8Array): Promise<void> {
    this.shown += this.#decoder.decode(bytes, { stream: true });
    return Promise.resolve();
  }

  enter(): void {
    this.entered = true;
  }

  leave(): void {
    this.entered = false;
  }

  watch(): Disposable {
    return { [Symbol.dispose]() {} };
  }
}

// deno-lint-ignore no-control-regex
const OURS = /\x1b\[[0-9;?]*[A-Za-z]|\r\n|\r|\x07/g;
const CONTROL = /\p{Cc}/u;

export const LINE_EDITOR: readonly FuzzTarget[] = [{
  name: "line_editor",
  seeds: [
    bytesOf("\x14\x03olá mundo\r/to Ana oi\r"),
    bytesOf("\x20\x01abc\x1b[D\x1b[Dx\x7f\x01y\x05z\x0b\x15\r\x1b[A\x1b[B\x10\x0e\t\t"),
    bytesOf("\x08\x05\x1b[200~a\tb\r\nc\x1b[2J\x1b[201~\x17\x1bb\x1bf\x1bd\x0c\r"),
    bytesOf("\x30\x02/ch\tA\t\r\x03x\x03\x1b[3;7R\x1b[1;5D\x1bOA"),
  ],
  words: [
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[A",
    "\x1b[D",
    "\x1b[3~",
    "\x1b[1;5C",
    "\t",
    "\r",
    "\x15",
    "/to ",
  ],
  most: 200,
  tries: 40,
  async run([width = 0, size = 0, ...rest], saw) {
    // A last key, so that no escape waits for what follows it.
    const keys = Uint8Array.from([...rest, 0x0d]);
    const length = 1 + size % 16;
    const chunks = Array.from(
      { length: Math.ceil(keys.length / length) },
      (_, n) => keys.slice(n * length, (n + 1) * length),
    );
    const terminal = new FakeTerminal(2 + width % 60, chunks);
    const lines: string[] = [];
    {
      await using editor = new LineEditor(terminal, createPainter(false), {
        howToLeave: () => "To leave: /exit",
        linesNotShown: (count) => `${count} lines were not shown`,
        inputCut: (characters) => `cut after ${characters}`,
      });
      const nobody: string[] = [];
      const known = { active: ["Ana", "João da Silva"], open: ["Ana"], peers: nobody };
      const others = { neighbours: nobody, namespaces: ["UnB"], callable: nobody };
      editor.setPrompt("> ");
      editor.setCompleter((line) => complete(line, { ...known, ...others }));
      for await (const line of editor.lines()) lines.push(line);
    }
    assert.equal(terminal.entered, false, "the terminal was not given back");
    for (const line of lines) {
      assert.doesNotMatch(line, CONTROL, "a line that holds a control character");
      assert.ok(line.isWellFormed(), "half a character");
      saw(line.startsWith("/") ? "command" : line === "" ? "empty" : "text");
    }
    assert.doesNotMatch(terminal.shown.replace(OURS, ""), CONTROL, "it shows what was typed raw");
    saw(`${Math.min(lines.length, 4)} lines, ${terminal.shown.includes("To leave")}`);
  },
}];

import { strict as assert } from "node:assert";
import unicode11 from "@xterm/addon-unicode11";
import xterm from "@xterm/headless";
import { seededRandom } from "../../../lib/base/random.ts";
import { PromptBlock } from "../../../lib/terminal/console/prompt_block.ts";
import { graphemes } from "../../../lib/terminal/text/width.ts";

const ALPHABET = graphemes("abc défg日本語한😀👩‍👩‍👧e\u0301🇵🇹❤️…");

function emulator(columns: number, rows: number) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  return {
    write: (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve)),
    rows() {
      const { active } = terminal.buffer;
      return Array.from(
        { length: active.length },
        (_, y) => active.getLine(y)!.translateToString().trimEnd(),
      );
    },
    terminal,
  };
}

Deno.test("at every width, what is printed stays and the prompt is there once", async () => {
  const random = seededRandom(1);
  for (let columns = 8; columns <= 41; columns += 3) {
    const { write, rows } = emulator(columns, 50);
    const block = new PromptBlock();
    const printed: string[] = [];
    for (let step = 0; step < 25; step++) {
      const typed = Array.from(
        { length: Math.floor(random() * 60) },
        () => ALPHABET[Math.floor(random() * ALPHABET.length)]!,
      );
      const at = Math.floor(random() * (typed.length + 1));
      const line = step % 3 === 0 && printed.length < 8 ? `${step}` : null;
      if (line !== null) printed.push(line);
      const view = {
        prompt: "\x1b[31m>\x1b[39m",
        before: typed.slice(0, at),
        after: typed.slice(at),
        below: step % 2 === 0 ? ["hint"] : [],
      };
      await write(
        block.erase(columns) + (line === null ? "" : line + "\r\n") +
          block.draw(view, { columns, rows: 40 }),
      );
      const shown = rows();
      assert.deepEqual(shown.slice(0, printed.length), printed, `width ${columns}, step ${step}`);
      assert.equal(
        shown.slice(printed.length).join("").replaceAll(" ", ""),
        [">", ...typed, ...view.below].join("").replaceAll(" ", ""),
      );
    }
  }
});

Deno.test("the cursor is where the next character goes", async () => {
  const { write, terminal } = emulator(10, 10);
  const block = new PromptBlock();
  const cases: [string, string, number, number][] = [
    ["", "", 2, 0],
    ["abcdefg", "", 9, 0],
    ["abcdefgh", "", 0, 1],
    ["abcdefgh", "i", 0, 1],
    ["abcdefg", "日", 0, 1],
    ["abcdefg日", "", 2, 1],
    ["ab", "cdefghijklmnop", 4, 0],
  ];
  for (const [before, after, column, row] of cases) {
    const view = { prompt: "> ", before: graphemes(before), after: graphemes(after), below: [] };
    await write(block.erase(10) + block.draw(view, { columns: 10, rows: 10 }));
    const { cursorX, cursorY } = terminal.buffer.active;
    assert.deepEqual([cursorX, cursorY], [column, row], `${before}|${after}`);
  }
});

Deno.test("a prompt longer than a row is broken at blanks and keeps its colour", () => {
  const prompt = "\x1b[1mUma pergunta curta\x1b[22m ";
  const view = { prompt, before: ["x"], after: [], below: [] };
  const drawn = new PromptBlock().draw(view, { columns: 12, rows: 10 });
  const last = "  curta\x1b[22m x";
  // The last row is written twice, the second time to put the cursor behind it.
  assert.equal(drawn, `\x1b[1mUma pergunta\r\n${last}\r\x1b[1m${last}`);
});

Deno.test("invisible characters that are typed are shown", () => {
  const block = new PromptBlock();
  const view = { prompt: "> ", before: ["a", "\u202e", "b"], after: [], below: [] };
  assert(block.draw(view, { columns: 40, rows: 10 }).includes("a\\u{202e}b"));
});

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
        status: null,
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
    const view = {
      status: null,
      prompt: "> ",
      before: graphemes(before),
      after: graphemes(after),
      below: [],
    };
    await write(block.erase(10) + block.draw(view, { columns: 10, rows: 10 }));
    const { cursorX, cursorY } = terminal.buffer.active;
    assert.deepEqual([cursorX, cursorY], [column, row], `${before}|${after}`);
  }
});

Deno.test("a prompt longer than a row is broken at blanks and keeps its colour", () => {
  const prompt = "\x1b[1mUma pergunta curta\x1b[22m ";
  const view = { status: null, prompt, before: ["x"], after: [], below: [] };
  const drawn = new PromptBlock().draw(view, { columns: 12, rows: 10 });
  const last = "  curta\x1b[22m x";
  // The last row is written twice, the second time to put the cursor behind it.
  assert.equal(drawn, `\x1b[1mUma pergunta\r\n${last}\r\x1b[1m${last}`);
});

Deno.test("invisible characters that are typed are shown", () => {
  const block = new PromptBlock();
  const view = { status: null, prompt: "> ", before: ["a", "\u202e", "b"], after: [], below: [] };
  assert(block.draw(view, { columns: 40, rows: 10 }).includes("a\\u{202e}b"));
});

/** What a person sees of a screen of ten rows, without the empty rows below. */
async function seen(columns: number, ...writes: string[]): Promise<string[]> {
  const { write, rows } = emulator(columns, 10);
  for (const text of writes) await write(text);
  const shown = rows();
  return shown.slice(0, shown.findLastIndex((row) => row !== "") + 1);
}

const TYPED = { prompt: "> ", before: graphemes("ab"), after: graphemes("cd"), below: [] };

Deno.test("a status is one row above the prompt, cut one column short of the width", async () => {
  const size = { columns: 12, rows: 10 };
  for (
    const [status, row] of [
      ["Playing", "Playing"],
      ["Playing song", "Playing so…"],
      ["one\r\ntwo", "one two"],
      ["[##    ] 1", "[##    ] 1"],
      ["日本語日本語日", "日本語日本…"],
      ["👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧…"],
      ["\x1b[31mPlaying a song\x1b[39m", "Playing a …"],
    ] as const
  ) {
    const block = new PromptBlock();
    const drawn = block.draw({ ...TYPED, status }, size);
    assert.deepEqual(await seen(12, "said\r\n", drawn), ["said", row, "> abcd"], status);
    assert.deepEqual(await seen(12, "said\r\n", drawn, block.erase(12)), ["said"], status);
  }
});

Deno.test("another status takes the place of the one before it, and nothing else is drawn", async () => {
  const size = { columns: 20, rows: 10 };
  const { write, rows, terminal } = emulator(20, 10);
  const block = new PromptBlock();
  const long = { ...TYPED, after: graphemes("x".repeat(30)) };
  await write("said\r\n" + block.draw({ ...long, status: "Playing 0:01 long" }, size));
  const { cursorX, cursorY } = terminal.buffer.active;
  for (const status of ["Playing 0:02", "\x1b[32mPlaying\x1b[39m 0:03", "P"]) {
    const codes = block.redrawStatus({ ...long, status }, size);
    assert(codes !== null);
    assert(!codes.includes("xx"), "what is typed is not drawn again");
    await write(codes);
    // deno-lint-ignore no-control-regex
    assert.deepEqual(rows().slice(0, 2), ["said", status.replace(/\x1b\[\d+m/g, "")]);
    assert.deepEqual(rows().slice(2, 4).join(""), "> ab" + "x".repeat(30));
    assert.deepEqual([terminal.buffer.active.cursorX, terminal.buffer.active.cursorY], [
      cursorX,
      cursorY,
    ]);
  }
});

Deno.test("where more than the status has changed, all is drawn", () => {
  const size = { columns: 20, rows: 10 };
  const drawn = (status: string | null) => {
    const block = new PromptBlock();
    block.draw({ ...TYPED, status }, size);
    return block;
  };
  const next = { ...TYPED, status: "b" };
  assert(drawn("a").redrawStatus(next, size) !== null);
  assert.equal(drawn(null).redrawStatus(next, size), null);
  assert.equal(drawn("a").redrawStatus({ ...next, status: null }, size), null);
  assert.equal(drawn("a").redrawStatus({ ...next, before: graphemes("abc") }, size), null);
  assert.equal(drawn("a").redrawStatus({ ...next, before: [], after: [] }, size), null);
  assert.equal(
    drawn("a").redrawStatus({ ...next, before: graphemes("abc"), after: ["d"] }, size),
    null,
    "the cursor moved",
  );
  assert.equal(drawn("a").redrawStatus({ ...next, below: ["hint"] }, size), null);
  assert.equal(drawn("a").redrawStatus(next, { columns: 19, rows: 10 }), null);
  assert.equal(drawn("a").redrawStatus(next, { columns: 20, rows: 9 }), null);
  const erased = drawn("a");
  erased.erase(20);
  assert.equal(erased.redrawStatus(next, size), null);
});

Deno.test("a screen with no room for it has no status", async () => {
  const view = { ...TYPED, status: "Playing", below: ["wrong"] };
  const at = (rows: number) => seen(20, new PromptBlock().draw(view, { columns: 20, rows }));
  assert.deepEqual(await at(4), ["Playing", "> abcd", "wrong"]);
  assert.deepEqual(await at(3), ["> abcd", "wrong"]);
  assert.deepEqual(await at(2), ["> abcd"]);
});

Deno.test("a status is taken away whole after the terminal became narrower", async () => {
  const { write, rows, terminal } = emulator(30, 10);
  const block = new PromptBlock();
  const status = "Playing 0:01 of something";
  await write("said\r\n" + block.draw({ ...TYPED, status }, { columns: 30, rows: 10 }));
  terminal.resize(14, 10);
  const size = { columns: 14, rows: 10 };
  await write(block.erase(14) + block.draw({ ...TYPED, status }, size));
  assert.deepEqual(rows().filter((row) => row !== ""), ["said", "Playing 0:01…", "> abcd"]);
});

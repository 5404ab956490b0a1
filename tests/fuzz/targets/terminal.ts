import assert from "node:assert/strict";
import { toChatCommand } from "../../../lib/terminal/commands/chat_command.ts";
import { toCallAction } from "../../../lib/terminal/commands/call_command.ts";
import { complete } from "../../../lib/terminal/commands/complete.ts";
import { COMMANDS } from "../../../lib/terminal/commands/commands.ts";
import { type KnownNames, parseInput } from "../../../lib/terminal/commands/parse_input.ts";
import { completeLine } from "../../../lib/terminal/console/complete_line.ts";
import { EditBuffer } from "../../../lib/terminal/console/edit_buffer.ts";
import { History } from "../../../lib/terminal/console/history.ts";
import { EDITS } from "../../../lib/terminal/console/keymap.ts";
import { PasteSplitter } from "../../../lib/terminal/console/paste_splitter.ts";
import { PlainLines } from "../../../lib/terminal/console/plain_lines.ts";
import { MessageTrace } from "../../../lib/terminal/message_trace.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { parsePeerOptions } from "../../../lib/terminal/options/peer_options.ts";
import { parseServerOptions } from "../../../lib/terminal/options/server_options.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { printable } from "../../../lib/terminal/text/printable.ts";
import { formatTable } from "../../../lib/terminal/text/table.ts";
import { cutToWidth, displayWidth } from "../../../lib/terminal/text/width.ts";
import { wrapToRows } from "../../../lib/terminal/text/wrap.ts";
import { stepsOf } from "../script.ts";
import { bytesOf, type FuzzTarget, shapeOf, textOf } from "../target.ts";

const KNOWN: KnownNames = {
  active: ["Ana", "Ana Maria", "João", 'a"b', "日本"],
  open: ["Ana Maria", "Zé"],
  peers: ["ana@UnB", "eva maria@Giga"],
  neighbours: ["ana@UnB"],
  namespaces: ["UnB", "Giga 2"],
  callable: ["Maria"],
};
const LANGUAGES = [translator("en"), translator("pt")];
// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]|\p{Cs}/u;

const typed: FuzzTarget = {
  name: "typed_line",
  seeds: [
    ...COMMANDS.flatMap((row) => row.examples),
    ...[
      "oi",
      "//oi",
      "/",
      "/nothing",
      '/to "Ana Maria" oi',
      '/chat "x',
      "/send @ana@UnB olá",
      "/help /to",
    ],
  ].map(bytesOf),
  words: [
    "/",
    '"',
    "@",
    "#",
    "*",
    "~2",
    "?",
    " on",
    "--to ",
    "%",
    ":",
    ...COMMANDS.map(({ name }) => `/${name} `),
  ],
  most: 300,
  tries: 1000,
  run(bytes, saw) {
    const line = textOf(bytes);
    const input = parseInput(line, KNOWN);
    if (input.kind === "mistake") {
      for (const t of LANGUAGES) {
        const said = t.sentence(input);
        assert.doesNotMatch(
          said.replaceAll("\n", ""),
          CONTROL,
          "a mistake that a terminal would obey",
        );
      }
      saw(input.key);
    } else if (input.kind === "command") {
      saw(`${input.command} ${shapeOf(input.values)}`);
      if (input.system === "chat") toChatCommand(input);
      else if (input.system === "call") toCallAction(input);
    } else saw(input.kind);
    const completion = complete(line, KNOWN);
    assert.ok(line.endsWith(completion.replaced), "what is replaced was not typed");
    const { typed, listing } = completeLine(line, completion, 30);
    assert.ok(typed.length >= line.length - completion.replaced.length);
    for (const row of listing) assert.ok(displayWidth(row) <= 30, row);
    saw(`${Math.min(completion.candidates.length, 3)} candidates`);
  },
};

const KEYS = Object.keys(EDITS);

const editing: FuzzTarget = {
  name: "line_editing",
  seeds: [
    bytesOf("i00olá mundo\nk04\nk0:\ni00é\\x65\\xcc\\x81\nk1?\n"),
    bytesOf("i00a b c\nk05\nk12\ni00😀\nk0?\nh00\nh01\n"),
  ],
  words: ["\ni00", "\nk04\n", "\nk1?\n", "\nh00\n", "\u0301", "👩‍👩‍👧", "🇧🇷", " "],
  most: 1500,
  tries: 300,
  run(input, saw) {
    const buffer = new EditBuffer(60);
    const history = new History(5);
    for (const { operation, who, value, rest } of stepsOf(input)) {
      const before = buffer.text;
      if (operation === "k") {
        const key = KEYS[(who * 16 + value) % KEYS.length]!;
        EDITS[key]!(buffer);
        saw(`${key} ${before === buffer.text}`);
      } else if (operation === "h") {
        const line = value % 2 === 0 ? history.older(before) : history.newer();
        if (line !== null) buffer.set(line);
        saw(`history ${line !== null}`);
      } else if (operation === "e") {
        history.add(before);
        buffer.set("");
      } else {
        const whole = buffer.insert(textOf(rest));
        if (whole) assert.equal(buffer.text.length, before.length + textOf(rest).length);
        saw(`insert ${whole}`);
      }
      assert.equal([...buffer.before, ...buffer.after].join(""), buffer.text);
      assert.ok(buffer.text.length <= 60, "more than there is room for");
      assert.equal(buffer.isEmpty, buffer.text === "");
    }
  },
};

const START = "\x1b[200~";
const END = "\x1b[201~";

const pastes: FuzzTarget = {
  name: "pasted_text",
  seeds: [`ab${START}c\nd${END}e`, `${START}${START}${END}${END}`, "\x1b[200", `x${START}y`].map(
    bytesOf,
  ),
  words: [START, END, "\x1b[20", "\x1b", "~"],
  most: 200,
  tries: 500,
  run(bytes, saw) {
    const text = textOf(bytes);
    const splitter = (chunks: readonly string[]) => {
      const splits = new PasteSplitter();
      const parts = { keys: "", pasted: "" };
      for (const chunk of chunks) {
        for (const { kind, text } of splits.push(chunk)) parts[kind] += text;
      }
      return parts;
    };
    const whole = splitter([text]);
    assert.deepEqual(splitter([...text]), whole, "it depends on how the bytes arrive");
    assert.ok(whole.keys.length + whole.pasted.length <= text.length);
    saw(`${whole.keys === ""} ${whole.pasted === ""}`);
  },
};

const plain: FuzzTarget = {
  name: "plain_lines",
  seeds: [
    bytesOf("\x03oi\r\nolá\n\nx"),
    bytesOf("\x01abcdefghijklmnopqrstuvwxyz\r\r\n😀😀😀😀😀\r\n"),
  ],
  words: ["\r\n", "\n", "\r", "😀"],
  most: 200,
  tries: 200,
  async run([size = 0, ...rest], saw) {
    const bytes = Uint8Array.from(rest);
    const linesOf = async (length: number) => {
      const chunks = Array.from(
        { length: Math.ceil(bytes.length / length) },
        (_, n) => bytes.subarray(n * length, (n + 1) * length),
      );
      let cuts = 0;
      const lines = new PlainLines(ReadableStream.from(chunks), () => cuts += 1, 10);
      const all: string[] = [];
      for (let line = await lines.next(); line !== null; line = await lines.next()) all.push(line);
      return { all, cuts };
    };
    const { all, cuts } = await linesOf(1 + size % 8);
    assert.deepEqual({ all, cuts }, await linesOf(1000), "it depends on how the bytes arrive");
    for (const line of all) {
      assert.ok(line.length <= 10 && !line.includes("\n"));
      assert.equal(line.isWellFormed(), true, "half a character");
    }
    saw(`${Math.min(all.length, 5)} lines, ${Math.min(cuts, 3)} cut`);
  },
};

const shown: FuzzTarget = {
  name: "shown_text",
  seeds: [
    "\x14olá\x1b[2J",
    "\x05日本語 text",
    "\x20a\u202eb",
    "\x02👩‍👩‍👧 🇧🇷 e\u0301",
    "\x30نص",
    "\x10a\u200db",
  ]
    .map(bytesOf),
  words: [
    "\u001b[31m",
    "\u202e",
    "\u200d",
    "\ufe0f",
    "\u{1f3f4}",
    "\u{e0067}",
    "\u{e007f}",
    "日",
    "\u00a0",
    "한",
  ],
  most: 250,
  tries: 500,
  run(bytes, saw) {
    const columns = 2 + (bytes[0] ?? 0) % 60;
    const text = printable(textOf(bytes.subarray(1)));
    assert.doesNotMatch(text, CONTROL, "a terminal would obey");
    assert.equal(printable(text), text, "what is printable is made printable again");
    const rows = wrapToRows(text, columns);
    for (const { width } of rows) assert.ok(width <= columns, `${width} of ${columns} columns`);
    const kept = rows.map(({ text }) => text.replace(/\s/gu, "")).join("");
    assert.equal(kept, text.replace(/\s/gu, ""), "wrapping loses something");
    assert.ok(displayWidth(cutToWidth(text, columns)) <= columns);
    const table = formatTable({ header: ["a", "b"], rows: [[text, "x"], ["y", text]], columns });
    for (const line of table) assert.ok(displayWidth(line) <= columns, line);
    saw(`${rows.length > 1} ${text === textOf(bytes.subarray(1))} ${displayWidth(text) % 5}`);
  },
};

const traced: FuzzTarget = {
  name: "message_trace",
  seeds: ['{"type":"convite","nome":"Ana"}', "\x80binary\x1b[2J", '{"type":5}', "x".repeat(600)]
    .map(bytesOf),
  words: ['"type":"', "\u001b[2J", "\r\n"],
  most: 900,
  tries: 300,
  run(bytes, saw) {
    const say = LANGUAGES[0]!;
    const trace = new MessageTrace({ say, paint: createPainter(false), on: true });
    for (const name of [null, textOf(bytes.subarray(0, 20))]) {
      for (const direction of ["in", "in", "out"] as const) {
        const message = { direction, name, ip: "192.0.2.1", port: 5, text: bytes };
        for (const line of trace.lines(message, 0)) {
          assert.doesNotMatch(line, CONTROL, "a terminal would obey");
          saw(`${direction} ${line.length > 300} ${line.includes("type")}`);
        }
      }
    }
  },
};

const options: FuzzTarget = {
  name: "options",
  seeds: [
    ...[
      "--chat-port\n12000\n--registry-port\n5001\n--quiet",
      "--help",
      "--version",
      "--lang=pt\n-h",
    ],
    ...[
      "--data\n/tmp/x\n--store\nredis://h:1",
      "--server\n[::1]:80\n--name\nAna\n--port\n0",
      "--completion\nbash",
    ],
    ...[
      "--metrics-host\n::1",
      "--share\n/music\n--cache\n1G\n--limit\n2M",
      "--max-per-ip=0",
      "--chat-prot\n1",
    ],
  ].map(bytesOf),
  words: [
    ...["--server\n", "--name\n", "--namespace\n", "--port\n", "--lang\n", "--store\n", "--data\n"],
    ...[
      "--help",
      "--version",
      "--completion\n",
      "--metrics-port\n",
      "--",
      "=",
      "redis://",
      "-h",
      "127.0.0.1:1",
    ],
  ],
  most: 300,
  tries: 20,
  run(bytes, saw) {
    // The system hands over no word with a NUL in it.
    const words = textOf(bytes).replaceAll("\0", "").split("\n");
    for (const parse of [parseServerOptions, parsePeerOptions]) {
      const result = parse(words, { locale: "pt-BR", columns: 80 });
      if (result.kind === "run") {
        saw(`run ${shapeOf(result.options)}`);
        continue;
      }
      const { code, stream, output } = result;
      assert.equal(code === 0, stream === "stdout");
      assert.ok(output.trim() !== "", "it ends without a word");
      if (code === 2) {
        assert.doesNotMatch(output.replaceAll("\n", ""), CONTROL, "a terminal would obey");
        saw(output.replace(/[0-9]+/g, "#").replace(/“[^”]*”/g, "“…”").slice(0, 60));
      }
    }
  },
};

export const TERMINAL: readonly FuzzTarget[] = [
  ...[typed, editing, pastes, plain, shown, traced, options],
];

import { strict as assert } from "node:assert";
import { INPUT_LINE_CHARACTERS } from "../../../lib/terminal/console/console.ts";
import { PlainConsole } from "../../../lib/terminal/console/plain_console.ts";

const FIXTURE = new URL("./chat_fixture.ts", import.meta.url).pathname;
const SENTENCES = {
  howToLeave: () => "leave",
  linesNotShown: (count: number) => `${count} not shown`,
  inputCut: (characters: number) => `cut after ${characters}`,
};

/** What the fixture writes when it is given `input`, with its exit code. */
async function run(input: string | Uint8Array): Promise<{ code: number; lines: string[] }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-net", "--no-prompt", FIXTURE],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const written = writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input)
    .then(() => writer.close());
  const { code, stdout } = await child.output();
  await written;
  const text = new TextDecoder().decode(stdout);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f]/, "no control but the ends of lines");
  assert(text.endsWith("\n"));
  return { code, lines: text.slice(0, -1).split("\n") };
}

/** A plain console on `input`, and the writes that it makes. */
function open(input: ReadableStream<Uint8Array>, write?: (text: string) => Promise<void>) {
  const writes: string[] = [];
  const console = new PlainConsole({
    input,
    write: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      writes.push(text);
      return write?.(text) ?? Promise.resolve();
    },
  }, SENTENCES);
  return { console, writes };
}

function streamOf(...parts: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(
    parts.map((part) => typeof part === "string" ? new TextEncoder().encode(part) : part),
  );
}

Deno.test("pipes: a line in, a line out, without codes, until the end of input", async () => {
  const { code, lines } = await run("first\r\nolá 日本 😀\n\nlast without end");
  assert.equal(code, 0);
  assert.deepEqual(lines, [
    "ready plain",
    'got "first"',
    'got "olá 日本 😀"',
    'got ""',
    'got "last without end"',
    "bye",
  ]);
});

Deno.test("pipes: a status is not written", async () => {
  const { lines } = await run("/status Playing\n/tick 3\nx\n");
  assert.deepEqual(lines, ["ready plain", 'got "x"', "bye"]);
});

Deno.test("pipes: bytes that are not UTF-8 are replaced", async () => {
  const { lines } = await run(new Uint8Array([0x61, 0xff, 0xc3, 0x0a, 0x62, 0x0a]));
  assert.deepEqual(lines.slice(1), ['got "a\ufffd\ufffd"', 'got "b"', "bye"]);
});

Deno.test("pipes: a question is asked again until its answer is right", async () => {
  const { lines } = await run("/ask\nJo\nJoão\nnext\n/ask\n");
  assert.deepEqual(lines, [
    "ready plain",
    "Your name?",
    "At least three letters",
    "Your name?",
    'answer "João"',
    'got "next"',
    "Your name?",
    "answer null",
    "bye",
  ]);
});

Deno.test("pipes: a flood arrives whole", async () => {
  const { lines } = await run("/flood 20000\n");
  assert.equal(lines.length, 20_003);
  assert.equal(lines[20_000], "flood line number 20000");
});

Deno.test("pipes: a reader that goes away does not end the program", async () => {
  const child = new Deno.Command("sh", {
    args: ["-c", '{ "$@"; echo "code $?" >&2; } | head -n 1', "sh", Deno.execPath(), "run"].concat(
      ["--no-check", "--allow-net", "--no-prompt", FIXTURE],
    ),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("/flood 20000\n/flood 20000\nx\n"));
  await writer.close();
  const { stderr } = await child.output();
  assert.equal(new TextDecoder().decode(stderr), "code 0\n");
});

Deno.test("lines are cut at the limit, which is said", async () => {
  const limit = INPUT_LINE_CHARACTERS;
  const { console, writes } = open(
    streamOf("a".repeat(limit) + "\r\n" + "b".repeat(limit), "bb\nafter\n"),
  );
  const lines = await Array.fromAsync(console.lines());
  assert.deepEqual(lines.map((line) => line.length), [limit, limit, 5]);
  await console.drained();
  assert.deepEqual(writes, [`cut after ${limit}\n`]);
  await console[Symbol.asyncDispose]();
});

Deno.test("what is printed in one turn is one write; colour codes are left out", async () => {
  const { console, writes } = open(streamOf());
  console.print("\x1b[31mone\x1b[39m");
  console.print("two\nthree");
  console.bell();
  await console.drained();
  assert.deepEqual(writes, ["one\ntwo\nthree\n"]);
});

Deno.test("an empty answer means the initial value", async () => {
  const { console } = open(streamOf("\n"));
  const answer = await console.ask({ text: "Server?", initial: "here", check: () => null });
  assert.equal(answer, "here");
});

Deno.test("a write that fails ends the output only", async () => {
  const { console } = open(streamOf("x\n"), () => Promise.reject(new Error("broken pipe")));
  console.print("one");
  await console.drained();
  console.print("two");
  await console.drained();
  assert.deepEqual(await Array.fromAsync(console.lines()), ["x"]);
  await console[Symbol.asyncDispose]();
});

Deno.test("disposing ends a reader that waits, and may be done twice", async () => {
  const { console, writes } = open(new ReadableStream());
  const lines = Array.fromAsync(console.lines());
  console.print("last words");
  await console[Symbol.asyncDispose]();
  await console[Symbol.asyncDispose]();
  assert.deepEqual(await lines, []);
  assert.deepEqual(writes, ["last words\n"]);
});

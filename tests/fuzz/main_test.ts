import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { InputWindow } from "./search_worker.ts";
import { bytesOf } from "./target.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", MAIN, ...args],
    cwd: PROJECT,
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("the fuzzing task searches for as long as it is told, and says what came of it", async () => {
  const { code, text } = await run("--", "datagram_kind", "--seconds", "1");
  assert.equal(code, 0, text);
  const [target, summary, ...more] = text.split("\n");
  assert.match(target!, /^datagram_kind +[1-9][0-9]* inputs, [1-9][0-9]* behaviours, .* 0 faults$/);
  assert.match(summary!, /^1 target, [1-9][0-9]* inputs, 0 faults, [0-9.]+ seconds$/);
  assert.deepEqual(more, [""]);
});

Deno.test("the fuzzing task replays an input of the corpus, and refuses what there is not", async () => {
  const path = "tests/fuzz/corpus/overlay_line/number_beyond_a_double.input";
  const { code, text } = await run("--replay", path);
  assert.equal(code, 0, text);
  assert.match(text, /^overlay_line: holds\n/);
  assert.deepEqual(await run("--replay", "/nowhere/x"), {
    code: 2,
    text: "There is no file /nowhere/x.\n",
  });
  assert.deepEqual(await run("--replay", "tests"), {
    code: 2,
    text: "The file tests cannot be read.\n",
  });
  const strange = await run("--replay", "tests/fuzz/README.md");
  assert.deepEqual(strange, {
    code: 2,
    text: "There is no target “fuzz”; name one before the file.\n",
  });
});

Deno.test("what one thread is about to run, another sees", () => {
  const shown = InputWindow.for(4);
  const seen = new InputWindow(shown.memory);
  assert.equal(seen.count, 0);
  shown.show(bytesOf("ab"));
  assert.deepEqual([seen.count, seen.input], [1, bytesOf("ab")]);
  shown.show(bytesOf("abcdef"));
  assert.deepEqual([seen.count, seen.input], [2, bytesOf("abcd")]);
});

import assert from "node:assert/strict";
import { OVERLAY_LIMITS } from "../../lib/overlay/limits.ts";
import { SendQueue } from "../../lib/overlay/send_queue.ts";

const WINDOW = OVERLAY_LIMITS.windowLines;

function queue(pace: { rate: number; burst: number } | null = null) {
  const handed: string[] = [];
  return { handed, queue: new SendQueue((line) => handed.push(line), pace) };
}

Deno.test("a window goes to the link, 256 messages wait, more are refused", () => {
  const { handed, queue: lines } = queue();
  for (let at = 0; at < WINDOW + 256; at += 1) assert.ok(lines.push(`${at}`, "message", 0));
  assert.ok(!lines.push("more", "message", 0));
  assert.ok(!lines.push("more", "answer", 0));
  assert.equal(handed.length, WINDOW);
  assert.equal(lines.length, 256);
});

Deno.test("what is written makes room, in order", () => {
  const { handed, queue: lines } = queue();
  for (let at = 0; at < WINDOW + 5; at += 1) lines.push(`${at}`, "message", 0);
  lines.written(3);
  assert.equal(lines.drain(0), null);
  assert.equal(handed.length, WINDOW + 3);
  lines.written(WINDOW);
  lines.drain(0);
  assert.deepEqual(handed, Array.from({ length: WINDOW + 5 }, (_, at) => `${at}`));
});

Deno.test("one mebibyte waits, counted as UTF-8", () => {
  const { queue: lines } = queue();
  const big = "é".repeat(16_000);
  let taken = 0;
  while (lines.push(big, "message", 0)) taken += 1;
  // The window closes at 128 Ki characters; what waits is counted in bytes.
  assert.equal(
    taken,
    Math.ceil(OVERLAY_LIMITS.windowCharacters / 16_000) +
      Math.floor(OVERLAY_LIMITS.queueBytes / 32_000),
  );
});

Deno.test("answers overtake what waits and are not paced", () => {
  const { handed, queue: lines } = queue({ rate: 10, burst: 2 });
  for (const line of ["a", "b", "c", "d"]) lines.push(line, "message", 0);
  lines.push("ack", "answer", 0);
  assert.deepEqual(handed, ["a", "b", "ack"]);
  assert.equal(lines.drain(0), 100);
  assert.equal(lines.drain(100), 200);
  assert.deepEqual(handed, ["a", "b", "ack", "c"]);
});

Deno.test("a note overtakes as answers do, and need not go at once unless it had to wait", () => {
  const handed: [string, boolean][] = [];
  const lines = new SendQueue((line, unhurried) => handed.push([line, unhurried]), null);
  lines.push("note", "note", 0);
  lines.push("answer", "answer", 0);
  for (let at = handed.length; at < WINDOW; at += 1) lines.push("message", "message", 0);
  lines.push("last message", "message", 0);
  lines.push("late note", "note", 0);
  assert.deepEqual(handed.slice(0, 2), [["note", true], ["answer", false]]);
  lines.written(2);
  lines.drain(0);
  assert.deepEqual(handed.slice(WINDOW), [["late note", false], ["last message", false]]);
});

Deno.test("the last lines of a link go out without window or pace", () => {
  const { handed, queue: lines } = queue({ rate: 10, burst: 1 });
  for (const line of ["a", "b", "c"]) lines.push(line, "message", 0);
  lines.flush();
  assert.deepEqual(handed, ["a", "b", "c"]);
  assert.equal(lines.length, 0);
});

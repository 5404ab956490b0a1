import assert from "node:assert/strict";
import { hearings } from "../bench/call/measured_call.ts";
import { speechLike } from "../media/speech_like.ts";
import { FileCall } from "./call_rig/file_call.ts";

const SECONDS = 8;
/** Speech through Opus without losses scores .98; what is missing or moved is far below. */
const UNDERSTOOD = 0.9;
/** From mouth to ear in milliseconds: generous, for other work of the machine is no fault. */
const IN_TIME = 200;

/** Seconds of `m:ss`. */
function seconds(told: string): number {
  const [, minutes, rest] = /^(\d+):(\d\d)$/.exec(told) ?? assert.fail(told);
  return 60 * Number(minutes) + Number(rest);
}

Deno.test("two people call each other in turns; both hear what the other says", async () => {
  const said = { caller: speechLike(SECONDS, 21), callee: speechLike(SECONDS, 22) };
  await using call = await FileCall.start(said, null);
  await call.pair.connect("caller");
  await call.pair.hangUp("callee");
  await call.pair.connect("callee");
  await call.spoken();
  const ended = await call.pair.hangUp("caller");
  for (const { told, duration } of Object.values(ended)) {
    assert.ok(Math.abs(seconds(told) - duration) <= 1, `${told} for ${duration} s`);
  }
  const heard = hearings(said, await call.leave());
  for (const [side, { median, score }] of Object.entries(heard)) {
    assert.ok(score > UNDERSTOOD, `${side}: intelligibility ${score}`);
    assert.ok(median > 0 && median < IN_TIME, `${side}: ${median} ms`);
  }
});

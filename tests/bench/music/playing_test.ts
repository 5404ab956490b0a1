import assert from "node:assert/strict";
import { gapsIn } from "./playing.ts";

function line(state: string, tick: boolean): string {
  const music = JSON.stringify({ kind: "now_playing", now: { state }, tick });
  return JSON.stringify({ event: "now_playing", music });
}

Deno.test("gaps: a song that waits for more was heard to stop, once each time", () => {
  const log = [
    line("starting", false),
    line("playing", false),
    line("playing", true),
    line("buffering", false),
    line("buffering", true),
    line("playing", false),
    line("buffering", false),
    JSON.stringify({ event: "song_ended", music: "{}" }),
    "",
  ];
  assert.equal(gapsIn(log.join("\n")), 2);
  assert.equal(gapsIn(""), 0);
});

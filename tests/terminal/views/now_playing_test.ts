import { equal, ok } from "node:assert/strict";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import {
  nowPlayingRow,
  type PlayingEvent,
  playingLine,
} from "../../../lib/terminal/views/now_playing.ts";
import { context, EVIL, playing, song } from "./music_fixture.ts";

Deno.test("now playing: position, what is there, how fast it comes and from whom", () => {
  equal(
    nowPlayingRow(playing(), context()),
    "Playing Bach – Suite nº 1 0:42/3:45 [#=        ] +0:25 320 kB/s from ana",
  );
  equal(
    nowPlayingRow(playing(), context(80, "pt")),
    "Tocando Bach – Suite nº 1 0:42/3:45 [#=        ] +0:25 320 kB/s de ana",
  );
});

Deno.test("now playing: what is not known, or is here, is left out", () => {
  const local = playing({ rate: null, source: null, buffered: null });
  equal(nowPlayingRow(local, context()), "Playing Bach – Suite nº 1 0:42/3:45 [#         ]");
  const untold = playing({ song: song({ seconds: null }), state: "buffering", buffered: 0 });
  equal(
    nowPlayingRow(untold, context()),
    "Buffering Bach – Suite nº 1 0:42/– +0:00 320 kB/s from ana",
  );
});

Deno.test("now playing: a narrow row keeps the time and as much of the title as there is room", () => {
  equal(
    nowPlayingRow(playing(), context(60)),
    "Playing Bach – Suite nº 1 0:42/3:45 [#=        ] +0:25",
  );
  equal(
    nowPlayingRow(playing({ state: "paused" }), context(32)),
    "Paused Bach – Suite n… 0:42/3:45",
  );
  for (const title of ["日本語".repeat(30), "x".repeat(200), "é"]) {
    const now = playing({ song: song({ title }), source: "日".repeat(40) });
    for (let columns = 24; columns <= 120; columns++) {
      const row = nowPlayingRow(now, context(columns));
      ok(displayWidth(row) <= columns, `${columns}: ${row}`);
    }
  }
});

Deno.test("each turn of a song has its sentence", () => {
  const said = (event: PlayingEvent, changes = {}) =>
    playingLine(event, playing(changes), context());
  equal(said("starting"), "Getting Bach – Suite nº 1…");
  equal(said("begins"), "Playing Bach – Suite nº 1 (3:45), from ana.");
  equal(said("begins", { source: null }), "Playing Bach – Suite nº 1 (3:45), from this computer.");
  equal(said("paused"), "Paused at 0:42. To play on: /resume");
  equal(said("goes_on"), "Playing on at 0:42.");
  equal(said("elsewhere"), "At 0:42 of Bach – Suite nº 1.");
});

Deno.test("nothing of others reaches the terminal raw", () => {
  const now = playing({ song: song({ title: EVIL, artist: EVIL }), source: EVIL });
  // deno-lint-ignore no-control-regex
  const raw = /[\x00-\x1f\u202e]/;
  ok(!raw.test(nowPlayingRow(now, context(200))));
  for (const event of ["starting", "begins", "elsewhere"] as const) {
    ok(!raw.test(playingLine(event, now, context())));
  }
});

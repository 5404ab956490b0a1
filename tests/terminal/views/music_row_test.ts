import { equal, match, ok } from "node:assert/strict";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { musicRow } from "../../../lib/terminal/views/music_row.ts";
import { context, download, playing } from "./music_fixture.ts";

const reading = { kind: "reading", doneFiles: 3, files: 12, doneBytes: 5, bytes: 10 } as const;

Deno.test("row: nothing goes on", () => {
  equal(musicRow({ now: null, running: [], reading: null }, context()), null);
});

Deno.test("row: what goes on, beside each other", () => {
  const all = { now: playing(), running: [download()], reading };
  match(
    musicRow(all, context(160))!,
    /^Playing .* from ana \| Download 25 % 1\.5 MB\/s \| Reading music 3\/12 \[#+ +\]$/,
  );
  equal(
    musicRow({ ...all, now: null, reading: null }, context()),
    "Download 25 % 1.5 MB/s",
  );
  match(musicRow({ ...all, now: null, running: [] }, context())!, /^Reading/);
});

Deno.test("row: the song comes first, and what fits beside it", () => {
  const all = { now: playing(), running: [download()], reading };
  for (let columns = 24; columns < 160; columns++) {
    const row = musicRow(all, context(columns))!;
    ok(displayWidth(row) < columns, `${columns}: ${row}`);
    match(row, /^Playing .*0:42\/3:45/);
  }
});

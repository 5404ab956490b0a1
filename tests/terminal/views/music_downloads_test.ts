import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { DownloadRow } from "../../../lib/music/music_status.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import {
  downloadEnd,
  downloadsList,
  downloadsRow,
} from "../../../lib/terminal/views/music_downloads.ts";
import { context, download, EVIL, song } from "./music_fixture.ts";

const done: DownloadRow["state"] = { kind: "done", path: "/home/ana/suite.mp3" };
const failed: DownloadRow["state"] = {
  kind: "failed",
  fault: { why: "download", fault: { why: "full_disk", path: "/home/ana" } },
};

Deno.test("downloads: the running ones with bars, then what became of the others", () => {
  deepEqual(
    downloadsList([download({ state: done }), download(), download({ state: failed })], context()),
    [
      "Download           Progress                      Size      Rate  From",
      "Bach – Suite nº 1  [#####               ]  25 %  4 MB  1.5 MB/s  ana",
      "Bach – Suite nº 1 was downloaded (4 MB): /home/ana/suite.mp3",
      "Bach – Suite nº 1: The disk is full at /home/ana. Free some space, or choose a folder on another disk.",
    ],
  );
  match(downloadsList([], context())[0]!, /\/get <number>$/);
  equal(downloadsList([download({ state: done })], context()).length, 1);
});

Deno.test("downloads: two lines each in a narrow terminal", () => {
  deepEqual(downloadsList([download({ source: null })], context(40)), [
    "Bach – Suite nº 1",
    "  [##      ]  25 % 1.5 MB/s –",
  ]);
});

Deno.test("downloads: no row is wider than the terminal", () => {
  const row = download({ song: song({ title: "日本x".repeat(50) }), source: "é".repeat(64) });
  for (const columns of [10, 30, 59, 60, 70, 80, 132]) {
    for (const line of downloadsList([row], context(columns))) {
      ok(displayWidth(line) <= columns, `${columns}: ${line}`);
    }
  }
});

Deno.test("a download has a line when it is over, none while it runs", () => {
  deepEqual(downloadEnd(download(), context()), []);
  equal(downloadEnd(download({ state: done }), context()).length, 1);
  const evil = download({ song: song({ title: EVIL }), state: { kind: "done", path: EVIL } });
  // deno-lint-ignore no-control-regex
  ok(!/[\x00-\x1f\u202e]/.test(downloadEnd(evil, context())[0]!));
});

Deno.test("all that run together are a few words", () => {
  equal(downloadsRow([download()], context()), "Download 25 % 1.5 MB/s");
  equal(
    downloadsRow([download(), download({ done: 4_000_000 })], context()),
    "2 downloads 62 % 3 MB/s",
  );
});

import { deepEqual, equal, match } from "node:assert/strict";
import type { SharedFolderStatus } from "../../../lib/music/library_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { libraryLines, readingRow, sharesList } from "../../../lib/terminal/views/library_view.ts";
import { context } from "./music_fixture.ts";

const folder: SharedFolderStatus = {
  path: "/home/ana/music",
  files: 12,
  unreadable: 0,
  cut: false,
  fault: null,
  reading: false,
};
const lost = { why: "not_found", path: folder.path } as const;

Deno.test("shares: each folder with its songs and what is wrong with it", () => {
  deepEqual(
    sharesList([
      folder,
      { ...folder, path: "/m\x1b", files: 1, unreadable: 2, cut: true, reading: true },
      { ...folder, fault: lost },
    ], context()),
    [
      "You share:",
      "  /home/ana/music (12 songs)",
      "  /m␛ (1 song, 2 could not be read, there is more than is looked at, is still being read)",
      "  /home/ana/music is not there. See that it is written as on the disk, from the root or from where the program was started.",
    ],
  );
  match(sharesList([], context())[0]!, /\/share <folder>$/);
});

Deno.test("library: a folder that was read, was lost and is back", () => {
  deepEqual(libraryLines({ kind: "folder_read", folder }, context()), [
    "/home/ana/music is shared: 12 songs.",
  ]);
  const said = (status: Parameters<typeof libraryLines>[0]) => libraryLines(status, context())[0]!;
  match(said({ kind: "folder_read", folder: { ...folder, fault: lost } }), /is not there/);
  match(said({ kind: "folder_lost", path: folder.path, fault: lost }), /not shared for now\. /);
  match(said({ kind: "folder_back", path: folder.path }), /is there again/);
  const full = { why: "full_disk", path: "/x" } as const;
  match(said({ kind: "index_not_kept", fault: full }), /not kept.*Free some space/);
});

Deno.test("library: how far reading is goes to the status row only", () => {
  const reading = { kind: "reading", doneFiles: 3, files: 12, doneBytes: 5, bytes: 10 } as const;
  deepEqual(libraryLines(reading, context()), []);
  equal(readingRow(reading, translator("en")), "Reading music 3/12 [#####     ]");
  equal(readingRow({ ...reading, bytes: 0 }, translator("pt")), "Lendo músicas 3/12 [          ]");
});

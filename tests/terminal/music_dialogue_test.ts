import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { MusicReport, NowPlaying } from "../../lib/music/music_status.ts";
import { parseInput } from "../../lib/terminal/commands/parse_input.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { MusicDialogue } from "../../lib/terminal/music_dialogue.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";
import { download, playing, song } from "./views/music_fixture.ts";

function dialogue(): MusicDialogue {
  return new MusicDialogue({
    say: translator("en"),
    paint: createPainter(false),
    catalogue: "10.0.0.1:5000",
    columns: () => 80,
  });
}

function typed(person: MusicDialogue, line: string) {
  const known = { active: [], open: [], peers: [], neighbours: [], namespaces: [], callable: [] };
  const input = parseInput(line, known);
  ok(input.kind === "command" && input.system === "music", line);
  return person.command(input);
}

/** The report that a song is in a state, not for the row that shows it. */
function told(state: NowPlaying["state"], changes: Partial<NowPlaying> = {}): MusicReport {
  return { kind: "now_playing", now: playing({ state, ...changes }), tick: false };
}

function tick(changes: Partial<NowPlaying> = {}): MusicReport {
  return { kind: "now_playing", now: playing(changes), tick: true };
}

/** Types a line that is then answered, and tells whether the person waits after each. */
function waits(line: string, ...reports: MusicReport[]): boolean[] {
  const person = dialogue();
  typed(person, line);
  return [
    person.busy,
    ...reports.map((report) => {
      person.lines(report);
      return person.busy;
    }),
  ];
}

const notPlaying: MusicReport = { kind: "music_fault", song: null, fault: { why: "not_playing" } };
const damaged: MusicReport = { kind: "music_fault", song: song(), fault: { why: "damaged" } };

Deno.test("dialogue: each command is busy until the report that answers it", () => {
  const shares: MusicReport = { kind: "shares", folders: [] };
  const downloads: MusicReport = { kind: "downloads", downloads: [] };
  const rows: readonly (readonly [string, MusicReport])[] = [
    ["/share", shares],
    ["/share x", { kind: "share_refused", fault: { why: "not_found", path: "x" } }],
    ["/unshare", shares],
    ["/files", { kind: "songs", query: null, songs: [], more: false }],
    ["/nodes", { kind: "nodes", nodes: [] }],
    ["/play 1", told("starting")],
    ["/queue", { kind: "queue", songs: [] }],
    ["/next", told("playing")],
    ["/pause", told("paused")],
    ["/resume", told("playing")],
    ["/seek 90", told("buffering")],
    ["/stop", { kind: "song_ended", song: song(), stopped: true }],
    ["/get 1", downloads],
    ["/downloads", downloads],
  ];
  for (const [line, answer] of rows) {
    const running: MusicReport = { kind: "download", download: download() };
    deepEqual(waits(line, running, answer), [true, true, false], line);
    const atOnce = line === "/pause" || line === "/resume";
    deepEqual(waits(line, tick()), [true, !atOnce], line);
    deepEqual(waits(line, notPlaying), [true, false], line);
  }
});

Deno.test("dialogue: a fault of a song answers only what is about a song", () => {
  deepEqual(waits("/play 1", damaged), [true, false]);
  deepEqual(waits("/get 1", damaged), [true, false]);
  for (const line of ["/files", "/nodes", "/share", "/downloads"]) {
    deepEqual(waits(line, damaged), [true, true], line);
  }
});

Deno.test("dialogue: nothing is waited for when the program ends", () => {
  const person = dialogue();
  typed(person, "/files");
  deepEqual(person.catalogueLines({ kind: "music_left" }), []);
  equal(person.busy, false);
});

Deno.test("dialogue: a song has a line when it is got, when it begins and when it ends", () => {
  const person = dialogue();
  deepEqual(person.lines(told("starting")), ["Getting Bach – Suite nº 1…"]);
  deepEqual(person.lines(tick({ state: "playing" })), []);
  deepEqual(person.lines(told("buffering")), []);
  deepEqual(person.lines(told("playing")), ["Playing Bach – Suite nº 1 (3:45), from ana."]);
  deepEqual(person.lines(told("buffering")), []);
  deepEqual(person.lines(told("playing")), []);
  deepEqual(person.lines({ kind: "song_ended", song: song(), stopped: false }), [
    "Bach – Suite nº 1 is over.",
  ]);
  deepEqual(person.lines(told("playing")).length, 1, "the same song again");
});

Deno.test("dialogue: a pause and its end have a line each, and so has a point that was asked for", () => {
  const person = dialogue();
  person.lines(told("playing"));
  deepEqual(person.lines(told("paused")), ["Paused at 0:42. To play on: /resume"]);
  deepEqual(person.lines(told("paused")), []);
  deepEqual(person.lines(told("playing")), ["Playing on at 0:42."]);
  typed(person, "/seek 90");
  deepEqual(person.lines(told("buffering", { position: 90 })), ["At 1:30 of Bach – Suite nº 1."]);
  deepEqual(person.lines(told("playing", { position: 90 })), []);
});

Deno.test("dialogue: another song begins anew", () => {
  const person = dialogue();
  person.lines(told("playing"));
  const other = { song: song({ id: "b", title: "Suite nº 2" }) };
  match(person.lines(told("starting", other))[0]!, /^Getting .*nº 2/);
  match(person.lines(told("playing", other))[0]!, /^Playing .*nº 2/);
});

Deno.test("dialogue: the row shows what plays until it ends, by whatever", () => {
  const ends: MusicReport[] = [
    { kind: "song_ended", song: song(), stopped: true },
    damaged,
    { kind: "music_fault", song: song(), fault: { why: "fetch", fault: "source_gone" } },
  ];
  for (const end of ends) {
    const person = dialogue();
    equal(person.status, null);
    person.lines(tick({ position: 43 }));
    match(person.status!, /0:43\/3:45/);
    person.lines(end);
    equal(person.status, null);
  }
});

Deno.test("dialogue: a song plays on where something else was not done", () => {
  const person = dialogue();
  person.lines(told("playing"));
  const faults: MusicReport[] = [
    { kind: "music_fault", song: song(), fault: { why: "cannot_seek" } },
    {
      kind: "music_fault",
      song: song(),
      fault: { why: "no_speaker", fault: { why: "none_found" } },
    },
    { kind: "music_fault", song: song({ id: "b" }), fault: { why: "damaged" } },
    { kind: "music_fault", song: null, fault: { why: "queue_empty" } },
  ];
  for (const fault of faults) {
    equal(person.lines(fault).length, 1);
    ok(person.status !== null);
    deepEqual(person.lines(told("playing")), []);
  }
});

Deno.test("dialogue: downloads are in the row while they run, and have a line at their end", () => {
  const person = dialogue();
  deepEqual(person.lines({ kind: "download", download: download() }), []);
  equal(person.status, "Download 25 % 1.5 MB/s");
  const other = download({ song: song({ id: "b" }) });
  person.lines({ kind: "downloads", downloads: [download(), other] });
  match(person.status!, /^2 downloads/);
  const done = { ...other, state: { kind: "done", path: "/x" } } as const;
  equal(person.lines({ kind: "download", download: done }).length, 1);
  match(person.status!, /^Download /);
  person.lines({ kind: "downloads", downloads: [done] });
  equal(person.status, null);
});

Deno.test("dialogue: reading is in the row until it is done", () => {
  const person = dialogue();
  const reading = { kind: "reading", doneFiles: 3, files: 12, doneBytes: 5, bytes: 10 } as const;
  const read = () => person.libraryLines(reading);
  deepEqual(read(), []);
  match(person.status!, /^Reading music 3\/12/);
  deepEqual(person.libraryLines({ ...reading, doneFiles: 12 }), []);
  equal(person.status, null);
  read();
  equal(person.libraryLines({ kind: "folder_back", path: "/x" }).length, 1);
  equal(person.status, null);
});

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { musicLines, type PlainMusicReport } from "../../../lib/terminal/views/music_view.ts";
import { context, download, EVIL, song } from "./music_fixture.ts";

function line(report: PlainMusicReport): string {
  const lines = musicLines(report, context());
  equal(lines.length, 1, report.kind);
  return lines[0]!;
}

Deno.test("music: every report has its view", () => {
  match(line({ kind: "shares", folders: [] }), /\/share/);
  match(line({ kind: "share_refused", fault: { why: "no_folder", path: "/x" } }), /\/x/);
  match(line({ kind: "songs", query: null, songs: [], more: false }), /Nobody/);
  match(line({ kind: "nodes", nodes: [] }), /Nobody/);
  match(line({ kind: "queue", songs: [] }), /\/queue/);
  match(line({ kind: "downloads", downloads: [] }), /\/get/);
  match(line({ kind: "music_fault", song: null, fault: { why: "not_playing" } }), /\/play/);
  deepEqual(musicLines({ kind: "download", download: download() }, context()), []);
});

Deno.test("music: a song ends by itself or by the person", () => {
  equal(line({ kind: "song_ended", song: song(), stopped: false }), "Bach – Suite nº 1 is over.");
  equal(
    line({ kind: "song_ended", song: song(), stopped: true }),
    "Bach – Suite nº 1 was stopped.",
  );
});

Deno.test("music: a source is left for another", () => {
  const changed = {
    kind: "source_changed",
    song: song(),
    from: "ana",
    fault: "source_gone",
  } as const;
  equal(
    line({ ...changed, to: "rui" }),
    "ana: nothing came any more. Bach – Suite nº 1 now comes from rui.",
  );
  equal(
    line({ ...changed, to: null }),
    "ana: nothing came any more. Someone else is asked for Bach – Suite nº 1.",
  );
});

Deno.test("music: nothing of others reaches the terminal raw", () => {
  const evil = song({ title: EVIL, artist: EVIL, nodes: [EVIL] });
  const reports: PlainMusicReport[] = [
    { kind: "song_ended", song: evil, stopped: false },
    { kind: "source_changed", song: evil, from: EVIL, to: EVIL, fault: "busy" },
    { kind: "queue", songs: [evil] },
    { kind: "downloads", downloads: [download({ song: evil, source: EVIL })] },
    { kind: "share_refused", fault: { why: "failed", path: EVIL, detail: EVIL } },
  ];
  for (const report of reports) {
    for (const language of LANGUAGES) {
      for (const text of musicLines(report, context(80, language))) {
        // deno-lint-ignore no-control-regex
        ok(!/[\x00-\x1f\u202e]/.test(text), report.kind);
      }
    }
  }
});

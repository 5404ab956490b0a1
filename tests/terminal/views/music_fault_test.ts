import { equal, match, ok } from "node:assert/strict";
import type { MusicFault } from "../../../lib/music/music_status.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { musicFault } from "../../../lib/terminal/views/music_fault.ts";
import { context, EVIL, song } from "./music_fixture.ts";

const FAULTS: readonly (readonly [MusicFault, RegExp])[] = [
  [
    { why: "no_server", reason: "Connection refused" },
    /10\.0\.0\.1:5000.*nobody listens.*Try again/,
  ],
  [{ why: "unknown_song", wanted: "7" }, /no song 7.*\/files$/],
  [{ why: "unknown_song", wanted: "bach 7" }, /“bach 7”.*\/files$/],
  [{ why: "no_list" }, /no list .* yet.*\/files$/],
  [{ why: "fetch", fault: "busy" }, /^Bach – Suite nº 1 did not arrive/],
  [
    { why: "download", fault: { why: "permission", path: "/x", flag: "--allow-write" } },
    /^Bach – Suite nº 1: .*--allow-write$/,
  ],
  [{ why: "no_decoder", format: "wma", flag: null }, /wma.*ffplay or mpv.*\/get$/],
  [{ why: "no_decoder", format: "wma", flag: "--allow-run=ffplay" }, /--allow-run=ffplay$/],
  [{ why: "damaged" }, /Ask ana/],
  [
    { why: "not_kept", fault: { why: "full_disk", path: "/x" } },
    /^Bach – Suite nº 1 plays, .* The disk is full at \/x/,
  ],
  [{ why: "no_speaker", fault: { why: "none_found" } }, /^No speaker: .*--speaker/],
  [{ why: "not_playing" }, /\/play <number>$/],
  [{ why: "cannot_seek" }, /\/seek 0:00$/],
  [{ why: "queue_empty" }, /\/queue <number>$/],
  [{ why: "too_many", most: 8 }, /8 already.*\/queue/],
];

Deno.test("each fault is a sentence with the way out, with a song and without", () => {
  for (const [fault, said] of FAULTS) {
    match(musicFault(fault, song(), context()), said);
    for (const language of LANGUAGES) ok(musicFault(fault, null, context(80, language)) !== "");
  }
});

Deno.test("a fault of a disk without a song is about the disk alone", () => {
  const fault: MusicFault = { why: "download", fault: { why: "full_disk", path: "/x" } };
  match(musicFault(fault, null, context()), /^The disk is full at \/x/);
});

Deno.test("nothing of others reaches the terminal raw", () => {
  const evil = song({ title: EVIL, artist: EVIL, nodes: [EVIL] });
  const faults: MusicFault[] = [
    { why: "no_server", reason: EVIL },
    { why: "unknown_song", wanted: EVIL.repeat(500) },
    { why: "no_decoder", format: EVIL.repeat(500), flag: EVIL },
    { why: "damaged" },
    { why: "fetch", fault: "wrong_bytes" },
  ];
  for (const fault of faults) {
    const sentence = musicFault(fault, evil, context());
    // deno-lint-ignore no-control-regex
    equal(/[\x00-\x1f\u202e]/.test(sentence), false, fault.why);
    ok(sentence.length < 500);
  }
});

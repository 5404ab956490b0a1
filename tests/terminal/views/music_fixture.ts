/** Songs and what is around them, for the tests of music. */
import type { DownloadRow, NowPlaying, SongRow } from "../../../lib/music/music_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import type { Language } from "../../../lib/terminal/messages/language.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import type { MusicViewContext } from "../../../lib/terminal/views/music_context.ts";

/** What nobody's terminal may obey. */
export const EVIL = "M\x1b[2J\u202e\n";

/** A song of 3:45 that Ana has. */
export function song(changes: Partial<SongRow> = {}): SongRow {
  return {
    number: 1,
    id: "a".repeat(64),
    name: "suite.mp3",
    title: "Suite nº 1",
    artist: "Bach",
    seconds: 225,
    size: 4_234_567,
    nodes: ["ana"],
    here: false,
    ...changes,
  };
}

/** That song, playing from Ana at 0:42. */
export function playing(changes: Partial<NowPlaying> = {}): NowPlaying {
  return {
    song: song(),
    state: "playing",
    position: 42,
    buffered: 25,
    fetched: 0.3,
    rate: 320_000,
    source: "ana",
    ...changes,
  };
}

/** That song, a quarter of it downloaded. */
export function download(changes: Partial<DownloadRow> = {}): DownloadRow {
  return {
    song: song({ size: 4_000_000 }),
    done: 1_000_000,
    rate: 1_500_000,
    source: "ana",
    state: { kind: "running" },
    ...changes,
  };
}

/** What views show with, without colours. */
export function context(columns = 80, language: Language = "en"): MusicViewContext {
  return {
    say: translator(language),
    paint: createPainter(false),
    columns,
    server: "10.0.0.1:5000",
  };
}

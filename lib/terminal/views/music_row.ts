import type { LibraryStatus } from "../../music/library_status.ts";
import type { DownloadRow, NowPlaying } from "../../music/music_status.ts";
import { displayWidth } from "../text/width.ts";
import { readingRow } from "./library_view.ts";
import type { MusicViewContext } from "./music_context.ts";
import { downloadsRow } from "./music_downloads.ts";
import { nowPlayingRow } from "./now_playing.ts";

/** What goes on at the moment. */
export interface MusicGoingOn {
  readonly now: NowPlaying | null;
  /** Downloads that run. */
  readonly running: readonly DownloadRow[];
  readonly reading: (LibraryStatus & { readonly kind: "reading" }) | null;
}

const GAP = " | ";
/** Columns that the song needs before anything else has a place beside it. */
const LEAST_SONG = 30;

/** What plays, is downloaded and is read, in one row as wide as the terminal; null for nothing. */
export function musicRow(
  { now, running, reading }: MusicGoingOn,
  context: MusicViewContext,
): string | null {
  // The last column stays free: see where the row is drawn.
  let room = context.columns - 1;
  const beside: string[] = [];
  for (
    const piece of [
      ...running.length > 0 ? [downloadsRow(running, context)] : [],
      ...reading === null ? [] : [readingRow(reading, context.say)],
    ]
  ) {
    const needed = displayWidth(piece) + GAP.length;
    if (now !== null && room - needed < LEAST_SONG) continue;
    beside.push(piece);
    room -= needed;
  }
  const song = now === null ? [] : [nowPlayingRow(now, { ...context, columns: room })];
  return song.length + beside.length === 0 ? null : [...song, ...beside].join(GAP);
}

import type { NowPlaying } from "../../music/music_status.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth, displayWidth } from "../text/width.ts";
import { byteRate } from "./byte_amount.ts";
import type { MusicViewContext } from "./music_context.ts";
import { type BarPart, progressBar } from "./progress_bar.ts";
import { songText, songTime } from "./song_text.ts";

/** What became of the song, where it is worth a line of its own. */
export type PlayingEvent = "starting" | "begins" | "paused" | "goes_on" | "elsewhere";

const WORDS: Readonly<Record<NowPlaying["state"], MessageKey & `music.now.${string}`>> = {
  starting: "music.now.starting",
  playing: "music.now.playing",
  buffering: "music.now.buffering",
  paused: "music.now.paused",
};

/** Cells of the bar. */
const CELLS = 10;
/** Columns that the title has at least before anything else is shown. */
const LEAST_TITLE = 14;
/** Columns of a name in the line. */
const NAME_COLUMNS = 16;

type Context = Pick<MusicViewContext, "say" | "paint">;

/** What has just become of the song. */
export function playingLine(
  event: PlayingEvent,
  { song, position, source }: NowPlaying,
  { say, paint }: Context,
): string {
  const title = songText(song);
  const point = songTime(position);
  switch (event) {
    case "starting":
      return paint.dim(say("music.begins.starting", { song: title }));
    case "begins": {
      const timed = `${title} (${songTime(song.seconds)})`;
      return source === null
        ? paint.good(say("music.begins.here", { song: timed }))
        : paint.good(say("music.begins.from", { song: timed, source: printable(source) }));
    }
    case "paused":
      return say("music.paused", { position: point });
    case "goes_on":
      return say("music.goes_on", { position: point });
    case "elsewhere":
      return say("music.elsewhere", { position: point, song: title });
  }
}

/**
 * How the song goes on, in one row:
 * `Playing Bach – Suite 0:42/3:10 [##=       ] +0:25 320 kB/s from ana`. In the bar `#` was
 * played and `=` can be; `+` is the time of that. What finds no room is left out, and the title cut.
 */
export function nowPlayingRow(now: NowPlaying, { say, paint, columns }: MusicViewContext): string {
  const { state, song, position, buffered } = now;
  const word = say(WORDS[state]);
  const time = `${songTime(position)}/${songTime(song.seconds)}`;
  const bar = barOf(now);
  const ahead = buffered === null ? "" : `+${songTime(buffered)}`;
  const source = sourceText(now, say);

  let room = columns - displayWidth(word) - displayWidth(time) - 2;
  const shown = new Set<string>();
  for (const piece of [bar, source, ahead]) {
    const needed = displayWidth(piece) + 1;
    if (piece === "" || room - needed < LEAST_TITLE) continue;
    shown.add(piece);
    room -= needed;
  }
  const painted = state === "playing" ? paint.good(word) : paint.warn(word);
  return [
    painted,
    paint.bold(cutToWidth(songText(song), Math.max(1, room))),
    time,
    ...[bar, ahead, source].filter((piece) => shown.has(piece)),
  ].join(" ");
}

function barOf({ song: { seconds }, position, buffered }: NowPlaying): string {
  if (seconds === null || seconds <= 0) return "";
  const parts: BarPart[] = [[position / seconds, "#"]];
  if (buffered !== null) parts.push([(position + buffered) / seconds, "="]);
  return progressBar(CELLS, ...parts);
}

/** Who sends how fast; nothing where all of it is here. */
function sourceText({ rate, source }: NowPlaying, say: MusicViewContext["say"]): string {
  if (rate === null || source === null) return "";
  const name = cutToWidth(printable(source), NAME_COLUMNS);
  return say("music.rate_from", { rate: byteRate(rate, say), source: name });
}

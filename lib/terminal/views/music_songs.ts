import type { SongRow } from "../../music/music_status.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { cutToWidth } from "../text/width.ts";
import { byteAmount } from "./byte_amount.ts";
import { type MusicReportOf, type MusicViewContext, NARROWEST_TABLE } from "./music_context.ts";
import { artistText, nodeNames, songText, songTime, titleText } from "./song_text.ts";

/** Columns of a query in a sentence. */
const QUERY_COLUMNS = 60;

/** `/files`: the songs with their numbers, and what can be done with one. */
export function songsList(
  { query, songs, more }: MusicReportOf<"songs">,
  context: MusicViewContext,
): string[] {
  const { say, paint } = context;
  const words = query === null ? null : cutToWidth(printable(query), QUERY_COLUMNS);
  if (songs.length === 0) {
    return [
      words === null ? say("music.files.none") : say("music.files.none_matching", { query: words }),
    ];
  }
  return [
    words === null
      ? say.count("music.files.heading", songs.length)
      : say.count("music.files.matching", songs.length, { query: words }),
    ...context.columns < NARROWEST_TABLE ? narrow(songs, context) : table(songs, context),
    ...more ? [paint.warn(say("music.files.more"))] : [],
    paint.dim(say("music.files.how")),
  ];
}

/** `/queue`: what plays next, in order. */
export function queueList(
  { songs }: MusicReportOf<"queue">,
  { say, columns }: MusicViewContext,
): string[] {
  if (songs.length === 0) return [say("music.queue.none")];
  return [
    say("music.queue.heading"),
    ...songs.map((song) => cutToWidth(`  ${songText(song)} (${songTime(song.seconds)})`, columns)),
  ];
}

function table(songs: readonly SongRow[], context: MusicViewContext): string[] {
  const { say, paint, columns } = context;
  return formatTable({
    header: [
      say("music.files.number"),
      say("music.files.title"),
      say("music.files.artist"),
      say("music.files.length"),
      say("music.files.size"),
      say("music.files.nodes"),
    ].map(paint.bold),
    rows: songs.map((song) => [
      String(song.number),
      titleText(song),
      artistText(song),
      songTime(song.seconds),
      byteAmount(song.size, say),
      whoHas(song, context),
    ]),
    align: ["right", "left", "left", "right", "right", "left"],
    columns,
  });
}

/** Each song over two lines, both behind its number. */
function narrow(songs: readonly SongRow[], context: MusicViewContext): string[] {
  const { say, paint, columns } = context;
  const digits = Math.max(...songs.map(({ number }) => String(number).length));
  const indent = " ".repeat(digits + 1);
  return songs.flatMap((song) => {
    const details = [
      artistText(song),
      songTime(song.seconds),
      byteAmount(song.size, say),
      whoHas(song, context),
    ].filter((detail) => detail !== "");
    return [
      cutToWidth(`${String(song.number).padStart(digits)} ${paint.bold(titleText(song))}`, columns),
      cutToWidth(indent + details.join(", "), columns),
    ];
  });
}

function whoHas({ here, nodes }: SongRow, { say, paint }: MusicViewContext): string {
  const others = nodeNames(nodes, paint);
  if (!here) return others;
  const word = paint.good(say("music.files.here"));
  return others === "" ? word : `${word}, ${others}`;
}

import type { DownloadRow } from "../../music/music_status.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { cutToWidth } from "../text/width.ts";
import { shown } from "./chat_view.ts";
import { byteAmount, byteRate } from "./byte_amount.ts";
import { type MusicViewContext, NARROWEST_TABLE } from "./music_context.ts";
import { musicFault } from "./music_fault.ts";
import { percent, progressBar } from "./progress_bar.ts";
import { songText, UNKNOWN } from "./song_text.ts";

/** Cells of a bar. */
const CELLS = 20;
const NARROW_CELLS = 8;
/** A terminal narrower than this has the short bar. */
const WIDE = 80;

/** `/downloads`: the running ones with their bars, then what became of the others. */
export function downloadsList(
  downloads: readonly DownloadRow[],
  context: MusicViewContext,
): string[] {
  if (downloads.length === 0) return [context.say("music.downloads.none")];
  const running = downloads.filter(({ state }) => state.kind === "running");
  return [
    ...context.columns < NARROWEST_TABLE
      ? running.flatMap((row) => narrow(row, context))
      : table(running, context),
    ...downloads.flatMap((row) => downloadEnd(row, context)),
  ];
}

/** What became of a download; nothing while it runs. */
export function downloadEnd(
  { song, state }: DownloadRow,
  context: MusicViewContext,
): string[] {
  const { say, paint } = context;
  switch (state.kind) {
    case "running":
      return [];
    case "done":
      return [paint.good(say("music.downloads.done", {
        song: songText(song),
        size: byteAmount(song.size, say),
        path: printable(state.path),
      }))];
    case "failed":
      return [paint.warn(musicFault(state.fault, song, context))];
  }
}

/** How all running downloads together go on, in a few words. */
export function downloadsRow(
  running: readonly DownloadRow[],
  { say }: Pick<MusicViewContext, "say">,
): string {
  let [done, whole, rate] = [0, 0, 0];
  for (const row of running) {
    done += row.done;
    whole += row.song.size;
    rate += row.rate;
  }
  return say.count("music.downloads.status", running.length, {
    percent: percent(done, whole),
    rate: byteRate(rate, say),
  });
}

function table(running: readonly DownloadRow[], context: MusicViewContext): string[] {
  const { say, paint, columns } = context;
  if (running.length === 0) return [];
  return formatTable({
    header: [
      say("music.downloads.song"),
      say("music.downloads.progress"),
      say("music.downloads.amount"),
      say("music.downloads.rate"),
      say("music.downloads.from"),
    ].map(paint.bold),
    rows: running.map((row) => [
      songText(row.song),
      progress(row, columns < WIDE ? NARROW_CELLS : CELLS),
      byteAmount(row.song.size, say),
      byteRate(row.rate, say),
      from(row, context),
    ]),
    align: ["left", "left", "right", "right", "left"],
    columns,
  });
}

function narrow(row: DownloadRow, context: MusicViewContext): string[] {
  const { say, columns } = context;
  return [
    songText(row.song),
    `  ${progress(row, NARROW_CELLS)} ${byteRate(row.rate, say)} ${from(row, context)}`,
  ].map((line) => cutToWidth(line, columns));
}

function progress({ done, song }: DownloadRow, cells: number): string {
  const share = percent(done, song.size);
  return `${progressBar(cells, [share / 100, "#"])} ${String(share).padStart(3)} %`;
}

function from({ source }: DownloadRow, { paint }: MusicViewContext): string {
  return source === null ? UNKNOWN : shown(source, paint);
}

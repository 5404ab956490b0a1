import type { MusicReport } from "../../music/music_status.ts";
import { printable } from "../text/printable.ts";
import { fetchReason } from "./fetch_fault.ts";
import { sharesList } from "./library_view.ts";
import type { MusicReportOf, MusicViewContext } from "./music_context.ts";
import { downloadEnd, downloadsList } from "./music_downloads.ts";
import { musicFault } from "./music_fault.ts";
import { nodesTable } from "./music_nodes.ts";
import { queueList, songsList } from "./music_songs.ts";
import { songText } from "./song_text.ts";
import { shareFault } from "./storage_fault.ts";

/** A report that looks the same whatever came before it. */
export type PlainMusicReport = Exclude<MusicReport, { readonly kind: "now_playing" }>;

/**
 * What a report about music looks like: lines to print, none for a download that runs. Everything
 * that others sent goes through `printable`.
 */
export function musicLines(report: PlainMusicReport, context: MusicViewContext): string[] {
  const { say, paint } = context;
  switch (report.kind) {
    case "shares":
      return sharesList(report.folders, context);
    case "share_refused":
      return [paint.warn(shareFault(report.fault, say))];
    case "songs":
      return songsList(report, context);
    case "nodes":
      return nodesTable(report, context);
    case "song_ended":
      return [
        paint.dim(say(report.stopped ? "music.stopped" : "music.ended", {
          song: songText(report.song),
        })),
      ];
    case "queue":
      return queueList(report, context);
    case "downloads":
      return downloadsList(report.downloads, context);
    case "download":
      return downloadEnd(report.download, context);
    case "source_changed":
      return [paint.warn(sourceChanged(report, context))];
    case "music_fault":
      return [paint.warn(musicFault(report.fault, report.song, context))];
  }
}

function sourceChanged(
  { song, from, to, fault }: MusicReportOf<"source_changed">,
  { say }: MusicViewContext,
): string {
  const values = { song: songText(song), from: printable(from), reason: fetchReason(fault, say) };
  return to === null
    ? say("music.source_lost", values)
    : say("music.source_changed", { ...values, to: printable(to) });
}

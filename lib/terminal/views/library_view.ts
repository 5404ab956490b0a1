import type { LibraryStatus, SharedFolderStatus } from "../../music/library_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MusicViewContext } from "./music_context.ts";
import { progressBar } from "./progress_bar.ts";
import { pathText, storageFault } from "./storage_fault.ts";

/** Cells of the bar of what is being read. */
const CELLS = 10;

type Context = Pick<MusicViewContext, "say" | "paint">;

/** What a status of the shared music looks like: lines, none for what only the status row shows. */
export function libraryLines(status: LibraryStatus, { say, paint }: Context): string[] {
  switch (status.kind) {
    case "reading":
      return [];
    case "folder_read": {
      const { path, fault } = status.folder;
      if (fault !== null) return [paint.warn(storageFault(fault, say))];
      const details = folderDetails(status.folder, say);
      return [say("music.library.read", { path: pathText(path), details })];
    }
    case "folder_lost":
      return [paint.warn(say("music.library.lost", {
        path: pathText(status.path),
        fault: storageFault(status.fault, say),
      }))];
    case "folder_back":
      return [paint.good(say("music.library.back", { path: pathText(status.path) }))];
    case "index_not_kept":
      return [paint.warn(say("music.library.index_not_kept", {
        fault: storageFault(status.fault, say),
      }))];
  }
}

/** `/share`: the shared folders, each with how many songs it has and what is wrong with it. */
export function sharesList(
  folders: readonly SharedFolderStatus[],
  { say, paint }: Context,
): string[] {
  if (folders.length === 0) return [say("music.share.none")];
  return [
    say("music.share.heading"),
    ...folders.map((folder) =>
      folder.fault === null
        ? `  ${pathText(folder.path)} ${paint.dim(`(${folderDetails(folder, say)})`)}`
        : `  ${paint.warn(storageFault(folder.fault, say))}`
    ),
  ];
}

/** How far reading the shared music is, in a few words. */
export function readingRow(
  { doneFiles, files, doneBytes, bytes }: LibraryStatus & { readonly kind: "reading" },
  say: Translator,
): string {
  const bar = progressBar(CELLS, [bytes > 0 ? doneBytes / bytes : 0, "#"]);
  return say("music.library.reading", { done: doneFiles, files, bar });
}

/** `12 songs, 2 could not be read, is still being read`. */
function folderDetails(folder: SharedFolderStatus, say: Translator): string {
  const { files, unreadable, cut, reading } = folder;
  return [
    say.count("music.share.songs", files),
    ...unreadable > 0 ? [say.count("music.share.unreadable", unreadable)] : [],
    ...cut ? [say("music.share.cut")] : [],
    ...reading ? [say("music.share.reading")] : [],
  ].join(", ");
}

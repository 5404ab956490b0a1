import type { DownloadFault, ShareFault, StorageFault } from "../../music/library_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import { fileReason } from "./file_reason.ts";

/** Columns of a path in a sentence. */
const PATH_COLUMNS = 160;
/** Columns of what a system says of a file. */
const DETAIL_COLUMNS = 120;

/** A path in a sentence. */
export function pathText(path: string): string {
  return cutToWidth(printable(path), PATH_COLUMNS);
}

/** What is wrong with a folder or a file, and what to do. */
export function storageFault(fault: StorageFault, say: Translator): string {
  const path = pathText(fault.path);
  switch (fault.why) {
    case "not_found":
      return say("music.storage.not_found", { path });
    case "no_folder":
      return say("music.storage.no_folder", { path });
    case "permission":
      return say("music.storage.permission", { path, flag: printable(fault.flag) });
    case "denied":
      return say("music.storage.denied", { path });
    case "full_disk":
      return say("music.storage.full_disk", { path });
    case "read_only":
    case "is_folder":
    case "name_too_long":
      return say("music.storage.unusable", { path, reason: fileReason(fault.why) });
    case "failed": {
      const detail = cutToWidth(printable(fault.detail), DETAIL_COLUMNS);
      return say("music.storage.failed", { path, detail });
    }
  }
}

/** Why a folder is not shared, and what to do. */
export function shareFault(fault: ShareFault, say: Translator): string {
  switch (fault.why) {
    case "already_shared":
      return say("music.share.already", { path: pathText(fault.path) });
    case "not_shared":
      return say("music.share.not_shared", { path: pathText(fault.path) });
    case "too_many_folders":
      return say("music.share.too_many", { most: fault.most });
    default:
      return storageFault(fault, say);
  }
}

/** Why a download is not begun or does not go on, and what to do. */
export function downloadFault(fault: DownloadFault, say: Translator): string {
  const path = pathText(fault.path);
  switch (fault.why) {
    case "in_progress":
      return say("music.download.in_progress", { path });
    case "no_free_name":
      return say("music.download.no_free_name", { path });
    case "wrong_content":
      return say("music.download.wrong_content", { path });
    default:
      return storageFault(fault, say);
  }
}

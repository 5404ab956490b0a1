import type { StorageFault } from "../../../music/library_status.ts";
import { storageFault } from "./storage_fault.ts";
import { type FileStamp, stampFrom } from "./file_stamp.ts";

/** A file that was opened to be read, as it was then. */
export interface OpenFile {
  readonly kind: "open";
  readonly file: Deno.FsFile;
  readonly stamp: FileStamp;
}

/** Why it was not. */
export interface NotOpened {
  readonly kind: "fault";
  readonly fault: StorageFault;
}

/**
 * Opens a plain file to be read. What has become a symbolic link, a pipe or a device since it was
 * found is not there any more: it leads elsewhere, or would make the opening wait for ever.
 */
export async function openPlainFile(path: string): Promise<OpenFile | NotOpened> {
  let file: Deno.FsFile | null = null;
  try {
    const seen = await Deno.lstat(path);
    if (seen.isFile) {
      file = await Deno.open(path);
      const opened = await file.stat();
      if (opened.isFile && opened.ino === seen.ino && opened.dev === seen.dev) {
        return { kind: "open", file, stamp: stampFrom(opened) };
      }
      file.close();
    }
    return { kind: "fault", fault: { why: "not_found", path } };
  } catch (error) {
    file?.close();
    return { kind: "fault", fault: storageFault(error, path, "read") };
  }
}

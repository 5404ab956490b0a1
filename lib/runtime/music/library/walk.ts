import { join } from "node:path";
import type { StorageFault } from "../../../music/library_status.ts";
import { isAudioFileName, isHidden } from "./audio_file_name.ts";
import { type FileStamp, stampOf } from "./file_stamp.ts";
import { LIBRARY_LIMITS } from "./limits.ts";
import { storageFault } from "./storage_fault.ts";

/** Caps of a walk; {@link LIBRARY_LIMITS} as a rule. */
export interface WalkLimits {
  readonly files: number;
  readonly depth: number;
  readonly walkedFolders: number;
  readonly walkedEntries: number;
}

/** A file that was found, as it was then. */
export interface FoundFile {
  /** Below the folder's real path. */
  readonly path: string;
  readonly name: string;
  readonly stamp: FileStamp;
}

/** What is in a folder. */
export interface Walk {
  readonly files: readonly FoundFile[];
  /** Folders and files that could not be looked at. */
  readonly unreadable: number;
  /** Whether there was more, or deeper, than is looked at. */
  readonly cut: boolean;
  /** What is wrong with the folder as a whole, or null. */
  readonly fault: StorageFault | null;
}

/**
 * The music in a folder and the folders in it. Hidden ones are not looked at. Symbolic links are not
 * followed: what they lead to inside is found there, and what is outside was not shared.
 *
 * @param root a real path
 * @param signal ends the walk, which then is cut
 */
export async function walk(
  root: string,
  signal: AbortSignal,
  limits: WalkLimits = LIBRARY_LIMITS,
): Promise<Walk> {
  const files: FoundFile[] = [];
  const pending = [{ path: root, depth: 0 }];
  let [folders, entries, unreadable, cut] = [0, 0, 0, false];
  const cutOff = () => ({ files, unreadable, cut: true, fault: null });
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (folders >= limits.walkedFolders || signal.aborted) return cutOff();
    folders += 1;
    try {
      for await (const entry of Deno.readDir(folder.path)) {
        entries += 1;
        if (entries > limits.walkedEntries || signal.aborted) return cutOff();
        const path = join(folder.path, entry.name);
        if (entry.isDirectory && !isHidden(entry.name)) {
          if (folder.depth < limits.depth) pending.push({ path, depth: folder.depth + 1 });
          else cut = true;
        } else if (entry.isFile && isAudioFileName(entry.name)) {
          if (files.length >= limits.files) return cutOff();
          const stamp = await stampOf(path);
          if (stamp === null) unreadable += 1;
          else files.push({ path, name: entry.name, stamp });
        }
      }
    } catch (error) {
      const fault = storageFault(error, folder.path, "read");
      if (folder.depth === 0) return { files, unreadable, cut, fault };
      // A folder that went away meanwhile has nothing to be read.
      if (fault.why !== "not_found") unreadable += 1;
    }
  }
  return { files, unreadable, cut, fault: null };
}

/**
 * What shared music, the catalogue and the folder of downloads tell the person. Plain data: the
 * terminal turns it into sentences.
 *
 * @module
 */

/** What is wrong with a folder or a file, and nobody's bug. */
export type StorageFault =
  /** There is none of this name (any more). */
  | { readonly why: "not_found"; readonly path: string }
  /** It is there and no folder. */
  | { readonly why: "no_folder"; readonly path: string }
  /** The program may not; `flag` is what to start it with. */
  | { readonly why: "permission"; readonly path: string; readonly flag: string }
  /** The system says no: whose it is, or what is set there. */
  | { readonly why: "denied"; readonly path: string }
  /** No room is left on the disk, or in the person's share of it. */
  | { readonly why: "full_disk"; readonly path: string }
  /** A medium that can only be read, a folder in the place of a file, a name that none can have. */
  | { readonly why: "read_only" | "is_folder" | "name_too_long"; readonly path: string }
  /** Anything else; `detail` is the system's words. */
  | { readonly why: "failed"; readonly path: string; readonly detail: string };

/** Why a folder is not shared. */
export type ShareFault =
  | StorageFault
  | { readonly why: "already_shared"; readonly path: string }
  | { readonly why: "not_shared"; readonly path: string }
  /** As many folders are shared as can be. */
  | { readonly why: "too_many_folders"; readonly path: string; readonly most: number };

/** Why a shared file cannot be read. */
export type ReadFault =
  | StorageFault
  /** Nobody shares a file of this id here. */
  | { readonly why: "not_shared"; readonly path: string }
  /** It is not what it was when its digest was taken. */
  | { readonly why: "changed"; readonly path: string };

/** Why a download is not begun, or does not go on. */
export type DownloadFault =
  | StorageFault
  /** It is being downloaded, by this program or another. */
  | { readonly why: "in_progress"; readonly path: string }
  /** There are too many files of this name. */
  | { readonly why: "no_free_name"; readonly path: string }
  /** Everything is there, and is not what was wanted. */
  | { readonly why: "wrong_content"; readonly path: string };

/** A folder that is shared. */
export interface SharedFolderStatus {
  /** Its real path. */
  readonly path: string;
  /** Files of it that others can have. */
  readonly files: number;
  /** Files that could not be read, or were too large, and folders that could not be listed. */
  readonly unreadable: number;
  /** Whether there was more, or deeper, than is looked at. */
  readonly cut: boolean;
  /** What is wrong with the folder as a whole, or null. */
  readonly fault: StorageFault | null;
  /** Whether files of it still have to be read. */
  readonly reading: boolean;
}

/** One thing about shared music to tell the person. */
export type LibraryStatus =
  /** Files are being read; told a few times a second, and not at all where it is quick. */
  | {
    readonly kind: "reading";
    readonly doneFiles: number;
    readonly files: number;
    readonly doneBytes: number;
    readonly bytes: number;
  }
  /** A folder has been read for the first time since it was shared. */
  | { readonly kind: "folder_read"; readonly folder: SharedFolderStatus }
  /** A folder that was shared is gone or cannot be read; told once until it is back. */
  | { readonly kind: "folder_lost"; readonly path: string; readonly fault: StorageFault }
  | { readonly kind: "folder_back"; readonly path: string }
  /** Digests are not kept for the next time: they could not be written or read. */
  | { readonly kind: "index_not_kept"; readonly fault: StorageFault };

/** One thing about the own entry in the catalogue to tell the person. */
export type CatalogueStatus =
  /** The server has the whole list; told when that is new, or the number of files is. */
  | { readonly kind: "music_registered"; readonly files: number; readonly again: boolean }
  /** The server said no; `error` is its word. Told once a word; it is tried again. */
  | { readonly kind: "music_refused"; readonly error: string }
  /** The server is away; told once until it is back. `first` where it was never there. */
  | { readonly kind: "music_server_away"; readonly first: boolean; readonly reason: string }
  /** The entry is removed, or as good as that: the program may end. */
  | { readonly kind: "music_left" };

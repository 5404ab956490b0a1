/** What a system says of a file that a person can do something about, in a word. */
export type FileTrouble =
  /** There is none of this name. */
  | "not_found"
  /** A folder of its path is not there, or is none. */
  | "no_folder"
  /** It is a folder. */
  | "is_folder"
  /** Whose it is, or what is set there. */
  | "denied"
  /** The medium can only be read. */
  | "read_only"
  /** No room is left on the disk, in the person's share of it, or in one file. */
  | "full_disk"
  /** No file can be called so. */
  | "name_too_long";

/** By the system's code, which errors of files carry on every system. */
const BY_CODE: Readonly<Record<string, FileTrouble>> = {
  ENOENT: "not_found",
  ENOTDIR: "no_folder",
  // A folder was to be made where a file is.
  EEXIST: "no_folder",
  EISDIR: "is_folder",
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "read_only",
  ENOSPC: "full_disk",
  EDQUOT: "full_disk",
  EFBIG: "full_disk",
  ENAMETOOLONG: "name_too_long",
};

/** The same by the name of an error that was made without a code. */
const BY_NAME: Readonly<Record<string, FileTrouble>> = {
  NotFound: "not_found",
  NotADirectory: "no_folder",
  IsADirectory: "is_folder",
  PermissionDenied: "denied",
};

/** Which of the usual troubles an error of the file system is, or null. */
export function fileTrouble(error: unknown): FileTrouble | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { readonly code?: unknown };
  return (typeof code === "string" ? BY_CODE[code] : undefined) ?? BY_NAME[error.name] ?? null;
}

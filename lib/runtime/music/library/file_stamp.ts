/** What tells that a file's content is as it was, without reading it. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** When it was changed last, milliseconds since 1970; null where the system does not say. */
  readonly changed: number | null;
}

/** The stamp of what `stat` says. */
export function stampFrom(info: Deno.FileInfo): FileStamp {
  return { size: info.size, changed: info.mtime?.getTime() ?? null };
}

/** The stamp of a file, or null where there is none, no plain file, or it may not be looked at. */
export async function stampOf(path: string): Promise<FileStamp | null> {
  try {
    const info = await Deno.lstat(path);
    return info.isFile ? stampFrom(info) : null;
  } catch {
    return null;
  }
}

/** Whether a file is as it was, as far as its stamps tell. */
export function sameStamp(one: FileStamp, other: FileStamp): boolean {
  return one.size === other.size && one.changed === other.changed;
}

import { fileTrouble } from "../../../base/file_trouble.ts";
import type { StorageFault } from "../../../music/library_status.ts";
import { refusedPath } from "../../refused_path.ts";

/** What is to be done with a path. */
export type Access = "read" | "write";

/**
 * Asked before a path is touched, because a missing permission would otherwise be a question to the
 * person in the middle of something else.
 *
 * @returns null where the program may
 */
export async function missingPermission(
  path: string,
  access: Access,
): Promise<StorageFault | null> {
  const { state } = await Deno.permissions.query({ name: access, path });
  return state === "granted" ? null : { why: "permission", path, flag: `--allow-${access}` };
}

/**
 * What an error of the file system means to the person.
 *
 * @throws what is no error of the file system: a bug of ours
 */
export function storageFault(thrown: unknown, path: string, access: Access): StorageFault {
  const error = refusedPath(thrown, path, access);
  if (error instanceof Deno.errors.NotCapable) {
    return { why: "permission", path, flag: `--allow-${access}` };
  }
  if (!isFileError(error)) throw error;
  const why = fileTrouble(error);
  return why === null ? { why: "failed", path, detail: error.message } : { why, path };
}

/** Whether an error is the operating system's, which gives each a code (`EIO`). */
function isFileError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return typeof (error as { code?: unknown }).code === "string" ||
    Object.values(Deno.errors).some((kind) => error instanceof kind);
}

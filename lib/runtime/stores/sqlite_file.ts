import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type FileTrouble, fileTrouble } from "../../base/file_trouble.ts";
import { refusedPath } from "../refused_path.ts";
import { DamagedRow, SqliteRows } from "./sqlite_rows.ts";

/** What is wrong with the file or the folder of a directory on disk. */
export type DataFault =
  /** Not made by this program. */
  | "foreign"
  /** Made by this program, and not whole any more. */
  | "damaged"
  /** Made by a later or an earlier version of this program. */
  | "other_version"
  /** Another server has it open. */
  | "in_use"
  /** Deno was not given the permission. */
  | "not_permitted"
  /** The system does not let it be read or written: rights, a full disk, no folder. */
  | "unusable";

/** The directory on disk cannot be used; what is there was left as it is. */
export class DataError extends Error {
  override readonly name = "DataError";

  constructor(readonly fault: DataFault, readonly path: string, override readonly cause?: unknown) {
    super(`${path}: ${fault}`, { cause });
  }

  /** Which of the usual troubles with files makes it unusable, or null. */
  get trouble(): FileTrouble | null {
    const known = fileTrouble(this.cause);
    // The file is made where there is none: it is its folder that is not there.
    if (known !== null) return known === "not_found" ? "no_folder" : known;
    const words = this.cause instanceof Error ? this.cause.message : "";
    return TROUBLES.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  }
}

/** Marks a file as one of this program, in the header of SQLite's format: "prsa". */
const APPLICATION = 0x70727361;
const VERSION = 2;
/** Where the header has them, big endian; see "The Database Header" of SQLite's format. */
const HEADER = { magic: "SQLite format 3\0", version: 60, application: 68, length: 100 } as const;

/** Another server does not end soon: whoever finds the file locked is told at once. */
const NO_WAITING = "PRAGMA busy_timeout = 0";

/**
 * Of whoever registered at a place: `seq` is the order of claiming; `sum` guards it and the texts,
 * `ends_sum` the place and the two columns before it.
 */
const SCHEMA = `
  CREATE TABLE registrations (
    seq INTEGER PRIMARY KEY,
    service TEXT NOT NULL, grp TEXT NOT NULL, id TEXT NOT NULL,
    owner TEXT NOT NULL, holder TEXT NOT NULL, payload TEXT NOT NULL,
    sum INTEGER NOT NULL,
    ends_at INTEGER NOT NULL, lease INTEGER NOT NULL, ends_sum INTEGER NOT NULL,
    UNIQUE (service, grp, id)
  ) STRICT`;

/**
 * Opens the directory in a folder, and makes both where they are not there. The write-ahead log is
 * on, each commit is flushed to the disk, and no other process can have the file at the same time.
 *
 * @throws {DataError} where it cannot be used; a file that is not ours or not whole is not touched
 */
export function openSqliteFile(folder: string): DatabaseSync {
  const path = join(folder, "directory.sqlite");
  try {
    Deno.mkdirSync(folder, { recursive: true });
    if (!isThere(path)) create(path);
    examine(path);
    const database = new DatabaseSync(path);
    try {
      database.exec(NO_WAITING);
      database.exec("PRAGMA locking_mode = EXCLUSIVE");
      database.exec("PRAGMA synchronous = FULL");
      database.exec("PRAGMA journal_mode = WAL");
      // Takes the lock, and tells now rather than later that the disk is read-only.
      database.exec("BEGIN IMMEDIATE; UPDATE registrations SET seq = seq WHERE 0; COMMIT");
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    const cause = refusedPath(error, path, "read", "write");
    throw new DataError(faultOf(cause), path, cause);
  }
}

/** Made beside its place and moved there, so that a half-made file is never taken for a directory. */
function create(path: string): void {
  const draft = `${path}.new`;
  for (const old of [draft, `${draft}-journal`]) if (isThere(old)) Deno.removeSync(old);
  // SQLite says that it cannot make a file, the system says why.
  Deno.openSync(draft, { write: true, create: true }).close();
  const database = new DatabaseSync(draft);
  try {
    database.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${VERSION}`);
    database.exec(SCHEMA);
  } finally {
    database.close();
  }
  Deno.renameSync(draft, path);
}

/** Looks at a file without writing to it. */
function examine(path: string): void {
  const header = new Uint8Array(HEADER.length);
  {
    using file = Deno.openSync(path);
    if (file.readSync(header) !== HEADER.length) throw new DataError("foreign", path);
  }
  const view = new DataView(header.buffer);
  const magic = new TextDecoder().decode(header.subarray(0, HEADER.magic.length));
  if (magic !== HEADER.magic || view.getUint32(HEADER.application) !== APPLICATION) {
    throw new DataError("foreign", path);
  }
  if (view.getUint32(HEADER.version) !== VERSION) throw new DataError("other_version", path);
  // As with a file that is made: the system says why it cannot be written.
  Deno.openSync(path, { write: true }).close();
  // Of a log that is not there, reading makes an empty one.
  const log = ["-wal", "-shm"].map((ending) => path + ending).filter((file) => !isThere(file));
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec(NO_WAITING);
    // With the index: a renewal that does not find its row there would be lost.
    const [row] = database.prepare("PRAGMA integrity_check(1)").all();
    if (row?.["integrity_check"] !== "ok") throw new DataError("damaged", path);
    new SqliteRows(database, Date.now).check();
  } finally {
    database.close();
    for (const file of log) if (isThere(file)) Deno.removeSync(file);
  }
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** SQLite's result codes for what a person can do something about; any other is damage. */
const FAULTS: Readonly<Record<number, DataFault>> = {
  5: "in_use",
  6: "in_use",
  8: "unusable",
  10: "unusable",
  13: "unusable",
  14: "unusable",
  23: "unusable",
};

/** The same by SQLite's own words, since not every error of it comes with its code. */
const TROUBLES: readonly (readonly [RegExp, FileTrouble])[] = [
  [/disk is full/, "full_disk"],
  [/readonly database/, "read_only"],
  [/unable to open database file/, "denied"],
];

function faultOf(error: unknown): DataFault {
  if (error instanceof DamagedRow) return "damaged";
  if (error instanceof Deno.errors.NotCapable) return "not_permitted";
  const code = (error as { errcode?: unknown }).errcode;
  // The low byte is the result code; the rest says more of it.
  return typeof code === "number" ? FAULTS[code & 0xff] ?? "damaged" : "unusable";
}

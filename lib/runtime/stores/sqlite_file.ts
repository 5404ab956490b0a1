import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DamagedRow, SqliteRows } from "./sqlite_rows.ts";

/** What is wrong with the file or the folder of a directory on disk. */
export type DataFault =
  /** Not made by this program. */
  | "foreign"
  /** Made by this program, and not whole any more. */
  | "damaged"
  /** Made by a later version of this program. */
  | "newer"
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
}

/** Marks a file as one of this program, in the header of SQLite's format: "prsa". */
const APPLICATION = 0x70727361;
const VERSION = 1;
/** Where the header has them, big endian; see "The Database Header" of SQLite's format. */
const HEADER = { magic: "SQLite format 3\0", version: 60, application: 68, length: 100 } as const;

/** Another server does not end soon: whoever finds the file locked is told at once. */
const NO_WAITING = "PRAGMA busy_timeout = 0";

/** Of whoever registered at a place: `seq` is the order of claiming, `sum` guards the texts. */
const SCHEMA = `
  CREATE TABLE registrations (
    seq INTEGER PRIMARY KEY,
    service TEXT NOT NULL, grp TEXT NOT NULL, id TEXT NOT NULL,
    owner TEXT NOT NULL, holder TEXT NOT NULL, payload TEXT NOT NULL,
    sum INTEGER NOT NULL,
    ends_at INTEGER NOT NULL, lease INTEGER NOT NULL,
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
      database.exec(`PRAGMA user_version = ${VERSION}`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(faultOf(error), path, error);
  }
}

/** Made beside its place and moved there, so that a half-made file is never taken for a directory. */
function create(path: string): void {
  const draft = `${path}.new`;
  for (const old of [draft, `${draft}-journal`]) if (isThere(old)) Deno.removeSync(old);
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
  if (view.getUint32(HEADER.version) > VERSION) throw new DataError("newer", path);
  // Of a log that is not there, reading makes an empty one.
  const log = ["-wal", "-shm"].map((ending) => path + ending).filter((file) => !isThere(file));
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec(NO_WAITING);
    const [row] = database.prepare("PRAGMA quick_check(1)").all();
    if (row?.["quick_check"] !== "ok") throw new DataError("damaged", path);
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

function faultOf(error: unknown): DataFault {
  if (error instanceof DamagedRow) return "damaged";
  if (error instanceof Deno.errors.NotCapable) return "not_permitted";
  const code = (error as { errcode?: unknown }).errcode;
  // The low byte is the result code; the rest says more of it.
  return typeof code === "number" ? FAULTS[code & 0xff] ?? "damaged" : "unusable";
}

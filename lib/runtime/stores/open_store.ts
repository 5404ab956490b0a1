import type { FileTrouble } from "../../base/file_trouble.ts";
import { MemoryStore } from "../../directory/memory_store.ts";
import type { DirectoryStore } from "../../directory/store.ts";
import type { DataFault } from "./sqlite_file.ts";
import type { StoreObserver } from "./store_report.ts";

/** Where a server keeps its directory: a folder, a Redis, or nothing but its memory. */
export interface StoreChoice {
  readonly data: string | null;
  /** `redis://…` or `rediss://…` */
  readonly store: string | null;
}

/** The store that was chosen cannot be had. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  /**
   * @param place the file, or host and port of the store: never a password
   * @param reason the system's own words
   * @param trouble what it is with a file, where it is one of the usual troubles
   */
  constructor(
    readonly fault: DataFault | "unreachable",
    readonly place: string,
    readonly reason: string,
    readonly trouble: FileTrouble | null = null,
  ) {
    super(`${place}: ${fault}`);
  }
}

/**
 * Opens the directory of a server. What only one kind of store needs is loaded only for it.
 *
 * @param resources closes it
 * @throws {StoreError} where it cannot be had
 */
export async function openStore(
  { data, store }: StoreChoice,
  resources: AsyncDisposableStack,
  observer: StoreObserver,
): Promise<DirectoryStore> {
  if (data !== null) {
    const { SqliteStore } = await import("./sqlite_store.ts");
    const { DataError } = await import("./sqlite_file.ts");
    try {
      return resources.use(SqliteStore.open({ folder: data, observer }));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const { cause } = error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StoreError(error.fault, error.path, reason, error.trouble);
    }
  }
  if (store !== null) {
    const { RedisStore } = await import("./redis_store.ts");
    const { reasonOf } = await import("./redis_session.ts");
    try {
      return resources.use(await RedisStore.open({ url: store, observer }));
    } catch (error) {
      throw new StoreError("unreachable", new URL(store).host, reasonOf(error));
    }
  }
  return new MemoryStore();
}

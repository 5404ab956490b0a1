import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { SqliteStore } from "../../lib/runtime/stores/sqlite_store.ts";
import { TemporaryFolder } from "../runtime/stores/temporary_folder.ts";
import { cappedStoreContract, type OpenStore, storeContract } from "./store_contract.ts";

/** Every service that the suite uses. */
const services = ["service", "other", "one", "two", "s", "s t", "s:t", "t"];

function open(memory: MemoryStore): OpenStore {
  const folder = new TemporaryFolder();
  const store = SqliteStore.open({ folder: folder.path, observer() {}, services, memory });
  return {
    store,
    close() {
      store[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

storeContract("store on SQLite", () => open(new MemoryStore()));

cappedStoreContract("store on SQLite", (capacity) => open(new MemoryStore(capacity)));

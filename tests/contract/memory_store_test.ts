import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { cappedStoreContract, storeContract } from "./store_contract.ts";

storeContract("memory store", () => ({ store: new MemoryStore(), close() {} }));

cappedStoreContract("memory store", (capacity) => ({
  store: new MemoryStore(capacity),
  close() {},
}));

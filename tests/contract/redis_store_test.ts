import type { Capacity } from "../../lib/directory/memory_store.ts";
import { keyOf } from "../../lib/runtime/stores/redis_row.ts";
import { RedisStore } from "../../lib/runtime/stores/redis_store.ts";
import { PassingTime } from "../runtime/stores/passing_time.ts";
import { RedisProcess } from "../runtime/stores/redis_process.ts";
import { sharedStoreContract } from "./shared_store_contract.ts";
import { cappedStoreContract, type OpenStore, storeContract } from "./store_contract.ts";

async function open(capacity?: Capacity): Promise<OpenStore> {
  const redis = await RedisProcess.start();
  const store = await RedisStore.open({ url: redis.url, observer() {}, capacity });
  const remove = async (places: readonly Parameters<typeof keyOf>[0][]) => {
    await redis.command("DEL", ...places.map(keyOf));
  };
  return {
    store: new PassingTime(store, remove),
    async close() {
      await store[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
}

storeContract("store on Redis", () => open());

cappedStoreContract("store on Redis", (capacity) => open(capacity));

sharedStoreContract("store on Redis", async () => {
  const redis = await RedisProcess.start();
  return {
    join: () => RedisStore.open({ url: redis.url, observer() {} }),
    close: () => redis[Symbol.asyncDispose](),
  };
});

import type { StoreObserver } from "../../../lib/runtime/stores/store_report.ts";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import { RedisStore } from "../../../lib/runtime/stores/redis_store.ts";
import { SqliteStore } from "../../../lib/runtime/stores/sqlite_store.ts";
import { RedisProcess } from "../../runtime/stores/redis_process.ts";
import type { Figure, Sample } from "../figures.ts";
import { mapOperations, redisOperations, sqliteOperations } from "../stores/barest.ts";
import {
  type OperationName,
  operationRate,
  OPERATIONS,
  type Operations,
} from "../stores/operation.ts";
import { productOperations } from "../stores/product.ts";
import { entries } from "../stores/records.ts";
import type { Workbench } from "../workbench.ts";
import type { Suite } from "./suite.ts";

/** How many changes wait at a time, for a store that makes them wait. */
const AT_ONCE = [1, 100, 1000];
/** Operations between two looks at the clock, where none waits. */
const UNWATCHED = 100;
/** What reads: from memory, whatever the store. */
const READS: ReadonlySet<OperationName> = new Set(["find", "list"]);

/** A store, and the barest thing that could be one. */
interface Pair {
  readonly name: string;
  /** Whether a change waits for something else than this process. */
  readonly waits: boolean;
  readonly store: Operations;
  readonly barest: Operations;
}

/** The directory's stores. */
export const STORES: Suite = {
  name: "stores",
  about: "Operations of the directory of 10,000 registrations, in namespaces of 30, each of an " +
    "owner of its own; claims enter again what is there. Changes wait for the disk or for Redis: " +
    "“at once” is how many are begun together, and all of them are waited for. All stores read " +
    "from memory. Beside them the barest that could do it: maps in maps; an SQLite file with the " +
    "same promise (write-ahead log, `synchronous=FULL`), all that is done at once in one " +
    "transaction; `SET`, `PEXPIRE`, `GET` and `MGET` of Redis through the same client. The " +
    "product's Redis store tells every server of every change, and waits until it has heard of " +
    "its own. Redis runs on the same machine and keeps nothing on disk.",
  async *measure(bench) {
    const all = entries(bench.timing.stores.records);
    yield* measurePair(bench, {
      name: "memory",
      waits: false,
      store: productOperations(new MemoryStore(), all),
      barest: mapOperations(all),
    });
    {
      const folder = await Deno.makeTempDir({ dir: bench.folder });
      using store = SqliteStore.open({ folder, observer: failed });
      using barest = sqliteOperations(folder, all);
      const pair = { name: "folder", waits: true, store: productOperations(store, all), barest };
      yield* measurePair(bench, pair);
    }
    const redis = await startRedis(bench);
    if (redis === null) return;
    await using store = await RedisStore.open({ url: redis.url, observer: failed });
    await using barest = await redisOperations(redis.url, all);
    const pair = { name: "Redis", waits: true, store: productOperations(store, all), barest };
    yield* measurePair(bench, pair);
  },
};

const failed: StoreObserver = (report) => {
  if (report.kind === "store_failed") throw new Error(report.reason);
};

async function startRedis(bench: Workbench): Promise<RedisProcess | null> {
  try {
    return bench.use(await RedisProcess.start());
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    bench.progress("stores: redis-server is not installed");
    return null;
  }
}

async function* measurePair(bench: Workbench, pair: Pair): AsyncGenerator<Figure> {
  for (const part of [pair.store, pair.barest]) {
    const { records } = bench.timing.stores;
    for (let first = 0; first < records; first += UNWATCHED) await part.claim(first, UNWATCHED);
  }
  for (const operation of OPERATIONS) {
    if (!pair.waits || READS.has(operation)) {
      yield await measureOperation(bench, pair, operation, UNWATCHED, `${operation}, ${pair.name}`);
      continue;
    }
    for (const atOnce of AT_ONCE) {
      const name = `${operation}, ${pair.name}, ${atOnce.toLocaleString("en")} at once`;
      yield await measureOperation(bench, pair, operation, atOnce, name);
    }
  }
}

/** The store and its baseline in turns, forwards and backwards. */
async function measureOperation(
  bench: Workbench,
  { store, barest }: Pair,
  operation: OperationName,
  atOnce: number,
  name: string,
): Promise<Figure> {
  const { rounds, measured } = bench.timing.stores;
  bench.progress(`${name}: ${rounds} rounds`);
  const runs = [
    { candidate: "store", operate: store[operation], samples: [] as Sample[] },
    { candidate: "barest", operate: barest[operation], samples: [] as Sample[] },
  ];
  for (let round = 0; round < rounds; round++) {
    for (const { operate, samples } of round % 2 === 0 ? runs : runs.toReversed()) {
      samples.push({ value: await operationRate(operate, atOnce, measured) });
    }
  }
  const series = runs.map(({ candidate, samples }) => ({ candidate, samples }));
  return { name, unit: "operations/s", series };
}

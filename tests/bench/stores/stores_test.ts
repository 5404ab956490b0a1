import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import { mapOperations, sqliteOperations } from "./barest.ts";
import { OPERATIONS, type Operations } from "./operation.ts";
import { productOperations } from "./product.ts";
import { entries } from "./records.ts";

const RECORDS = 70;

/** More of each than there are records, so that they come round. */
async function doAll(operations: Operations): Promise<void> {
  for (const name of OPERATIONS) await operations[name](10, RECORDS + 1);
}

Deno.test("every operation of a store and of the barest one succeeds on every record", async () => {
  const all = entries(RECORDS);
  const store = new MemoryStore();
  await doAll(productOperations(store, all));
  deepStrictEqual(store.size, RECORDS);
  await doAll(mapOperations(all));
  const folder = await Deno.makeTempDir();
  try {
    using sqlite = sqliteOperations(folder, all);
    await doAll(sqlite);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an operation of a store that does not succeed is an error, not a figure", async () => {
  const all = entries(RECORDS);
  const full = new MemoryStore({ records: RECORDS - 1, recordsPerOwner: 1 });
  const operations = productOperations(full, all);
  throws(() => operations.claim(0, RECORDS), /a claim was full/);
  throws(() => operations.renew(RECORDS - 1, 1), /not there/);
  throws(() => operations.find(RECORDS - 1, 1), /not there/);
  const late = { ...full, find: () => Promise.resolve(null) } as unknown as MemoryStore;
  await rejects(async () => await productOperations(late, all).find(0, 1), /not there/);
});

import { strict as assert } from "node:assert";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import type { DirectoryStore, Registration } from "../../../lib/directory/store.ts";
import { CountedStore } from "../../../lib/runtime/metrics/counted_store.ts";
import { cappedStoreContract, storeContract } from "../../contract/store_contract.ts";

storeContract("counted store", () => ({
  store: new CountedStore(new MemoryStore()),
  close() {},
}));

cappedStoreContract("counted store", (capacity) => ({
  store: new CountedStore(new MemoryStore(capacity)),
  close() {},
}));

const ANA: Registration = {
  service: "chat",
  group: "",
  id: "Ana",
  owner: "a",
  holder: "h",
  payload: null,
  expiresAt: 10,
};

/** Answers as `store` does, but later. */
function later(store: DirectoryStore): DirectoryStore {
  return {
    claim: async (...args) => await store.claim(...args),
    renew: async (...args) => await store.renew(...args),
    release: async (...args) => await store.release(...args),
    find: async (...args) => await store.find(...args),
    list: async (...args) => await store.list(...args),
    expire: async (...args) => await store.expire(...args),
  };
}

for (const [when, wrap] of [["at once", (one: DirectoryStore) => one], ["later", later]] as const) {
  Deno.test(`every outcome of a store that answers ${when} is counted`, async () => {
    const store = new CountedStore(wrap(new MemoryStore({ records: 1, recordsPerOwner: 1 })));
    await store.claim(ANA, 0);
    await store.claim(ANA, 0);
    await store.claim({ ...ANA, owner: "b" }, 0);
    await store.claim({ ...ANA, id: "Bo" }, 0);
    await store.renew(ANA, "h", 20, 0);
    await store.renew(ANA, "other", 20, 0);
    await store.find(ANA, 0);
    await store.find({ ...ANA, id: "Bo" }, 0);
    await store.list("chat", {}, 0);
    await store.release(ANA, "other", 0);
    await store.expire(20);
    await store.claim(ANA, 0);
    await store.release(ANA, "h", 0);
    const counts = Object.entries(store.services.get("chat")!)
      .filter(([, value]) => typeof value === "number");
    assert.deepEqual(Object.fromEntries(counts), {
      claimed: 2,
      replaced: 1,
      taken: 1,
      full: 1,
      renewed: 1,
      notRenewed: 1,
      released: 1,
      notReleased: 1,
      found: 1,
      notFound: 1,
      listed: 1,
      ended: 1,
      failed: 0,
    });
    assert.equal(store.failing, false);
    assert.deepEqual([...store.services.keys()], ["chat"]);
  });
}

Deno.test("a store that answers at once makes no promise of it", () => {
  const store = new CountedStore(new MemoryStore());
  assert.deepEqual(store.claim(ANA, 0), { outcome: "claimed" });
  assert.deepEqual(store.expire(10), [ANA]);
});

const ERROR = new Error("disk full");
const thrown = () => {
  throw ERROR;
};
const rejected = () => Promise.reject(ERROR);

for (const [how, fail] of [["throws", thrown], ["rejects", rejected]] as const) {
  Deno.test(`what a store ${how} is counted and goes on to the caller`, async () => {
    const working = new MemoryStore();
    const store = new CountedStore({
      claim: fail,
      renew: fail,
      release: fail,
      find: fail,
      list: () => working.list("chat", {}, 0),
      expire: fail,
    });
    const operations = [
      () => store.claim(ANA, 0),
      () => store.renew(ANA, "h", 20, 0),
      () => store.release(ANA, "h", 0),
      () => store.find(ANA, 0),
      () => store.expire(0),
    ];
    for (const operation of operations) {
      await assert.rejects(async () => await operation(), ERROR);
      assert.equal(store.failing, true);
      await store.list("chat", {}, 0);
      assert.equal(store.failing, false);
    }
    assert.equal(store.services.get("chat")!.failed, 4);
    assert.equal(store.sweepsFailed, 1);
  });
}

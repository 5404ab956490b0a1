/**
 * What a {@link DirectoryStore} must do that several servers share, besides what every one does.
 * Time is the real one here: servers share that too.
 *
 * @module
 */
import assert from "node:assert/strict";
import { monotonicNow } from "../../lib/runtime/clock.ts";
import type { DirectoryStore, Registration } from "../../lib/directory/store.ts";
import { eventually } from "../runtime/stores/eventually.ts";

/** What servers share, empty at first. */
export interface Shared {
  /** The store of one more server. */
  join(): Promise<DirectoryStore & AsyncDisposable>;
  close(): Promise<void>;
}

const LEASE = 60_000;
const SERVICE = "chat";

function registration(id: string, holder: string, changes: Partial<Registration> = {}) {
  const expiresAt = monotonicNow() + LEASE;
  return {
    service: SERVICE,
    group: "",
    id,
    owner: holder,
    holder,
    payload: id,
    expiresAt,
    ...changes,
  };
}

/** Registers the tests for one implementation. */
export function sharedStoreContract(name: string, share: () => Promise<Shared>): void {
  const test = (
    what: string,
    run: (one: DirectoryStore, two: DirectoryStore, shared: Shared) => Promise<void>,
  ) =>
    Deno.test(`${name}, shared: ${what}`, async () => {
      const shared = await share();
      try {
        await using one = await shared.join();
        await using two = await shared.join();
        await run(one, two, shared);
      } finally {
        await shared.close();
      }
    });

  const idsAt = async (store: DirectoryStore, group?: string) => {
    const filter = group === undefined ? {} : { group };
    return (await store.list(SERVICE, filter, monotonicNow())).map(({ id }) => id);
  };

  test("what is claimed at one is found and listed at the other", async (one, two) => {
    const ana = registration("Ana", "one/2", { group: "g", payload: { ip: "192.0.2.1", port: 1 } });
    await one.claim(ana, monotonicNow());
    await eventually(async () => await two.find(ana, monotonicNow()) !== null, "found");
    const found = await two.find(ana, monotonicNow());
    assert.ok(Math.abs(found!.expiresAt - ana.expiresAt) < 5000);
    assert.deepEqual({ ...found, expiresAt: 0 }, { ...ana, expiresAt: 0 });
    assert.deepEqual(await idsAt(two), ["Ana"]);
    assert.deepEqual(await idsAt(two, "g"), ["Ana"]);
    assert.deepEqual(await idsAt(two, ""), []);
  });

  test("a name that is taken at one is taken at the other at once", async (one, two) => {
    await one.claim(registration("Ana", "one/2"), monotonicNow());
    const claim = await two.claim(registration("Ana", "two/2"), monotonicNow());
    assert.deepEqual(claim, { outcome: "taken" });
  });

  test("of claims at both at the same moment, one wins, and both know which", async (one, two) => {
    const ids = Array.from({ length: 100 }, (_, i) => `n${i}`);
    const claims = await Promise.all(
      ids.flatMap((id) =>
        [[one, "one/2"], [two, "two/2"]].map(async ([store, holder]) => {
          const at = store as DirectoryStore;
          return {
            id,
            holder,
            ...await at.claim(registration(id, String(holder)), monotonicNow()),
          };
        })
      ),
    );
    for (const id of ids) {
      const outcomes = claims.filter((claim) => claim.id === id);
      const winners = outcomes.filter(({ outcome }) => outcome === "claimed");
      assert.equal(winners.length, 1, id);
      assert.equal(outcomes.filter(({ outcome }) => outcome === "taken").length, 1, id);
      for (const store of [one, two]) {
        const holder = async () => (await store.find(registration(id, ""), monotonicNow()))?.holder;
        await eventually(async () => await holder() === winners[0]!.holder, `${id} at both`);
      }
    }
  });

  test("an owner takes over at the other; the former holder has lost it", async (one, two) => {
    const first = registration("Ana", "one/2", { owner: "ana" });
    const second = registration("Ana", "two/2", { owner: "ana" });
    await one.claim(first, monotonicNow());
    const claim = await two.claim(second, monotonicNow());
    assert.ok(claim.outcome === "replaced");
    assert.equal(claim.previous.holder, "one/2");
    assert.equal(await one.renew(first, "one/2", monotonicNow() + LEASE, monotonicNow()), false);
    assert.equal(await one.release(first, "one/2", monotonicNow()), false);
    assert.equal(await two.renew(second, "two/2", monotonicNow() + LEASE, monotonicNow()), true);
  });

  test("what one releases or renews, the other sees", async (one, two) => {
    const [ana, bia] = [registration("Ana", "one/2"), registration("Bia", "one/4")];
    for (const each of [ana, bia]) await one.claim(each, monotonicNow());
    await eventually(async () => (await idsAt(two)).length === 2, "both");
    const end = monotonicNow() + 3 * LEASE;
    assert.equal(await one.renew(bia, bia.holder, end, monotonicNow()), true);
    await eventually(async () => {
      return (await two.find(bia, monotonicNow()))!.expiresAt > end - 5000;
    }, "renewed");
    assert.equal(await one.release(ana, ana.holder, monotonicNow()), true);
    await eventually(async () => (await idsAt(two)).join() === "Bia", "released");
    const claim = await two.claim(registration("Ana", "two/2"), monotonicNow());
    assert.deepEqual(claim, { outcome: "claimed" });
  });

  test("a lease that one does not renew ends for the other", async (one, two) => {
    const end = monotonicNow() + 300;
    await one.claim(registration("Ana", "one/2", { expiresAt: end }), monotonicNow());
    await one.claim(registration("Bia", "one/4", { expiresAt: end }), monotonicNow());
    await eventually(async () => (await idsAt(two)).length === 2, "both at the other");
    await eventually(async () => (await idsAt(two)).length === 0, "both gone at the other");
    const claimed = async () => {
      const claim = await two.claim(registration("Ana", "two/2"), monotonicNow());
      return claim.outcome === "claimed";
    };
    await eventually(claimed, "free again");
    assert.ok(monotonicNow() >= end - 5);
  });

  test(
    "one that comes later lists thousands, oldest first, by group too",
    async (one, two, shared) => {
      const ids = Array.from({ length: 3000 }, (_, i) => `n${(i * 7919) % 3000}`);
      await Promise.all(ids.map(async (id, i) => {
        await one.claim(registration(id, `one/${i}`, { group: `g${i % 3}` }), monotonicNow());
      }));
      await using late = await shared.join();
      assert.deepEqual(await idsAt(late), await idsAt(one));
      assert.deepEqual(await idsAt(late, "g1"), await idsAt(one, "g1"));
      assert.equal((await idsAt(late, "g1")).length, 1000);
      await eventually(async () => (await idsAt(two)).length === 3000, "all at the other");
      assert.deepEqual(await idsAt(two), await idsAt(one));
    },
  );
}

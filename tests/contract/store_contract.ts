/**
 * What every {@link DirectoryStore} must do, whatever it keeps its records in. Everything is
 * awaited, and no two tests share a store.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Awaitable } from "../../lib/base/awaitable.ts";
import { seededRandom } from "../../lib/base/random.ts";
import type { DirectoryStore, ListFilter, Place, Registration } from "../../lib/directory/store.ts";
import { PlainStore } from "./plain_store.ts";

/** A store under test, empty, and how to be rid of it. */
export interface OpenStore {
  readonly store: DirectoryStore;
  close(): Awaitable<void>;
}

/** Opens a new empty store. */
export type StoreOpener = () => Awaitable<OpenStore>;

/** Opens a new empty store that holds `records` in all and `recordsPerOwner` for each owner. */
export type CappedStoreOpener = (
  capacity: { readonly records: number; readonly recordsPerOwner: number },
) => Awaitable<OpenStore>;

const NOW = 1_000_000;
const LEASE = 15_000;
const SERVICE = "service";

/** A registration of `id` by its owner, from {@link NOW} on, but for what `changes` says. */
function registration(id: string, changes: Partial<Registration> = {}): Registration {
  return {
    service: SERVICE,
    group: "",
    id,
    owner: "192.0.2.1:80",
    holder: "server/2",
    payload: { ip: "192.0.2.1", port: 80 },
    expiresAt: NOW + LEASE,
    ...changes,
  };
}

function placeOf({ service, group, id }: Place): Place {
  return { service, group, id };
}

/** Registers the tests of the contract for one implementation. */
export function storeContract(name: string, open: StoreOpener): void {
  const test = (what: string, run: (store: DirectoryStore) => Promise<void>) =>
    Deno.test(`${name}: ${what}`, () => withStore(open, run));

  test("an empty store has nothing", async (store) => {
    assert.equal(await store.find(registration("Ana"), NOW), null);
    assert.deepEqual(await store.list(SERVICE, {}, NOW), []);
    assert.deepEqual(await store.list(SERVICE, { group: "" }, NOW), []);
    assert.deepEqual(await store.expire(NOW), []);
    assert.equal(await store.renew(registration("Ana"), "server/2", NOW + 1, NOW), false);
    assert.equal(await store.release(registration("Ana"), "server/2", NOW), false);
  });

  test("a claim to a free place is claimed and found as it was given", async (store) => {
    const ana = registration("Ana");
    assert.deepEqual(await store.claim(ana, NOW), { outcome: "claimed" });
    assert.deepEqual(await store.find(placeOf(ana), NOW), ana);
    assert.deepEqual(await store.list(SERVICE, {}, NOW), [ana]);
  });

  test("another owner's claim to a live place is taken and changes nothing", async (store) => {
    const ana = registration("Ana");
    const other = registration("Ana", {
      owner: "192.0.2.9:80",
      holder: "server/4",
      payload: "other",
      expiresAt: NOW + 9 * LEASE,
    });
    await store.claim(ana, NOW);
    assert.deepEqual(await store.claim(other, NOW + 1), { outcome: "taken" });
    assert.deepEqual(await store.find(placeOf(ana), NOW + 1), ana);
    assert.equal(await store.find(placeOf(ana), NOW + LEASE), null);
  });

  test("the same owner's claim replaces and tells what was there", async (store) => {
    const first = registration("Ana");
    const second = registration("Ana", {
      holder: "server/4",
      payload: "second",
      expiresAt: NOW + 2 * LEASE,
    });
    await store.claim(first, NOW);
    assert.deepEqual(await store.claim(second, NOW + 1), { outcome: "replaced", previous: first });
    assert.deepEqual(await store.find(placeOf(first), NOW + 1), second);
    assert.deepEqual(await store.list(SERVICE, {}, NOW + 1), [second]);
    assert.equal(await store.release(placeOf(first), "server/2", NOW + 1), false);
    assert.equal(await store.renew(placeOf(first), "server/2", NOW + LEASE, NOW + 1), false);
    assert.equal(await store.release(placeOf(first), "server/4", NOW + 1), true);
  });

  test("the same claim again, as a lease is refreshed, replaces itself", async (store) => {
    const first = registration("Ana");
    const again = registration("Ana", { expiresAt: NOW + LEASE + 500 });
    await store.claim(first, NOW);
    assert.deepEqual(await store.claim(again, NOW + 500), { outcome: "replaced", previous: first });
    assert.deepEqual(await store.find(placeOf(first), NOW + LEASE), again);
  });

  test("a lease lives until just before its end and not at it", async (store) => {
    const ana = registration("Ana");
    const end = ana.expiresAt;
    await store.claim(ana, NOW);
    assert.deepEqual(await store.find(ana, end - 1), ana);
    assert.deepEqual(await store.list(SERVICE, {}, end - 1), [ana]);
    assert.equal(await store.find(ana, end), null);
    assert.deepEqual(await store.list(SERVICE, {}, end), []);
    assert.deepEqual(await store.list(SERVICE, { group: "" }, end), []);
    assert.deepEqual(await store.list(SERVICE, { group: "", owner: ana.owner }, end), []);
    assert.equal(await store.renew(ana, ana.holder, end + LEASE, end), false);
    assert.equal(await store.release(ana, ana.holder, end), false);
  });

  test("a claim that has run out already is gone at once", async (store) => {
    await store.claim(registration("Ana", { expiresAt: NOW }), NOW);
    assert.equal(await store.find(registration("Ana"), NOW), null);
    assert.deepEqual(await store.list(SERVICE, {}, NOW), []);
    const other = registration("Ana", { owner: "other" });
    assert.deepEqual(await store.claim(other, NOW), { outcome: "claimed" });
  });

  test("what ran out is free for anyone, before it was swept", async (store) => {
    const ana = registration("Ana");
    const other = registration("Ana", {
      owner: "192.0.2.9:80",
      holder: "server/4",
      expiresAt: NOW + 2 * LEASE,
    });
    await store.claim(ana, NOW);
    assert.deepEqual(await store.claim(other, ana.expiresAt), { outcome: "claimed" });
    assert.deepEqual(await store.find(ana, ana.expiresAt), other);
    assert.deepEqual(await store.list(SERVICE, {}, ana.expiresAt), [other]);
    assert.equal(await store.release(ana, ana.holder, ana.expiresAt), false);
  });

  test("its own owner too finds only a free place where its lease ran out", async (store) => {
    const ana = registration("Ana");
    await store.claim(ana, NOW);
    const again = registration("Ana", { expiresAt: NOW + 2 * LEASE });
    assert.deepEqual(await store.claim(again, ana.expiresAt), { outcome: "claimed" });
  });

  test("renewing moves the end of a lease, and only for its holder", async (store) => {
    const ana = registration("Ana");
    const later = ana.expiresAt + 5_000;
    await store.claim(ana, NOW);
    assert.equal(await store.renew(placeOf(ana), "server/20", later, NOW), false);
    assert.equal(await store.renew(placeOf(ana), "", later, NOW), false);
    assert.equal((await store.find(ana, NOW))?.expiresAt, ana.expiresAt);
    assert.equal(await store.renew(placeOf(ana), ana.holder, later, NOW + 5_000), true);
    assert.deepEqual(await store.find(ana, later - 1), { ...ana, expiresAt: later });
    assert.deepEqual(await store.list(SERVICE, {}, later - 1), [{ ...ana, expiresAt: later }]);
    assert.equal(await store.find(ana, later), null);
    assert.deepEqual(await store.list(SERVICE, {}, later), []);
  });

  test("renewing keeps a listed lease listed beyond its first end", async (store) => {
    const ana = registration("Ana");
    await store.claim(ana, NOW);
    await store.claim(registration("Bruno", { expiresAt: NOW + 9 * LEASE }), NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["Ana", "Bruno"]);
    await store.renew(ana, ana.holder, NOW + 2 * LEASE, NOW + 1);
    assert.deepEqual(await idsOf(store, {}, NOW + LEASE), ["Ana", "Bruno"]);
    assert.deepEqual(await idsOf(store, {}, NOW + 2 * LEASE), ["Bruno"]);
  });

  test("renewing may shorten a lease, in lists too", async (store) => {
    const ana = registration("Ana");
    await store.claim(ana, NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["Ana"]);
    assert.deepEqual(await idsOf(store, { group: "" }, NOW), ["Ana"]);
    assert.equal(await store.renew(ana, ana.holder, NOW + 10, NOW), true);
    assert.deepEqual(await idsOf(store, {}, NOW + 10), []);
    assert.deepEqual(await idsOf(store, { group: "" }, NOW + 10), []);
    assert.deepEqual((await store.expire(NOW + 10)).map(({ id }) => id), ["Ana"]);
  });

  test("only its holder releases, and once", async (store) => {
    const ana = registration("Ana");
    await store.claim(ana, NOW);
    assert.equal(await store.release(placeOf(ana), "server/20", NOW), false);
    assert.deepEqual(await store.find(ana, NOW), ana);
    assert.equal(await store.release(placeOf(ana), ana.holder, NOW), true);
    assert.equal(await store.find(ana, NOW), null);
    assert.deepEqual(await store.list(SERVICE, {}, NOW), []);
    assert.equal(await store.release(placeOf(ana), ana.holder, NOW), false);
    assert.equal(await store.renew(placeOf(ana), ana.holder, NOW + LEASE, NOW), false);
    const other = registration("Ana", { owner: "other" });
    assert.deepEqual(await store.claim(other, NOW), { outcome: "claimed" });
  });

  test("expire tells what ran out, once, and leaves the rest", async (store) => {
    const [ana, bruno, camila] = ["Ana", "Bruno", "Camila"].map((id, i) =>
      registration(id, { expiresAt: NOW + 100 * (i + 1) })
    );
    for (const one of [bruno!, camila!, ana!]) await store.claim(one, NOW);
    assert.deepEqual(await store.expire(NOW + 99), []);
    assert.deepEqual(await store.expire(NOW + 100), [ana]);
    assert.deepEqual(await store.expire(NOW + 100), []);
    assert.deepEqual(await store.list(SERVICE, {}, NOW + 100), [bruno, camila]);
    assert.deepEqual(byPlace(await store.expire(NOW + 300)), [bruno, camila]);
    assert.deepEqual(await store.expire(NOW + 10 * LEASE), []);
  });

  test("expire does not take what was renewed, nor what was released", async (store) => {
    const [ana, bruno] = [registration("Ana"), registration("Bruno")];
    await store.claim(ana, NOW);
    await store.claim(bruno, NOW);
    await store.renew(ana, ana.holder, NOW + 2 * LEASE, NOW);
    await store.release(bruno, bruno.holder, NOW);
    assert.deepEqual(await store.expire(NOW + LEASE), []);
    assert.deepEqual((await store.expire(NOW + 2 * LEASE)).map(({ id }) => id), ["Ana"]);
  });

  test("expire reaches every service and group", async (store) => {
    await store.claim(registration("a", { service: "one", group: "x" }), NOW);
    await store.claim(registration("b", { service: "two", group: "y" }), NOW);
    const expired = await store.expire(NOW + LEASE);
    assert.deepEqual(expired.map(({ id }) => id).toSorted(), ["a", "b"]);
  });

  test("services, groups and ids are apart, whatever is in their names", async (store) => {
    const places: Place[] = [];
    for (const service of ["s", "s t", "s:t"]) {
      for (const group of ["", "t", "t u", "t:u", "*"]) {
        for (const id of ["u", "t u", "u:v", "t:u:v", "%", "' OR 1=1 --", "\\", "U"]) {
          places.push({ service, group, id });
        }
      }
    }
    for (const [i, place] of places.entries()) {
      const claim = await store.claim(registration("", { ...place, owner: `owner ${i}` }), NOW);
      assert.deepEqual(claim, { outcome: "claimed" });
    }
    for (const [i, place] of places.entries()) {
      assert.equal((await store.find(place, NOW))?.owner, `owner ${i}`);
    }
    assert.equal((await store.list("s", { group: "t" }, NOW)).length, 8);
    assert.equal((await store.list("s", {}, NOW)).length, 40);
    assert.equal(await store.release(places[0]!, "server/2", NOW), true);
    assert.equal((await store.list("s", {}, NOW)).length, 39);
    assert.equal((await store.list("s t", {}, NOW)).length, 40);
  });

  test("ids compare code point by code point", async (store) => {
    for (const id of ["ana", "Ana", "ANA", "Aná", "Ana\u0301", "ana ", " ana", "😀"]) {
      const claim = await store.claim(registration(id, { owner: id }), NOW);
      assert.deepEqual(claim, { outcome: "claimed" }, id);
    }
  });

  test("a payload comes back as it was, whatever JSON value it is", async (store) => {
    const payloads = [null, true, 1.5, "", "é😀\u2028\"'", [], { a: [{ b: null }], "": {} }];
    for (const [i, payload] of payloads.entries()) {
      await store.claim(registration(`${i}`, { payload }), NOW);
      assert.deepEqual((await store.find(registration(`${i}`), NOW))?.payload, payload);
    }
    const listed = await store.list(SERVICE, {}, NOW);
    assert.deepEqual(listed.map(({ payload }) => payload), payloads);
  });

  test("lists are oldest first; a replacement is new, a renewal is not", async (store) => {
    for (const id of ["b", "c", "a"]) await store.claim(registration(id), NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["b", "c", "a"]);
    await store.renew(registration("b"), "server/2", NOW + 2 * LEASE, NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["b", "c", "a"]);
    await store.claim(registration("b"), NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["c", "a", "b"]);
  });

  test("pages cut from lists miss nobody who stays and repeat nobody, whoever comes and goes", async (store) => {
    const staying = Array.from({ length: 20 }, (_, i) => `stays ${i}`);
    const page = 3;
    for (const id of staying) {
      await store.claim(registration(id), NOW);
      await store.claim(registration(`goes after ${id}`), NOW);
    }
    const seen: string[] = [];
    for (let left = 0;;) {
      const ids = await idsOf(store, {}, NOW);
      // Whoever reads pages goes on behind the last one it saw that is still there.
      const last = seen.findLast((id) => ids.includes(id));
      const at = last === undefined ? 0 : ids.indexOf(last) + 1;
      if (at === ids.length || seen.length > 100) break;
      seen.push(...ids.slice(at, at + page));
      if (left === staying.length) continue;
      const gone = registration(`goes after ${staying[left++]}`);
      assert.equal(await store.release(gone, gone.holder, NOW), true);
      await store.claim(registration(`comes ${left}`), NOW);
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen.filter((id) => id.startsWith("stays")), staying);
    assert.equal(seen.filter((id) => id.startsWith("comes")).length, staying.length);
  });

  test("lists are filtered by group, and by owner within a group", async (store) => {
    const rows = [
      ["1", "x", "ana"],
      ["2", "y", "ana"],
      ["3", "x", "bia"],
      ["4", "x", "ana"],
    ] as const;
    for (const [id, group, owner] of rows) {
      await store.claim(registration(id, { group, owner }), NOW);
    }
    await store.claim(registration("5", { service: "other", group: "x", owner: "ana" }), NOW);
    assert.deepEqual(await idsOf(store, {}, NOW), ["1", "2", "3", "4"]);
    assert.deepEqual(await idsOf(store, { group: "x" }, NOW), ["1", "3", "4"]);
    assert.deepEqual(await idsOf(store, { group: "x", owner: "ana" }, NOW), ["1", "4"]);
    assert.deepEqual(await idsOf(store, { group: "y", owner: "bia" }, NOW), []);
    assert.deepEqual(await idsOf(store, { group: "" }, NOW), []);
  });

  test("the same list comes back while nothing has changed", async (store) => {
    await store.claim(registration("Ana", { group: "x" }), NOW);
    for (const filter of [{}, { group: "x" }, { group: "x", owner: "192.0.2.1:80" }]) {
      const list = await store.list(SERVICE, filter, NOW);
      assert.equal(await store.list(SERVICE, filter, NOW + 1), list);
      assert.equal(await store.list(SERVICE, filter, NOW + LEASE - 1), list);
    }
  });

  test("a list that was handed out stays as it was when the set changes", async (store) => {
    await store.claim(registration("Ana"), NOW);
    const before = await store.list(SERVICE, {}, NOW);
    await store.claim(registration("Bruno", { holder: "server/4" }), NOW);
    const between = await store.list(SERVICE, {}, NOW);
    assert.notEqual(between, before);
    await store.release(registration("Ana"), "server/2", NOW);
    const after = await store.list(SERVICE, {}, NOW);
    assert.notEqual(after, between);
    assert.deepEqual(before.map(({ id }) => id), ["Ana"]);
    assert.deepEqual(between.map(({ id }) => id), ["Ana", "Bruno"]);
    assert.deepEqual(after.map(({ id }) => id), ["Bruno"]);
    const late = await store.list(SERVICE, {}, NOW + LEASE);
    assert.notEqual(late, after);
    assert.deepEqual(late, []);
  });

  test("of many owners' claims at once, one wins", async (store) => {
    const owners = Array.from({ length: 50 }, (_, i) => `owner ${i}`);
    const claims = await Promise.all(owners.map(async (owner) => ({
      owner,
      ...await store.claim(registration("Ana", { owner, holder: owner }), NOW),
    })));
    const winners = claims.filter(({ outcome }) => outcome === "claimed");
    assert.equal(winners.length, 1);
    assert.equal(claims.filter(({ outcome }) => outcome === "taken").length, 49);
    assert.equal((await store.find(registration("Ana"), NOW))?.owner, winners[0]!.owner);
  });

  test("of many owners' claims at once to what ran out, one wins", async (store) => {
    await store.claim(registration("Ana", { owner: "before" }), NOW);
    const owners = Array.from({ length: 50 }, (_, i) => `owner ${i}`);
    const claims = await Promise.all(owners.map(async (owner) =>
      await store.claim(
        registration("Ana", { owner, holder: owner, expiresAt: NOW + 2 * LEASE }),
        NOW + LEASE,
      )
    ));
    assert.equal(claims.filter(({ outcome }) => outcome === "claimed").length, 1);
    assert.equal(claims.filter(({ outcome }) => outcome === "taken").length, 49);
  });

  test("of one owner's claims at once, each replaces another", async (store) => {
    const holders = Array.from({ length: 50 }, (_, i) => `server/${2 * i}`);
    const claims = await Promise.all(
      holders.map(async (holder) => await store.claim(registration("Ana", { holder }), NOW)),
    );
    const previous = claims.flatMap((claim) =>
      claim.outcome === "replaced" ? [claim.previous.holder] : []
    );
    const last = await store.find(registration("Ana"), NOW);
    assert.equal(claims.filter(({ outcome }) => outcome === "claimed").length, 1);
    assert.deepEqual([...previous, last!.holder].toSorted(), holders.toSorted());
  });

  test("of many releases at once, one does it", async (store) => {
    await store.claim(registration("Ana"), NOW);
    const released = await Promise.all(
      Array.from(
        { length: 20 },
        async () => await store.release(registration("Ana"), "server/2", NOW),
      ),
    );
    assert.equal(released.filter((did) => did).length, 1);
  });

  test("over a long random life it does what the plainest store does", async (store) => {
    const random = seededRandom(15_000);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
    const plain = new PlainStore();
    let now = NOW;
    for (let step = 0; step < 2000; step++) {
      now += Math.floor(random() * 40);
      const place = {
        service: pick(["s", "t"]),
        group: pick(["", "g"]),
        id: pick(["a", "b", "c"]),
      };
      const [owner, holder] = [pick(["ana", "bia"]), pick(["1", "2", "3"])];
      const expiresAt = now + Math.floor(random() * 500);
      const group = pick([undefined, "", "g"]);
      const filter = group === undefined ? {} : pick([{ group }, { group, owner }]);
      const run = pick<(on: DirectoryStore) => Awaitable<unknown>>([
        (on) => on.claim({ ...place, owner, holder, expiresAt, payload: step }, now),
        (on) => on.claim({ ...place, owner, holder, expiresAt, payload: step }, now),
        (on) => on.renew(place, holder, expiresAt, now),
        (on) => on.release(place, holder, now),
        (on) => on.find(place, now),
        (on) => on.list(place.service, filter, now),
        (on) => on.list(place.service, filter, now),
        async (on) => byPlace(await on.expire(now)),
      ]);
      assert.deepEqual(await run(store), await run(plain), `step ${step}`);
    }
  });
}

/** Registers the tests of a store that holds no more than it is told to. */
export function cappedStoreContract(name: string, open: CappedStoreOpener): void {
  const test = (
    what: string,
    records: number,
    recordsPerOwner: number,
    run: (store: DirectoryStore) => Promise<void>,
  ) =>
    Deno.test(`${name}: ${what}`, () => withStore(() => open({ records, recordsPerOwner }), run));

  const claimOf = async (store: DirectoryStore, id: string, owner: string, now = NOW) => {
    const claim = { owner, holder: owner, expiresAt: now + LEASE };
    return (await store.claim(registration(id, claim), now)).outcome;
  };

  test("a full store refuses a new place and keeps what it has", 2, 9, async (store) => {
    assert.equal(await claimOf(store, "a", "1"), "claimed");
    assert.equal(await claimOf(store, "b", "2"), "claimed");
    assert.equal(await claimOf(store, "c", "3"), "full");
    assert.deepEqual(await idsOf(store, {}, NOW), ["a", "b"]);
    assert.equal(await store.find(registration("c"), NOW), null);
  });

  test("a full store still replaces, and says taken before full", 2, 9, async (store) => {
    await claimOf(store, "a", "1");
    await claimOf(store, "b", "2");
    assert.equal(await claimOf(store, "a", "1"), "replaced");
    assert.equal(await claimOf(store, "a", "2"), "taken");
    assert.equal(await store.renew(registration("a"), "1", NOW + 2 * LEASE, NOW), true);
  });

  test("what is released or swept makes room", 2, 9, async (store) => {
    await claimOf(store, "a", "1");
    await claimOf(store, "b", "2");
    await store.release(registration("a"), "1", NOW);
    assert.equal(await claimOf(store, "c", "3"), "claimed");
    await store.expire(NOW + LEASE);
    assert.equal(await claimOf(store, "d", "4", NOW + LEASE), "claimed");
    assert.equal(await claimOf(store, "e", "5", NOW + LEASE), "claimed");
    assert.equal(await claimOf(store, "f", "6", NOW + LEASE), "full");
  });

  test("an owner has its share in each service, and others theirs", 99, 2, async (store) => {
    assert.equal(await claimOf(store, "a", "1"), "claimed");
    assert.equal(await claimOf(store, "b", "1"), "claimed");
    assert.equal(await claimOf(store, "c", "1"), "full");
    assert.equal(await claimOf(store, "b", "1"), "replaced");
    assert.equal(await claimOf(store, "c", "2"), "claimed");
    const elsewhere = registration("c", { service: "other", owner: "1" });
    assert.deepEqual(await store.claim(elsewhere, NOW), { outcome: "claimed" });
    await store.release(registration("a"), "1", NOW);
    assert.equal(await claimOf(store, "d", "1"), "claimed");
  });

  test("an owner's share counts for places that ran out as for others", 99, 1, async (store) => {
    await claimOf(store, "a", "1");
    await claimOf(store, "b", "2", NOW + 1);
    assert.equal(await claimOf(store, "a", "2", NOW + LEASE), "full");
    assert.equal(await claimOf(store, "a", "3", NOW + LEASE), "claimed");
    assert.equal(await claimOf(store, "c", "1", NOW + LEASE), "claimed");
  });
}

async function withStore(
  open: StoreOpener,
  run: (store: DirectoryStore) => Promise<void>,
): Promise<void> {
  const { store, close } = await open();
  try {
    await run(store);
  } finally {
    await close();
  }
}

async function idsOf(store: DirectoryStore, filter: ListFilter, now: number): Promise<string[]> {
  return (await store.list(SERVICE, filter, now)).map(({ id }) => id);
}

function byPlace(registrations: readonly Registration[]): Registration[] {
  const key = ({ service, group, id }: Place) => JSON.stringify([service, group, id]);
  return registrations.toSorted((a, b) => key(a) < key(b) ? -1 : 1);
}

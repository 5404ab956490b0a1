import assert from "node:assert/strict";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import type { Registration } from "../../lib/directory/store.ts";

// What every store does is in tests/contract; here is what only this one promises.

const registration = (id: string, changes: Partial<Registration> = {}): Registration => ({
  service: "s",
  group: "g",
  id,
  owner: "o",
  holder: "h",
  payload: null,
  expiresAt: 100,
  ...changes,
});

Deno.test("memory store: answers at once, without promises", () => {
  const store = new MemoryStore();
  const ana = registration("Ana");
  const answers = [
    store.claim(ana, 0),
    store.find(ana, 0),
    store.list("s", {}, 0),
    store.renew(ana, "h", 200, 0),
    store.release(ana, "h", 0),
    store.expire(0),
  ];
  for (const answer of answers) assert.ok(!((answer as unknown) instanceof Promise));
});

Deno.test("memory store: holds no more than what lives and what waits to be swept", () => {
  const store = new MemoryStore();
  for (let i = 0; i < 1000; i++) {
    store.claim(registration(`${i % 10}`, { expiresAt: i + 5 }), i);
    store.list("s", {}, i);
    store.list("s", { group: `nobody here ${i}` }, i);
    assert.ok(store.size <= 10);
  }
  store.expire(10_000);
  assert.equal(store.size, 0);
});

Deno.test("memory store: does not keep the object that was handed in", () => {
  const store = new MemoryStore();
  const ana = { ...registration("Ana") };
  store.claim(ana, 0);
  store.renew(ana, "h", 500, 0);
  assert.equal(ana.expiresAt, 100);
});

Deno.test("memory store: a sweep finds leases that were renewed to end sooner", () => {
  const store = new MemoryStore();
  store.claim(registration("a", { expiresAt: 1000 }), 0);
  store.claim(registration("b", { expiresAt: 2000 }), 0);
  assert.equal(store.expire(10).length, 0);
  store.renew(registration("b"), "h", 50, 10);
  assert.deepEqual(store.expire(50).map(({ id }) => id), ["b"]);
  assert.deepEqual(store.expire(999), []);
  assert.deepEqual(store.expire(1000).map(({ id }) => id), ["a"]);
});

Deno.test("memory store: a service that is full leaves room for the others", () => {
  const store = new MemoryStore({ records: 3, recordsPerOwner: 9, recordsPerService: 2 });
  const claim = (id: string, service: string) =>
    store.claim(registration(id, { service }), 0).outcome;
  assert.deepEqual(["a", "b", "c"].map((id) => claim(id, "s")), ["claimed", "claimed", "full"]);
  assert.equal(claim("b", "s"), "replaced", "who is there stays");
  assert.equal(claim("a", "t"), "claimed");
  assert.equal(claim("b", "t"), "full", "the directory is full");
});

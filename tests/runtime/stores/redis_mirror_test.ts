import assert from "node:assert/strict";
import { RedisMirror } from "../../../lib/runtime/stores/redis_mirror.ts";
import { keyOf, type RedisRow } from "../../../lib/runtime/stores/redis_row.ts";

const NOW = 1000;
const place = (id: string) => ({ service: "chat", group: "", id });

function row(id: string, order: number, changes: Partial<RedisRow> = {}): RedisRow {
  const key = keyOf(place(id));
  return { key, owner: "o", holder: `h${order}`, payload: "1", order, left: 100, ...changes };
}

const put = (each: RedisRow) => ({ kind: "put", token: "t", row: each }) as const;
const removed = (id: string) => ({ kind: "removed", token: "t", key: keyOf(place(id)) }) as const;

function mirror() {
  const it = new RedisMirror(() => NOW, undefined);
  const holders = () => it.memory.list("chat", {}, NOW).map(({ id, holder }) => `${id} ${holder}`);
  return { it, holders };
}

Deno.test("mirror: changes are applied as they come, over whoever was there", () => {
  const { it, holders } = mirror();
  it.apply(put(row("a", 1)));
  it.apply(put(row("b", 2)));
  it.apply(put(row("a", 3, { owner: "other" })));
  assert.deepEqual(holders(), ["b h2", "a h3"]);
  it.apply({ kind: "renewed", token: "t", leases: [[keyOf(place("b")), 900]] });
  assert.equal(it.memory.find(place("b"), NOW)?.expiresAt, NOW + 900);
  it.apply({ kind: "renewed", token: "t", leases: [[keyOf(place("c")), 900]] });
  it.apply(removed("a"));
  it.apply(removed("a"));
  assert.deepEqual(holders(), ["b h2"]);
});

Deno.test("mirror: ends that are known better than from the change are taken", () => {
  const { it } = mirror();
  it.apply(put(row("a", 1)), new Map([[keyOf(place("a")), 4321]]));
  assert.equal(it.memory.find(place("a"), NOW)?.expiresAt, 4321);
});

Deno.test("mirror: a new copy is read in any order and in pages, and listed oldest first", () => {
  const { it, holders } = mirror();
  it.apply(put(row("old", 1)));
  it.begin();
  it.read([row("c", 7), row("a", 9)]);
  assert.deepEqual(holders(), ["old h1"], "the former copy is read until then");
  it.read([row("b", 8)]);
  it.complete();
  assert.deepEqual(holders(), ["c h7", "b h8", "a h9"]);
});

Deno.test("mirror: what changed while a copy is made counts more than what was read", () => {
  const { it, holders } = mirror();
  it.begin();
  it.read([row("a", 1), row("b", 2)]);
  it.apply(put(row("a", 5, { owner: "other" })));
  it.apply(removed("b"));
  it.apply(put(row("c", 6)));
  it.apply(removed("d"));
  // Read before the changes, arrived after them.
  it.read([row("c", 3), row("d", 4), row("b", 2)]);
  it.apply({ kind: "renewed", token: "t", leases: [[keyOf(place("c")), 500]] });
  it.complete();
  assert.deepEqual(holders(), ["a h5", "c h6"]);
  assert.equal(it.memory.find(place("c"), NOW)?.expiresAt, NOW + 500);
});

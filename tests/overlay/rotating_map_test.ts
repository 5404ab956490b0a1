import assert from "node:assert/strict";
import { RotatingMap } from "../../lib/overlay/rotating_map.ts";

const memory = { lifetime: 90, capacity: 40, generations: 4 };

Deno.test("an entry is kept for its lifetime and forgotten not much later", () => {
  for (let start = 0; start < 200; start += 7) {
    const map = new RotatingMap<string, number>(memory);
    map.set("early", 0, 0);
    map.set("a", 1, start);
    for (let at = start; at <= start + 90; at += 5) assert.equal(map.get("a", at), 1);
    assert.equal(map.get("a", start + 121), undefined);
  }
});

Deno.test("a pause of any length forgets what is older than the lifetime and a third", () => {
  const map = new RotatingMap<string, number>(memory);
  map.set("a", 1, 0);
  map.set("b", 2, 80);
  assert.equal(map.get("a", 125), undefined);
  assert.equal(map.get("b", 125), 2);
  assert.equal(map.get("b", 1e9), undefined);
  assert.equal(map.size, 0);
});

Deno.test("it never holds more than its capacity, and forgets the oldest first", () => {
  const map = new RotatingMap<number, number>(memory);
  for (let key = 0; key < 1000; key += 1) {
    map.set(key, key, 0);
    assert.ok(map.size <= memory.capacity);
    for (let recent = Math.max(0, key - 29); recent <= key; recent += 1) {
      assert.equal(map.get(recent, 0), recent);
    }
  }
  assert.equal([...map.entries()].length, map.size);
});

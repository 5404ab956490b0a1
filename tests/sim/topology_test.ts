import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { distances, randomNeighbours } from "./topology.ts";

Deno.test("random neighbours: connected, of the degree wanted, none with itself or twice", () => {
  const edges = randomNeighbours(1000, 8, seededRandom(3));
  const neighbours = Array.from({ length: 1000 }, () => new Set<number>());
  for (const [one, two] of edges) {
    assert.notEqual(one, two);
    assert.ok(!neighbours[one]!.has(two));
    neighbours[one]!.add(two);
    neighbours[two]!.add(one);
  }
  const found = distances(0, (node) => neighbours[node]!);
  assert.equal(found.size, 1000);
  assert.ok(Math.max(...found.values()) <= 6);
  assert.ok(neighbours.every(({ size }) => size >= 6 && size <= 8));
  assert.ok(edges.length > 3960);
});

Deno.test("distances stop at the edge of what can be reached", () => {
  const next = new Map([["a", ["b"]], ["b", ["a", "c"]], ["d", ["e"]]]);
  const found = distances("a", (node) => next.get(node) ?? []);
  assert.deepEqual([...found], [["a", 0], ["b", 1], ["c", 2]]);
});

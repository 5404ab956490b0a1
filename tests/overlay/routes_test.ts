import assert from "node:assert/strict";
import { MINUTE } from "../../lib/base/units.ts";
import { OVERLAY_LIMITS } from "../../lib/overlay/limits.ts";
import { RouteTable } from "../../lib/overlay/routes.ts";

const rtts = new Map<string, number | null>([["near", 10], ["far", 50], ["new", null]]);
const rttOf = (next: string) => rtts.get(next);
const best = (table: RouteTable, now = 0, avoid: string[] = []) =>
  table.best("zoe", now, rttOf, avoid)?.next ?? null;

Deno.test("the fewest hops win, then the least round trip, and an unknown one comes last", () => {
  const table = new RouteTable();
  assert.ok(table.learn("zoe", "new", "v", 3, 0));
  assert.equal(best(table), "new");
  assert.ok(!table.learn("zoe", "far", "v", 3, 0));
  assert.equal(best(table), "far");
  table.learn("zoe", "near", "v", 3, 0);
  assert.equal(best(table), "near");
  table.learn("zoe", "far", "v", 2, 0);
  assert.equal(best(table), "far");
  assert.equal(best(table, 0, ["far"]), "near");
  assert.equal(best(table, 0, ["far", "near", "new"]), null);
});

Deno.test("the round trip of the route itself counts before that of the neighbour", () => {
  const table = new RouteTable();
  table.learn("zoe", "near", "v", 2, 0);
  table.learn("zoe", "far", "v", 2, 0);
  table.worked("zoe", "near", 200);
  table.worked("zoe", "far", 100);
  assert.equal(best(table), "far");
  assert.deepEqual(table.rows(5, rttOf), [
    { dst: "zoe", next: "far", via: "v", hops: 2, age: 5, rtt: 100, delivered: 1, failed: 0 },
    { dst: "zoe", next: "near", via: "v", hops: 2, age: 5, rtt: 200, delivered: 1, failed: 0 },
  ]);
});

Deno.test("routes end after five minutes, and with their next hop", () => {
  const table = new RouteTable();
  table.learn("zoe", "near", "v", 2, 0);
  table.learn("zoe", "far", "v", 3, MINUTE);
  assert.equal(best(table, 5 * MINUTE - 1), "near");
  assert.equal(best(table, 5 * MINUTE), "far");
  assert.equal(best(table, 6 * MINUTE), null);
  assert.equal(table.size, 0);
  table.learn("zoe", "near", "v", 2, 0);
  table.learn("zoe", "far", "v", 2, 0);
  table.learn("rui", "near", "v", 2, 0);
  assert.deepEqual(table.lost("near"), ["zoe", "rui"]);
  assert.equal(best(table), "far");
  assert.equal(table.size, 1);
});

Deno.test("a failure ends the route that the message took, not one learned since", () => {
  const table = new RouteTable();
  table.learn("zoe", "near", "v", 2, 10);
  assert.ok(!table.failed("zoe", "near", 9));
  assert.equal(best(table, 10), "near");
  assert.ok(table.failed("zoe", "near", 10));
  assert.equal(best(table, 10), null);
  assert.ok(!table.failed("zoe", "near", 10));
});

Deno.test("a next hop that is no relay is not used", () => {
  const table = new RouteTable();
  table.learn("zoe", "stranger", "v", 1, 0);
  assert.equal(best(table), null);
});

Deno.test("the table is bounded: the oldest destination goes, and the oldest next hop", () => {
  const table = new RouteTable();
  for (let at = 0; at < OVERLAY_LIMITS.routeDestinations + 10; at += 1) {
    table.learn(`p${at}`, "near", "v", 2, 0);
  }
  assert.equal(table.size, OVERLAY_LIMITS.routeDestinations);
  assert.equal(table.best("p9", 0, rttOf, []), null);
  assert.notEqual(table.best("p10", 0, rttOf, []), null);
  for (const next of ["a", "b", "c", "d", "e"]) table.learn("zoe", next, "v", 2, 0);
  assert.deepEqual(
    table.rows(0, rttOf).filter(({ dst }) => dst === "zoe").map(({ next }) => next),
    ["b", "c", "d", "e"],
  );
});

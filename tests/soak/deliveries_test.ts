import { strict as assert } from "node:assert";
import { MINUTE } from "../../lib/base/units.ts";
import { Deliveries } from "./deliveries.ts";

Deno.test("deliveries: both ends may tell first", () => {
  const deliveries = new Deliveries();
  deliveries.shown("a", 0);
  deliveries.delivered("a");
  deliveries.delivered("b");
  assert.deepEqual([deliveries.acknowledged, deliveries.lost], [2, 1]);
  deliveries.shown("b", 1);
  assert.equal(deliveries.lost, 0);
});

Deno.test("deliveries: what was shown is remembered until nobody asks any more", () => {
  const deliveries = new Deliveries();
  deliveries.shown("a", 0);
  deliveries.shown("b", 10 * MINUTE);
  deliveries.delivered("a");
  deliveries.shown("c", 20 * MINUTE);
  deliveries.delivered("a");
  deliveries.delivered("b");
  assert.equal(deliveries.lost, 1);
});

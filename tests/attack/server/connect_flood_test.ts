import { strict as assert } from "node:assert";
import { conduct, summary } from "../conduct.ts";
import { connectFlood, MOST } from "./connect_flood.ts";

Deno.test("beyond the cap of an address connections are closed; other addresses are served", async () => {
  const report = await conduct(connectFlood);
  console.log(summary(report));
  const { observed, counted } = report;
  const refused = (port: string) =>
    counted.get(`prosa_connections_refused_total{port="${port}"}`) ?? 0;
  assert.equal(observed.kept, MOST);
  assert.ok(refused("chat") > 0 && refused("registry") > 0);
  assert.ok(refused("chat") + refused("registry") >= Number(observed["closed at once"]));
});

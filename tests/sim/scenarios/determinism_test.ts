import assert from "node:assert/strict";
import { churn } from "./churn.ts";

Deno.test("the same seed gives the same overlay, line by line; another seed another", () => {
  const plan = { peers: 15, outbound: 3, perMinute: 0.4, minutes: 1, messagesPerSecond: 2 };
  const trace = (seed: number) => churn({ ...plan, seed, trace: true }).trace;
  const first = trace(1);
  assert.match(first!, /^[0-9a-f]{8}$/);
  assert.equal(trace(1), first);
  assert.notEqual(trace(2), first);
});

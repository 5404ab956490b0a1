import assert from "node:assert/strict";
import { MINUTE } from "../../../lib/base/units.ts";
import { USUAL_PATH } from "../stream_path.ts";
import { churn, type ChurnResult, describeChurn } from "./churn.ts";

function check(result: ChurnResult): void {
  console.log(`  ${describeChurn(result)}`);
  assert.ok(result.counted > 0.9 * result.sent);
  assert.ok(result.countedDelivered / result.counted >= 0.999);
  assert.equal(result.shownTwice, 0);
  assert.equal(result.acknowledgedUnseen, 0);
  assert.equal(result.silent, 0);
}

Deno.test("a fifth of the peers goes every minute: messages between connected peers arrive", () => {
  const peers = 100;
  const plan = { seed: 1, peers, outbound: 4, perMinute: 0.2, minutes: 10, messagesPerSecond: 8 };
  const result = churn(plan);
  assert.equal(result.gone, 200);
  check(result);
});

Deno.test("every link breaks within minutes: messages between connected peers arrive", () => {
  const path = { ...USUAL_PATH, jitter: 40, lifetime: MINUTE };
  const plan = { seed: 2, peers: 40, outbound: 4, perMinute: 0, minutes: 5, messagesPerSecond: 8 };
  check(churn({ ...plan, path }));
});

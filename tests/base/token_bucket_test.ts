import assert from "node:assert/strict";
import { Quota } from "../../lib/overlay/quota.ts";
import { TokenBucket } from "../../lib/base/token_bucket.ts";

Deno.test("a bucket gives its burst at once and its rate over time", () => {
  const bucket = new TokenBucket({ rate: 200, burst: 400 });
  let taken = 0;
  while (bucket.take(0)) taken += 1;
  assert.equal(taken, 400);
  assert.equal(bucket.readyAt(0), 5);
  assert.ok(!bucket.take(4));
  assert.ok(bucket.take(5));
  assert.ok(!bucket.take(5));
  bucket.refund();
  assert.ok(bucket.take(5));
  for (taken = 0; bucket.take(1e9);) taken += 1;
  assert.equal(taken, 400);
});

Deno.test("a quota notices once a second, and no quota admits everything", () => {
  const quota = new Quota({ rate: 1, burst: 1 });
  const verdicts = [0, 0, 0, 999, 1000, 1000, 1001].map((now) => quota.admit(now));
  assert.deepEqual(verdicts, ["admit", "notice", "drop", "drop", "admit", "notice", "drop"]);
  quota.answered();
  assert.equal(quota.admit(1001), "admit");
  const open = new Quota(null);
  for (let at = 0; at < 1000; at += 1) assert.equal(open.admit(0), "admit");
});

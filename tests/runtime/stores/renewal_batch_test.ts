import assert from "node:assert/strict";
import { RenewalBatch } from "../../../lib/runtime/stores/renewal_batch.ts";

function renewal(i: number) {
  return { key: `k${i}`, holder: `h${i}`, lease: i, expiresAt: 1000 + i };
}

Deno.test("renewals: one goes at once, those that come meanwhile go together", async () => {
  const calls: { keys: string[]; answer: PromiseWithResolvers<unknown[]> }[] = [];
  const batch = new RenewalBatch((keys, args, ends) => {
    assert.deepEqual(args, keys.flatMap((key) => [key.replace("k", "h"), Number(key.slice(1))]));
    assert.deepEqual([...ends.keys()], keys);
    const answer = Promise.withResolvers<unknown[]>();
    calls.push({ keys, answer });
    return answer.promise;
  });
  const first = batch.renew(renewal(0));
  const rest = Array.from({ length: 600 }, (_, i) => batch.renew(renewal(i + 1)));
  assert.deepEqual(calls.map(({ keys }) => keys.length), [1]);
  calls[0]!.answer.resolve([1]);
  assert.equal(await first, true);
  await Promise.resolve();
  assert.deepEqual(calls.map(({ keys }) => keys.length), [1, 500]);
  calls[1]!.answer.resolve(calls[1]!.keys.map((_, i) => i % 2));
  const kept = await Promise.all(rest.slice(0, 500));
  assert.deepEqual(kept, kept.map((_, i) => i % 2 === 1));
  await Promise.resolve();
  calls[2]!.answer.reject(new Error("away"));
  for (const late of await Promise.allSettled(rest.slice(500))) {
    assert.equal(late.status, "rejected");
  }
  const again = batch.renew(renewal(7));
  calls[3]!.answer.resolve([0]);
  assert.equal(await again, false);
});

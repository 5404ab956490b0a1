import assert from "node:assert/strict";
import { whenReady } from "../../lib/base/awaitable.ts";

Deno.test("awaitable: a value that is there goes on at once", () => {
  assert.equal(whenReady(20, (value) => value + 1), 21);
});

Deno.test("awaitable: a value to come goes on when it has come", async () => {
  const later = whenReady(Promise.resolve(20), (value) => value + 1);
  assert.ok(later instanceof Promise);
  assert.equal(await later, 21);
});

Deno.test("awaitable: what fails, fails the same way", async () => {
  assert.throws(() =>
    whenReady(1, () => {
      throw new RangeError("now");
    }), RangeError);
  await assert.rejects(
    async () => await whenReady(Promise.reject(new RangeError("later")), () => 1),
    RangeError,
  );
});

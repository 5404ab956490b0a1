import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { uuidSource } from "../../lib/overlay/uuid.ts";

Deno.test("ids are UUIDv4, and each is new", () => {
  const newId = uuidSource(seededRandom(1));
  const ids = new Set(Array.from({ length: 10_000 }, newId));
  assert.equal(ids.size, 10_000);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

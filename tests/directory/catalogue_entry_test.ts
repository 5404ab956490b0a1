import assert from "node:assert/strict";
import { bytesOfFiles, inOrder } from "../../lib/directory/catalogue_entry.ts";
import { CATALOGUE_LIMITS } from "../../lib/directory/catalogue_limits.ts";
import { song } from "./catalogue_probe.ts";

Deno.test("a list is by id, and of equal ids it has the last", () => {
  const again = song(2, { title: "Again" });
  assert.deepEqual(inOrder([song(3), song(2), song(1), again]), [song(1), again, song(3)]);
  assert.deepEqual(inOrder([]), []);
});

Deno.test("what a list counts does not depend on how it is sent", () => {
  const [one, two] = [song(1), song(22, { artist: "" })];
  assert.equal(bytesOfFiles([one, two]), bytesOfFiles([one]) + bytesOfFiles([two]));
  assert.equal(bytesOfFiles([]), 0);
  const nameless = song(1, { name: "", title: "", artist: "" });
  assert.equal(bytesOfFiles([nameless]), CATALOGUE_LIMITS.fileBytes);
});

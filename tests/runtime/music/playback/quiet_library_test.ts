import assert from "node:assert/strict";
import { quietly } from "../../../../lib/runtime/music/playback/quiet_library.ts";

/** What is printed while `work` goes on. */
async function printedBy(work: () => Promise<void>): Promise<unknown[]> {
  const { error } = console;
  const printed: unknown[] = [];
  console.error = (word) => void printed.push(word);
  try {
    await work();
  } finally {
    console.error = error;
  }
  return printed;
}

Deno.test("quiet library: what it prints is not seen, what it returns or throws is", async () => {
  const printed = await printedBy(async () => {
    const value = await quietly(() => {
      console.error("a frame");
      return Promise.resolve(7);
    });
    assert.equal(value, 7);
    const broken = quietly(() => Promise.reject(new RangeError("memory")));
    await assert.rejects(broken, RangeError);
    console.error("ours");
  });
  assert.deepEqual(printed, ["ours"]);
});

Deno.test("quiet library: of two at once, the last one to end gives the voice back", async () => {
  const printed = await printedBy(async () => {
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const works = [quietly(() => one.promise), quietly(() => other.promise)];
    one.resolve();
    await works[0];
    console.error("still quiet");
    other.resolve();
    await works[1];
    console.error("ours");
  });
  assert.deepEqual(printed, ["ours"]);
});

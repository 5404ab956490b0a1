import assert from "node:assert/strict";
import { PATIENCE } from "../output_watch.ts";
import { EarWatch } from "./ear_watch.ts";

const FRAME_BYTES = 1920;

Deno.test("ear watch: a sample is heard when its frame came into the file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "prosa-ears-" });
  await using resources = new AsyncDisposableStack();
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  using ears = new EarWatch(folder);
  const path = `${folder}/hears.wav`;
  using file = await Deno.open(path, { write: true, create: true });
  await file.write(new Uint8Array(44));
  assert.throws(() => ears.heardAt(path, 0), RangeError);
  const before = performance.timeOrigin + performance.now();
  await file.write(new Uint8Array(FRAME_BYTES));
  const latest = performance.now() + PATIENCE;
  for (;;) {
    try {
      const at = ears.heardAt(path, 480);
      const after = performance.timeOrigin + performance.now();
      assert.ok(at >= before + 10 && at <= after + 10, `${at} ${before} ${after}`);
      return;
    } catch (error) {
      if (!(error instanceof RangeError) || performance.now() > latest) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
});

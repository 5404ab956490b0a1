import assert from "node:assert/strict";
import { monotonicNow } from "../../../lib/runtime/clock.ts";
import { TransferPort } from "../../../lib/music/transfer_port.ts";
import { TransferLoop } from "../../../lib/runtime/music/transfer_loop.ts";
import { newHasher } from "../../music/sim/sample_file.ts";
import { until } from "../line_client.ts";

const SOURCE = { ip: "127.0.0.1", port: 7000 };

/** A loop whose fetch asks a source that never answers. */
class LoopRig implements Disposable {
  readonly sent: number[] = [];
  readonly told: string[] = [];
  readonly bugs: unknown[] = [];
  readonly port = new TransferPort({ file: () => null, newToken: () => 1, limit: null });
  readonly loop = new TransferLoop(this.port, {
    send: () => void this.sent.push(monotonicNow()),
    perform: (effect) => void this.told.push(effect.effect.kind),
    bug: (error) => void this.bugs.push(error),
  });

  fetch(number: number): void {
    this.loop.submit({
      kind: "fetch",
      fetch: number,
      options: {
        ...{ id: "0".repeat(64), size: 1, pieces: null, sources: [SOURCE], port: 1, offset: 0 },
        ...{ hash: newHasher, newStream: () => number },
      },
    });
  }

  [Symbol.dispose](): void {
    this.loop[Symbol.dispose]();
  }
}

Deno.test("transfer loop: sends at once, and again when the machine wants to be woken", async () => {
  using rig = new LoopRig();
  const began = performance.now();
  rig.fetch(1);
  assert.equal(rig.sent.length, 1);
  await until(() => rig.sent.length === 2, "asked again");
  const wait = rig.sent[1]! - began;
  assert.ok(wait >= 249, `after ${wait} ms`);
  assert.deepEqual(rig.told, []);
  rig.loop.submit({ kind: "reception", fetch: 1, input: { kind: "cancel" } });
  assert.deepEqual(rig.told, ["cancelled"]);
});

Deno.test("transfer loop: what the machine throws is a bug, and it goes on", () => {
  using rig = new LoopRig();
  rig.fetch(1);
  rig.fetch(1);
  assert.ok(rig.bugs[0] instanceof RangeError);
  rig.fetch(2);
  assert.deepEqual([rig.sent.length, rig.bugs.length], [2, 1]);
});

Deno.test("transfer loop: nothing happens once it is disposed of", async () => {
  const rig = new LoopRig();
  rig.fetch(1);
  rig.loop[Symbol.dispose]();
  rig.fetch(2);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([rig.sent.length, rig.told, rig.bugs], [1, [], []]);
});

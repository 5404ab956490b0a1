import assert from "node:assert/strict";
import { MIB } from "../../lib/base/units.ts";
import { CongestionControl } from "../../lib/music/congestion_control.ts";
import { RoundTrip } from "../../lib/music/round_trip.ts";
import { MOST_PACKET_BYTES } from "../../lib/protocol/music/transfer_packets.ts";
import type { DatagramPlan } from "../sim/datagram_path.ts";
import { sampleFile } from "./sim/sample_file.ts";
import { TransferWorld } from "./sim/transfer_world.ts";

const FILE = sampleFile(24 * MIB);

/** A transfer over a path whose plan may be changed on the way; `look` runs some time of it. */
function begun(plan: Partial<DatagramPlan>) {
  const world = new TransferWorld({ path: { delay: 25, queueBytes: MIB, ...plan } });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  const path = world.datagrams.path(source.at.ip, listener.at.ip);
  const phases: string[] = [];
  const look = (time: number) => {
    for (const end = world.now + time; world.now < end;) {
      world.timeline.run(5);
      const phase = source.machine.status()[0]?.phase;
      if (phase !== undefined && phase !== phases.at(-1)) phases.push(phase);
    }
    return source.machine.status()[0]!;
  };
  return { look, phases, plan: path.plan as { bandwidth: number } };
}

Deno.test("congestion control: finds the rate of a path and goes round by round about it", () => {
  const { look, phases } = begun({ bandwidth: 5000 });
  const { rate, window, roundTrip } = look(3000);
  assert.ok(rate > 4_800_000 && rate < 5_200_000, `${rate}`);
  assert.ok(window > 1.8 * 50 * 5000 && window < 3 * 50 * 5000, `${window}`);
  assert.ok(roundTrip < 65, `${roundTrip}`);
  assert.match(phases.join(" "), /^startup drain cruise up down cruise up down cruise/);
});

Deno.test("congestion control: follows a path that takes less, and one that takes more", () => {
  const { look, plan } = begun({ bandwidth: 4000 });
  look(1500);
  plan.bandwidth = 1000;
  const less = look(2000);
  assert.ok(less.rate < 1_300_000, `${less.rate}`);
  plan.bandwidth = 4000;
  const more = look(2000);
  assert.ok(more.rate > 3_700_000, `${more.rate}`);
});

Deno.test("congestion control: jitter is no reason to fill a queue", () => {
  const { look } = begun({ bandwidth: 1000, jitter: 20 });
  const { roundTrip, rate } = look(15_000);
  // 70 ms of it is the path's own.
  assert.ok(roundTrip < 130, `${roundTrip}`);
  assert.ok(rate > 950_000 && rate < 1_250_000, `${rate}`);
});

Deno.test("congestion control: loss while it sends slowly is the path's own", () => {
  const control = new CongestionControl(new RoundTrip(), 6);
  for (let n = 0; n < 400; n++) control.fate(n % 5 === 0, false);
  assert.equal(control.background, 0, "it was not sent slowly");
  for (let n = 0; n < 400; n++) control.fate(n % 5 === 0, true);
  assert.ok(Math.abs(control.background - 0.2) < 0.02, `${control.background}`);
  for (let n = 0; n < 4000; n++) control.fate(true, true);
  assert.ok(control.background <= 0.4);
});

Deno.test("congestion control: begins with a window and a pace, and without a rate", () => {
  const control = new CongestionControl(new RoundTrip(), 6);
  assert.equal(control.phase, "startup");
  assert.equal(control.rate, 0);
  assert.equal(control.window, 32 * MOST_PACKET_BYTES);
  assert.ok(control.pace > 0);
});

/**
 * A process with some of the people of a soak: real peers, without a screen. Its only argument is a
 * `WorkerPlan`; orders come in as JSON, one a line, and what it tells goes out the same way.
 *
 *     deno run --allow-all --v8-flags=--expose-gc worker_program.ts PLAN
 */
import { seededRandom } from "../../lib/base/random.ts";
import { TextLineStream } from "../bench/text_lines.ts";
import { countTimers } from "./counted_timers.ts";
import { Slowness } from "./slowness.ts";
import type { Order, Told, WorkerPlan } from "./orders.ts";
import { Tally } from "./tally.ts";

const slowness = new Slowness();
const timers = countTimers();
// Whoever keeps `setTimeout` has to find the one that counts.
const { Person } = await import("./person.ts");
const { openCodec } = await import("../../lib/media/open_codec.ts");

/** Far from the seeds of others who come one after the other. */
const SEED_STEP = 7919;

const encoder = new TextEncoder();
const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new TypeError("--v8-flags=--expose-gc is needed");

const plan: WorkerPlan = JSON.parse(Deno.args[0]!);
const world = { plan, tally: new Tally(), slowness, tell };
const people = await Promise.all(
  Array.from({ length: plan.own[1] - plan.own[0] }, (_, n) => {
    const index = plan.own[0] + n;
    return Person.make(world, index, seededRandom(plan.seed * SEED_STEP + index));
  }),
);
let leaving = new AbortController();
let living: Promise<unknown> = Promise.resolve();

await useOnce(plan.homes);

tell({ kind: "ready" });
const lines = Deno.stdin.readable
  .pipeThrough(new TextDecoderStream())
  .pipeThrough(new TextLineStream());
for await (const line of lines) carryOut(JSON.parse(line) as Order);
Deno.exit(0);

function carryOut(order: Order): void {
  switch (order.kind) {
    case "come":
      return come();
    case "leave":
      leaving.abort();
      living.then(() => tell({ kind: "all_gone" }));
      return;
    case "sample":
      return sample();
  }
}

function come(): void {
  leaving = new AbortController();
  const { signal } = leaving;
  let missing = people.length;
  living = Promise.all(people.map((person) => {
    let here = false;
    return person.live(signal, () => {
      if (here) return;
      here = true;
      missing -= 1;
      if (missing === 0) tell({ kind: "all_here" });
    });
  }));
}

function sample(): void {
  // Buffers that the first one finds to be free are counted until the next one.
  collect!();
  collect!();
  const { heapUsed, external } = Deno.memoryUsage();
  const { counts } = world.tally;
  tell({
    kind: "sample",
    state: { heap: heapUsed + external, timers: timers(), slowest: slowness.longest, counts },
  });
}

/** What a process has after its first use and keeps: descriptors of Deno's own, the call's codec. */
async function useOnce(folder: string): Promise<void> {
  Deno.watchFs(folder).close();
  const listener = () => {};
  Deno.addSignalListener("SIGUSR2", listener);
  Deno.removeSignalListener("SIGUSR2", listener);
  (await openCodec("opus/48000"))[Symbol.dispose]();
}

/** Whole lines at once: the controller reads all the time, and so nothing waits. */
function tell(told: Told): void {
  let bytes = encoder.encode(`${JSON.stringify(told)}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
}

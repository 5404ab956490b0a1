import { type ReplySize } from "./baselines/reply_sizes.ts";
import { baselines, type Candidate, type Target } from "./candidates.ts";
import type { Figure, Goal, Sample } from "./figures.ts";
import { hold, type Job } from "./load/generator.ts";
import { packRecords } from "./load/records.ts";
import { residentBytes } from "./proc.ts";
import type { Workbench } from "./workbench.ts";

/** Connections that are opened and closed first, so that what only the first ones cost is paid. */
const WARM_UP_CONNECTIONS = 200;
/** Time between two looks at a process that comes to rest, in milliseconds. */
const LOOK = 500;
/** Looks at the most: a lease must not run out meanwhile. */
const LOOKS = 8;
/** A process rests when its memory moved by less than this part between two looks. */
const RESTS = 0.002;

/** One figure of memory for each idle connection. */
export interface IdleLoad {
  readonly name: string;
  /** The baselines' setup, answered by one line. */
  readonly request: Uint8Array;
  readonly size: ReplySize;
  readonly goal: Goal;
}

/**
 * Measures what one more idle connection adds to the resident memory of the server, each round in
 * a new process. Null where the system does not tell a process's memory.
 */
export async function measureIdleMemory(
  bench: Workbench,
  { name, request, size, goal }: IdleLoad,
  subject: Candidate,
): Promise<Figure | null> {
  if (await residentBytes(Deno.pid) === null) return null;
  const candidates = [subject, ...baselines(bench, "persistent", [size], [request])];
  const requests = await bench.file(packRecords([request]));
  const series: { candidate: string; samples: Sample[] }[] = candidates.map((
    { name: candidate },
  ) => ({ candidate, samples: [] }));
  for (let round = 0; round < bench.timing.memoryRounds; round++) {
    bench.progress(`${name}: round ${round + 1} of ${bench.timing.memoryRounds}`);
    for (const [index, candidate] of candidates.entries()) {
      const setup = await bench.file(packRecords(candidate.setup));
      const job = { kind: "persistent", pipeline: 1, requests, setup } as const;
      await using target = await candidate.start();
      series[index]!.samples.push({ value: await bytesEach(bench, target, job) });
    }
  }
  return { name, unit: "bytes", series, goal };
}

async function bytesEach(
  bench: Workbench,
  target: Target,
  job: Omit<Job, "connections">,
): Promise<number> {
  const connections = bench.timing.idleConnections;
  await (await hold(bench, target, { ...job, connections: WARM_UP_CONNECTIONS }))
    [Symbol.asyncDispose]();
  const before = await atRest(target);
  await using _held = await hold(bench, target, { ...job, connections });
  return (await atRest(target) - before) / connections;
}

/** The resident memory of a process once it has stopped moving, in bytes. */
async function atRest({ program: { pid } }: Target): Promise<number> {
  let last = Infinity;
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    const bytes = await residentBytes(pid);
    if (bytes === null) throw new Error("the server has ended");
    if (Math.abs(bytes / last - 1) < RESTS) return bytes;
    last = bytes;
  }
  return last;
}

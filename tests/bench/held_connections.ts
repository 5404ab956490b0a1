import { bareDeno, type Candidate, type Target } from "./candidates.ts";
import type { Figure, Goal, Sample } from "./figures.ts";
import { type Job, load } from "./load/generator.ts";
import { packRecords } from "./load/records.ts";
import { residentBytes } from "./proc.ts";
import type { ReplySize } from "./baselines/reply_sizes.ts";
import type { Workbench } from "./workbench.ts";

/** Connections that are opened and closed first, so that what only the first ones cost is paid. */
const WARM_UP_CONNECTIONS = 200;
const WARM_UP_TIMES = { warmUp: 0, measured: 500 };
/** Time between two looks at a process that comes to rest, in milliseconds. */
const LOOK = 500;
/** Looks at the most. */
const LOOKS = 8;
/** A process rests when its memory moved by less than this part between two looks. */
const RESTS = 0.002;

/** Connections that are there for a long time and say a line now and then. */
export interface HeldLoad {
  readonly name: string;
  /** What the baseline's connections say first, answered by one line. */
  readonly greeting: Uint8Array;
  readonly size: ReplySize;
  /** What each connection says once in every interval of so many milliseconds; not answered. */
  readonly keepalive: Uint8Array;
  readonly interval: number;
  readonly busyGoal: Goal;
  readonly memoryGoal: Goal;
}

/** One candidate's samples, one a round. */
interface HeldSeries {
  readonly candidate: Candidate;
  readonly busy: Sample[];
  readonly memory: Sample[];
}

/**
 * Measures what connections cost a server that only keeps them, each round in a new process: its
 * part of one core, and resident memory for each. Nothing where the system does not tell a
 * process's memory.
 *
 * @throws {Error} where a connection is lost meanwhile
 */
export async function measureHeld(
  bench: Workbench,
  { name, greeting, size, keepalive, interval, busyGoal, memoryGoal }: HeldLoad,
  subject: Candidate,
): Promise<readonly Figure[]> {
  if (await residentBytes(Deno.pid) === null) return [];
  const { rounds, count } = bench.timing.connections;
  const requests = await bench.file(packRecords([keepalive]));
  const series: HeldSeries[] = [subject, bareDeno(bench, "paced", [size], [greeting])]
    .map((candidate) => ({ candidate, busy: [], memory: [] }));
  for (let round = 0; round < rounds; round++) {
    bench.progress(`${name}: round ${round + 1} of ${rounds}`);
    for (const { candidate, busy, memory } of series) {
      const setup = await bench.file(packRecords(candidate.setup));
      const job: Job = { kind: "paced", connections: count, pipeline: interval, requests, setup };
      await using target = await candidate.start();
      const sample = await hold(bench, target, job);
      busy.push({ value: sample.busy * 100 });
      memory.push({ value: sample.bytesEach });
    }
  }
  const seriesOf = (read: (one: HeldSeries) => Sample[]) =>
    series.map((one) => ({ candidate: one.candidate.name, samples: read(one) }));
  return [
    {
      name: `processor time, ${name}`,
      unit: "% of a core",
      series: seriesOf(({ busy }) => busy),
      goal: busyGoal,
    },
    {
      name: `memory of a connection, ${name}`,
      unit: "bytes",
      series: seriesOf(({ memory }) => memory),
      goal: memoryGoal,
    },
  ];
}

/** One round: the part of a core that is used in the measured time, and the most memory. */
async function hold(bench: Workbench, target: Target, job: Job) {
  await load(bench, target, { ...job, connections: WARM_UP_CONNECTIONS }, WARM_UP_TIMES);
  const before = await memoryAtRest(target);
  let most = 0;
  const watch = setInterval(async () => {
    most = Math.max(most, await residentBytes(target.program.pid) ?? 0);
  }, LOOK);
  try {
    const { serverBusy } = await load(bench, target, job, bench.timing.connections);
    return { busy: serverBusy!, bytesEach: (most - before) / job.connections };
  } finally {
    clearInterval(watch);
  }
}

/** The resident memory of a process once it has stopped moving, in bytes. */
async function memoryAtRest({ program: { pid } }: Target): Promise<number> {
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

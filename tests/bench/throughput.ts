import { type ReplySize } from "./baselines/reply_sizes.ts";
import { baselines, type Candidate, type Kind, type Target } from "./candidates.ts";
import type { Figure, Goal } from "./figures.ts";
import { type Job, load, type LoadSample } from "./load/generator.ts";
import { packRecords } from "./load/records.ts";
import type { Workbench } from "./workbench.ts";

/** How far the lengths of the replies of two candidates may differ: a comparison of equals. */
const REPLY_TOLERANCE = 0.01;

/** One figure of requests a second. */
export interface Workload {
  readonly name: string;
  readonly kind: Kind;
  readonly connections: number;
  readonly pipeline: number;
  /** What is asked, in turns. */
  readonly requests: readonly Uint8Array[];
  readonly sizes: readonly ReplySize[];
  readonly goal?: Goal;
}

/**
 * Measures the subject and the baselines in turns, forwards and backwards, each with its server
 * kept running: what slows the machine down for a while slows all of them.
 *
 * @throws {Error} where a candidate fails or their replies are not equally long
 */
export async function measureThroughput(
  bench: Workbench,
  workload: Workload,
  subject: Candidate,
): Promise<Figure> {
  const { name, kind, sizes, requests, goal } = workload;
  const setup = kind === "persistent" ? requests.slice(0, 1) : [];
  const candidates = [subject, ...baselines(bench, kind, sizes, setup)];
  const requestsFile = await bench.file(packRecords(requests));
  await using targets = new AsyncDisposableStack();
  const runs: { candidate: Candidate; target: Target; job: Job; samples: LoadSample[] }[] = [];
  for (const candidate of candidates) {
    const target = targets.use(await candidate.start());
    const setupFile = candidate.setup.length === 0
      ? null
      : await bench.file(packRecords(candidate.setup));
    const job: Job = { ...workload, requests: requestsFile, setup: setupFile };
    runs.push({ candidate, target, job, samples: [] });
  }
  for (let round = 0; round < bench.timing.rounds; round++) {
    bench.progress(`${name}: round ${round + 1} of ${bench.timing.rounds}`);
    for (const { candidate, target, job, samples } of round % 2 === 0 ? runs : runs.toReversed()) {
      try {
        samples.push(await load(bench, target, job));
      } catch (error) {
        throw new Error(`${name}, ${candidate.name}`, { cause: error });
      }
    }
  }
  const series = runs.map(({ candidate, samples }) => ({ candidate: candidate.name, samples }));
  for (const baseline of series.slice(1)) mustBeEquallyLong(name, series[0]!, baseline);
  return { name, unit: "requests/s", series, goal };
}

interface LoadSeries {
  readonly candidate: string;
  readonly samples: readonly LoadSample[];
}

function mustBeEquallyLong(name: string, subject: LoadSeries, baseline: LoadSeries): void {
  const [ours, theirs] = [subject, baseline].map(({ samples }) =>
    samples.reduce((sum, { replyBytes }) => sum + replyBytes, 0) / samples.length
  ) as [number, number];
  if (Math.abs(ours / theirs - 1) <= REPLY_TOLERANCE) return;
  throw new Error(
    `${name}: a reply of ${subject.candidate} has ${ours.toFixed(1)} bytes, ` +
      `one of ${baseline.candidate} ${theirs.toFixed(1)}`,
  );
}

import type { Kind, Target } from "../candidates.ts";
import type { Sample } from "../figures.ts";
import { cpuSeconds } from "../proc.ts";
import { Program } from "../process.ts";
import type { Timing, Workbench } from "../workbench.ts";

/** What a load generator is to do; the files are of records. */
export interface Job {
  readonly kind: Kind;
  readonly connections: number;
  /** Requests under way on each connection; where they are paced, milliseconds for one of each. */
  readonly pipeline: number;
  readonly requests: string;
  readonly setup: string | null;
}

/** A sample of requests a second, with the mean length of a reply in bytes. */
export interface LoadSample extends Sample {
  readonly replyBytes: number;
}

/** What a generator counted between its `begin` and its `end`. */
interface Counts {
  readonly requests: number;
  readonly replyBytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly failures: number;
}

/** How long a generator loads a server, in milliseconds: first unmeasured, then measured. */
export type Times = Pick<Timing, "warmUp" | "measured">;

/**
 * Loads a server for the time of one round.
 *
 * @throws {Error} where a connection failed or nothing was answered
 */
export async function load(
  bench: Workbench,
  target: Target,
  job: Job,
  times: Times = bench.timing,
): Promise<LoadSample> {
  await using program = start(bench, target, job, times);
  const { pid } = target.program;
  await untilLine(program, "begin");
  const before = await cpuSeconds(pid);
  await untilLine(program, "end");
  const after = await cpuSeconds(pid);
  const counts = JSON.parse(await program.nextLine()) as Counts;
  if (counts.failures > 0) throw new Error(`${counts.failures} connections failed`);
  if (counts.requests === 0) throw new Error("no request was answered");
  const used = before === null || after === null ? null : after - before;
  return {
    value: counts.requests / counts.seconds,
    cpuMicros: used === null ? null : used / counts.requests * 1e6,
    serverBusy: used === null ? null : used / counts.seconds,
    generatorBusy: counts.cpuSeconds / counts.seconds,
    replyBytes: counts.replyBytes / counts.requests,
  };
}

function start(bench: Workbench, { port }: Target, job: Job, times: Times): Program {
  const { warmUp, measured } = times;
  const numbers = [port, job.connections, job.pipeline, warmUp, measured].map(String);
  const files = job.setup === null ? [job.requests] : [job.requests, job.setup];
  return new Program(bench.onLoadCore([...bench.generator, job.kind, ...numbers, ...files]));
}

async function untilLine(program: Program, wanted: string): Promise<void> {
  while (await program.nextLine() !== wanted);
}

import type { Figure, Sample } from "./figures.ts";
import { Program } from "./process.ts";
import { PROJECT, type Workbench } from "./workbench.ts";

/** What can be started. */
export interface Startable {
  readonly name: string;
  readonly argv: readonly string[];
  /** The environment variable that says where a single file, or Deno, keeps what it has made. */
  readonly cache: "XDG_CACHE_HOME" | "DENO_DIR";
}

/** What is started, the subject first, and when it counts as there. */
export interface Start {
  readonly name: string;
  /** Whether the process is to end by itself, or to name a port of 127.0.0.1. */
  readonly until: "ended" | "port_named";
  /** Whether each start finds an empty cache. */
  readonly cold: boolean;
  readonly candidates: readonly Startable[];
}

/**
 * Measures the time from starting a process until it is there, of all candidates in turns, forwards
 * and backwards. Where the caches are to be filled, an unmeasured start fills them.
 *
 * @throws {Error} where one fails
 */
export async function timeStarts(
  bench: Workbench,
  { name, until, cold, candidates }: Start,
): Promise<Figure> {
  const rounds = bench.timing.starts[cold ? "cold" : "warm"];
  bench.progress(`${name}: ${rounds} starts`);
  const runs = candidates.map((candidate) => ({ candidate, samples: [] as Sample[] }));
  if (!cold) { for (const { candidate } of runs) await timeWarm(bench, candidate, until); }
  for (let round = 0; round < rounds; round++) {
    for (const { candidate, samples } of round % 2 === 0 ? runs : runs.toReversed()) {
      const time = cold ? timeCold : timeWarm;
      samples.push({ value: await time(bench, candidate, until) });
    }
  }
  const series = runs.map(({ candidate, samples }) => ({ candidate: candidate.name, samples }));
  return { name, unit: "ms", series };
}

/** Single files have a cache of the run's own; what runs from the sources has Deno's. */
function timeWarm({ folder }: Workbench, { argv, cache }: Startable, until: Start["until"]) {
  return timeStart(argv, until, cache === "DENO_DIR" ? {} : { [cache]: folder });
}

async function timeCold({ folder }: Workbench, { argv, cache }: Startable, until: Start["until"]) {
  const empty = await Deno.makeTempDir({ dir: folder });
  try {
    return await timeStart(argv, until, { [cache]: empty });
  } finally {
    await Deno.remove(empty, { recursive: true });
  }
}

/** In milliseconds. */
async function timeStart(
  argv: readonly string[],
  until: Start["until"],
  env: Record<string, string>,
): Promise<number> {
  const begun = performance.now();
  await using program = new Program(argv, PROJECT, env);
  if (until === "ended") await program.endedWell();
  else await program.ports(1);
  return performance.now() - begun;
}

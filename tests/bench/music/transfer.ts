import { join } from "node:path";
import { cpuSeconds } from "../proc.ts";
import { Program } from "../process.ts";
import { denoRun } from "../workbench.ts";
import type { Line } from "./link.ts";
import type { Fetched, ListenerPlan } from "./listener_program.ts";
import type { Served, SourcePlan, SourceReady } from "./source_program.ts";

/** What one transfer was like. */
export interface Transfer {
  /** Bytes of the file a second. */
  readonly goodput: number;
  /** Share of what was sent that was sent again. */
  readonly again: number;
  /** Processor time of each side for a megabyte, in milliseconds; null where it is not told. */
  readonly sourceCost: number | null;
  readonly listenerCost: number | null;
}

const MEGABYTE = 1e6;
/** Seconds of processor time that the system can tell apart; less counts as that much. */
const TICK = 0.01;

/** A file of noise from a node of music to another one. */
export async function measureMusic(line: Line, bytes: number): Promise<Transfer> {
  await using source = new Program([
    ...line.far.prefix,
    ...sourceWords({ files: [], noise: bytes }),
  ]);
  const { port, files } = await nextObject<SourceReady>(source);
  const plan: ListenerPlan = { source: await line.reach(port), ...files[0]! };
  return await measured(source, () => {
    const words = denoRun(join(import.meta.dirname!, "listener_program.ts"), "--unstable-net");
    return new Program([...line.near.prefix, ...words, JSON.stringify(plan)]);
  });
}

/**
 * As many bytes through TCP, or what came of them in so many seconds.
 *
 * @param program the compiled `tcp.c`
 * @param control the congestion control that the source uses
 */
export async function measureTcp(
  program: string,
  control: string,
  line: Line,
  bytes: number,
  seconds: number,
): Promise<Transfer> {
  const numbers = [bytes, seconds].map(String);
  await using source = new Program([...line.far.prefix, program, "serve", control, ...numbers]);
  const { port } = await nextObject<{ port: number }>(source);
  return await measured(source, () => {
    return new Program([...line.near.prefix, program, "fetch", line.far.host, String(port)]);
  });
}

/** The words that start a node that gives music. */
export function sourceWords(plan: SourcePlan): string[] {
  const path = join(import.meta.dirname!, "source_program.ts");
  return [...denoRun(path, "--unstable-net", "--allow-read"), JSON.stringify(plan)];
}

/** The next line that a program says, as JSON. */
export async function nextObject<T>(program: Program): Promise<T> {
  return JSON.parse(await program.nextLine()) as T;
}

async function measured(source: Program, listen: () => Program): Promise<Transfer> {
  const before = await cpuSeconds(source.pid);
  await using listener = listen();
  const { bytes, seconds } = await nextObject<Fetched>(listener);
  const { again } = await nextObject<Pick<Served, "again">>(source);
  const [sourceAfter, listenerAfter] = [
    await cpuSeconds(source.pid),
    await cpuSeconds(listener.pid),
  ];
  const cost = (from: number | null, to: number | null) =>
    from === null || to === null ? null : Math.max(TICK, to - from) * 1000 / (bytes / MEGABYTE);
  return {
    goodput: bytes / seconds,
    again,
    sourceCost: cost(before, sourceAfter),
    // Its start is in it: some 60 ms.
    listenerCost: cost(0, listenerAfter),
  };
}

import { residentBytes } from "../bench/proc.ts";
import { readFigures } from "../runtime/metrics/figures_text.ts";
import type { WorkerState } from "./orders.ts";

/** One look at a process of the soak. */
export interface Sample {
  /** Milliseconds since the start of the soak. */
  readonly at: number;
  /** Bytes. */
  readonly resident: number;
  readonly descriptors: number;
  /** Bytes of used heap and buffers: of workers after garbage was collected, of the server as is. */
  readonly heap: number;
  /** Timers that wait; null of the server, which is the real program and does not tell. */
  readonly timers: number | null;
}

/** What a server's `/metrics` shows, by name and labels. */
export type Figures = ReadonlyMap<string, number>;

const DENO_CACHE = /_cache_v\d+(-wal|-shm)?$/;

/** Looks at a worker that has just told its state. */
export async function sampleOf(pid: number, at: number, state: WorkerState): Promise<Sample> {
  return { at, ...await outside(pid), heap: state.heap, timers: state.timers };
}

/** Looks at the server. */
export async function sampleOfServer(pid: number, at: number, figures: Figures): Promise<Sample> {
  const area = (name: string) => figures.get(`prosa_memory_bytes{area="${name}"}`) ?? 0;
  const heap = area("heap_used") + area("external");
  return { at, ...await outside(pid), heap, timers: null };
}

/** The figures that a server shows. */
export async function figuresAt(url: string): Promise<Figures> {
  const response = await fetch(url);
  return readFigures(await response.text());
}

/** What is left in a server's directories and on its ports; empty where nothing is. */
export function leftIn(figures: Figures): string[] {
  return [...figures]
    .filter(([name, value]) => /^prosa_(connections|users)\{/.test(name) && value !== 0)
    .map(([name, value]) => `${name} ${value}`);
}

async function outside(pid: number): Promise<{ resident: number; descriptors: number }> {
  const resident = await residentBytes(pid);
  if (resident === null) throw new Error("a soak needs /proc, and its processes alive");
  let descriptors = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/fd`)) {
    if (isOurs(`/proc/${pid}/fd/${name}`)) descriptors += 1;
  }
  return { resident, descriptors };
}

/** Whether a descriptor is not one of the caches that Deno opens for itself when it wants to. */
function isOurs(path: string): boolean {
  try {
    return !DENO_CACHE.test(Deno.readLinkSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

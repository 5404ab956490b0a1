import { KIB } from "../../lib/base/units.ts";

/** Ticks a second in /proc, which Linux fixes at 100 for every program. */
const TICKS = 100;

/**
 * The processor time of a process from `/proc/PID/stat`, in seconds.
 *
 * @throws {TypeError} where the text is something else
 */
export function parseCpuSeconds(stat: string): number {
  // The name of the program comes second, in brackets, and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (Number.isNaN(ticks)) throw new TypeError("not a /proc/PID/stat");
  return ticks / TICKS;
}

/**
 * The resident memory of a process from `/proc/PID/status`, in bytes.
 *
 * @throws {TypeError} where the text is something else
 */
export function parseResidentBytes(status: string): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (match === null) throw new TypeError("not a /proc/PID/status");
  return Number(match[1]) * KIB;
}

/** The processor time of a process so far, in seconds; null where there is no /proc. */
export async function cpuSeconds(pid: number): Promise<number | null> {
  const text = await read(`/proc/${pid}/stat`);
  return text === null ? null : parseCpuSeconds(text);
}

/** The resident memory of a process in bytes; null where there is no /proc. */
export async function residentBytes(pid: number): Promise<number | null> {
  const text = await read(`/proc/${pid}/status`);
  return text === null ? null : parseResidentBytes(text);
}

async function read(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

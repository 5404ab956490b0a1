import { cpuSeconds } from "../../bench/proc.ts";

/**
 * The processor time of a process and of the programs that it runs, in seconds; null where there is
 * no /proc. What a program has used that has ended by now is not in it.
 */
export async function treeCpuSeconds(pid: number): Promise<number | null> {
  const own = await cpuSeconds(pid);
  if (own === null) return null;
  const theirs = await Promise.all((await childrenOf(pid)).map(treeCpuSeconds));
  return theirs.reduce<number>((sum, seconds) => sum + (seconds ?? 0), own);
}

async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  try {
    // A thread lists the processes that it started itself.
    for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
      const text = await Deno.readTextFile(`/proc/${pid}/task/${name}/children`);
      children.push(...text.split(" ").filter((one) => one !== "").map(Number));
    }
  } catch (error) {
    // The process or a thread has ended meanwhile.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return children;
}

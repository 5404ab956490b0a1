import type { Random } from "../../lib/base/random.ts";

/** A time of an exponential distribution, as of people without a clock; five times its mean at most. */
export function someTime(mean: number, random: Random): number {
  return Math.min(5, -Math.log(1 - random())) * mean;
}

/** One of several. */
export function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)]!;
}

/** Resolves after so many milliseconds, or at once when `signal` says so. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = () => resolve();
  const timer = setTimeout(over, milliseconds);
  signal.addEventListener("abort", over);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", over);
}

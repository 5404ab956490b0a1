import { MIB } from "../../lib/base/units.ts";
import { percentile } from "../bench/figures.ts";
import { residentBytes } from "../bench/proc.ts";
import type { Attack, Observation, Target } from "./attack.ts";

/** How often the memory of what is attacked is looked at, in milliseconds. */
const LOOK = 100;

/** How long an attack takes. */
export interface Timing {
  /** Milliseconds for which the honest user is alone with the program first. */
  readonly before: number;
  /** Milliseconds after which an attack that could go on for ever is told to end. */
  readonly attack: number;
}

/** In the tests: long enough for a percentile that means something. */
export const SHORT: Timing = { before: 250, attack: 800 };

/** What came of an attack. */
export interface Report {
  readonly attack: Pick<Attack, "name" | "deed" | "outcome">;
  readonly observed: Observation;
  /** How much each counter of the program grew from before the attack to its end. */
  readonly counted: ReadonlyMap<string, number>;
  /** Resident bytes of the program before the attack, at the most, and at its end. */
  readonly memory: { readonly before: number; readonly most: number; readonly after: number };
  /** Milliseconds of the honest user's requests. */
  readonly honest: { readonly before: readonly number[]; readonly during: readonly number[] };
}

/**
 * Carries out an attack beside an honest user.
 *
 * @throws {Error} where the program ends, or the honest user is not served as it should be
 */
export async function conduct<T extends Target>(
  attack: Attack<T>,
  timing: Timing = SHORT,
): Promise<Report> {
  await using target = await attack.open();
  // The first requests pay for what is loaded with them.
  await target.honest.times();
  await pause(timing.before);
  const before = await target.honest.times();
  const countersBefore = await target.counters();
  const memoryBefore = await memoryOf(target);
  let most = memoryBefore;
  const looking = setInterval(async () => {
    most = Math.max(most, await residentBytes(target.pid) ?? 0);
  }, LOOK);
  try {
    const observed = await attack.run(target, AbortSignal.timeout(timing.attack));
    const during = await target.honest.times();
    const countersAfter = await target.counters();
    const after = await memoryOf(target);
    return {
      attack,
      observed,
      counted: growth(countersBefore, countersAfter),
      memory: { before: memoryBefore, most: Math.max(most, after), after },
      honest: { before, during },
    };
  } finally {
    clearInterval(looking);
  }
}

/** What an honest user notices and what a program's memory does, in one line for a test to print. */
export function summary({ attack, memory, honest }: Report): string {
  const { before, most, after } = memory;
  const mib = (bytes: number) => Math.round(bytes / MIB);
  return `${attack.name}: p99 ${p99(honest.before)} → ${p99(honest.during)} ms ` +
    `(${honest.during.length} requests), memory ${mib(before)} → ${mib(most)} → ${mib(after)} MiB`;
}

/** The 99th percentile in milliseconds, with one decimal. */
export function p99(times: readonly number[]): string {
  return percentile(times, 0.99).toFixed(1);
}

function growth(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const grown = new Map<string, number>();
  for (const [name, value] of after) {
    const more = value - (before.get(name) ?? 0);
    if (more !== 0) grown.set(name, more);
  }
  return grown;
}

async function memoryOf({ pid }: Target): Promise<number> {
  const bytes = await residentBytes(pid);
  if (bytes === null) throw new Error("the attacked program has ended");
  return bytes;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

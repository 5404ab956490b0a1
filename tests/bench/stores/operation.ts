import type { Awaitable } from "../../../lib/base/awaitable.ts";

/** Does `count` operations at once, on the records from the one numbered `first` on, in a ring. */
export type Operation = (first: number, count: number) => Awaitable<unknown>;

/** What is measured of a store. */
export const OPERATIONS = ["claim", "renew", "find", "list"] as const;

export type OperationName = (typeof OPERATIONS)[number];

/** A directory, or the barest thing that could be one. */
export type Operations = Readonly<Record<OperationName, Operation>>;

/**
 * Operations a second: `atOnce` of them are begun, and when all of them are done, the next.
 *
 * @param ms how long, at the least
 * @param clock in milliseconds
 */
export async function operationRate(
  operation: Operation,
  atOnce: number,
  ms: number,
  clock: () => number = () => performance.now(),
): Promise<number> {
  const begun = clock();
  let done = 0;
  let elapsed = 0;
  while (elapsed < ms) {
    const waiting = operation(done, atOnce);
    if (waiting instanceof Promise) await waiting;
    done += atOnce;
    elapsed = clock() - begun;
  }
  return done / elapsed * 1000;
}

/** One operation for each of `count` records; resolves when all are done that take time. */
export function each(
  count: number,
  operate: (offset: number) => Awaitable<unknown>,
): Awaitable<unknown> {
  const waiting: Promise<unknown>[] = [];
  for (let offset = 0; offset < count; offset++) {
    const done = operate(offset);
    if (done instanceof Promise) waiting.push(done);
  }
  if (waiting.length > 0) return Promise.all(waiting);
}

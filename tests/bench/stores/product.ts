import { type Awaitable, whenReady } from "../../../lib/base/awaitable.ts";
import type { Claim, DirectoryStore } from "../../../lib/directory/store.ts";
import { monotonicNow } from "../../../lib/runtime/clock.ts";
import { each, type Operations } from "./operation.ts";
import { type Entry, LEASE, SERVICE } from "./records.ts";

/**
 * The operations of one of the product's stores.
 *
 * @throws {Error} out of each where it did not succeed
 */
export function productOperations(store: DirectoryStore, entries: readonly Entry[]): Operations {
  const operation =
    (operate: (entry: Entry, now: number) => Awaitable<unknown>) =>
    (first: number, count: number) => {
      const now = monotonicNow();
      return each(count, (offset) => operate(entries[(first + offset) % entries.length]!, now));
    };
  return {
    claim: operation((entry, now) =>
      whenReady(store.claim({ ...entry, expiresAt: now + LEASE }, now), mustBeEntered)
    ),
    renew: operation((entry, now) =>
      whenReady(store.renew(entry, entry.holder, now + LEASE, now), mustBe)
    ),
    find: operation((entry, now) => whenReady(store.find(entry, now), mustBe)),
    list: operation(({ group }, now) =>
      whenReady(store.list(SERVICE, { group }, now), ({ length }) => mustBe(length > 0))
    ),
  };
}

function mustBeEntered({ outcome }: Claim): void {
  if (outcome !== "claimed" && outcome !== "replaced") throw new Error(`a claim was ${outcome}`);
}

function mustBe(found: unknown): void {
  if (!found) throw new Error("a registration is not there");
}

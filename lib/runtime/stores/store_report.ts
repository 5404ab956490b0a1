/**
 * What a store that is not in memory tells: said once when it fails and once when it is back,
 * whatever is asked of it in between.
 */
export type StoreReport =
  /** The disk or the shared store is not to be had; `reason` is the system's own words. */
  | { readonly kind: "store_failed"; readonly reason: string }
  /** It is there again. */
  | { readonly kind: "store_recovered" };

/** Takes what a store tells. */
export type StoreObserver = (report: StoreReport) => void;

/** Tells failures and recoveries once each, however often they are met. */
export class StoreCondition {
  #failed = false;

  constructor(readonly observer: StoreObserver) {}

  failed(reason: string): void {
    if (this.#failed) return;
    this.#failed = true;
    this.observer({ kind: "store_failed", reason });
  }

  works(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.observer({ kind: "store_recovered" });
  }
}

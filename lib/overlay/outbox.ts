import type { OverlayEffect } from "./contract.ts";
import type { OverlayReport } from "./reports.ts";

const NOTHING: readonly OverlayEffect[] = [];

/** Collects the effects of one input, in order. */
export class Outbox {
  /** Whether every line that passes is reported. */
  watching = false;
  #effects: OverlayEffect[] = [];

  emit(effect: OverlayEffect): void {
    this.#effects.push(effect);
  }

  report(report: OverlayReport): void {
    this.#effects.push({ kind: "report", report });
  }

  /** What was collected since the last time. */
  take(): readonly OverlayEffect[] {
    if (this.#effects.length === 0) return NOTHING;
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}

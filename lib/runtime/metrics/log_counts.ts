import { MINUTE } from "../../base/units.ts";
import type { Log } from "../log_file.ts";
import type { Family } from "./family.ts";

/** How often the figures are written: fine enough to see a day, 1440 records of it. */
const INTERVAL = MINUTE;

/**
 * Writes the figures into a log, as one record `counts` a minute and a last one at the end:
 * `{"event":"counts","prosa_connections{port=chat}":3,…}`.
 */
export class LogCounts implements AsyncDisposable {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(readonly families: readonly Family[], readonly log: Log, interval = INTERVAL) {
    this.#timer = setInterval(() => this.write(), interval);
  }

  /** Writes one record. */
  async write(): Promise<void> {
    const fields: Record<string, number> = {};
    for (const { name, samples } of this.families) {
      for (const { labels, value } of await samples()) {
        const told = Object.entries(labels).map(([label, word]) => `${label}=${word}`).join(",");
        fields[told === "" ? name : `${name}{${told}}`] = value;
      }
    }
    this.log.add("counts", fields);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }
}

import type { Awaitable } from "../../base/awaitable.ts";

/** The words that tell one figure of a family from another: words of our own, never a person's. */
export type Labels = Readonly<Record<string, string>>;

/** One figure. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/**
 * Figures of one name, as every exporter shows them. They are worked out when somebody looks; until
 * then there are plain integers and nothing else.
 */
export interface Family {
  /** In the manner of Prometheus: `prosa_lines_received_total`; units are seconds and bytes. */
  readonly name: string;
  readonly help: string;
  /** A counter only grows while the server runs. */
  readonly kind: "counter" | "gauge";
  readonly labels: readonly string[];
  samples(): Awaitable<readonly Sample[]>;
}

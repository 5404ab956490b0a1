import type { Figure } from "../figures.ts";
import type { Workbench } from "../workbench.ts";

/** Figures that belong together, under a name that the command line takes. */
export interface Suite {
  readonly name: string;
  /** What is measured and how, in sentences for the page of figures. */
  readonly about: string;
  measure(bench: Workbench): AsyncIterable<Figure>;
}

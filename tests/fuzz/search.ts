import { seededRandom } from "../../lib/base/random.ts";
import { corpusOf } from "./corpus.ts";
import { faultOf, Fuzzer, minimised } from "./fuzzer.ts";
import type { FuzzTarget } from "./target.ts";

/** A fault that was found: an input that shows it, and what was thrown. */
export interface Fault {
  readonly input: Uint8Array;
  readonly stack: string;
  /** Inputs that were run until it was found. */
  readonly after: number;
}

/** What a search found. */
export interface SearchResult {
  readonly runs: number;
  readonly behaviours: number;
  readonly faults: readonly Fault[];
  /** Inputs that led where neither the seeds nor the corpus lead, to the most places first. */
  readonly news: readonly Uint8Array[];
}

/** What a search reports as it goes. */
export interface SearchOptions {
  readonly seed: number;
  /** Whether to go on, asked before each new input. */
  readonly goOn: (runs: number) => boolean;
  /** Called with each input before it is run. */
  readonly about?: (input: Uint8Array) => void;
}

/** Different faults of one target after which a search ends: more would be no help. */
const MOST_FAULTS = 8;

/** Runs the seeds and the corpus of a target, then new inputs. Each fault is told once, made short. */
export async function search(target: FuzzTarget, options: SearchOptions): Promise<SearchResult> {
  const { seed, goOn, about = () => {} } = options;
  const fuzzer = new Fuzzer(target, seededRandom(seed));
  const faults = new Map<string, Fault>();
  const run = async (input: Uint8Array) => {
    about(input);
    const finding = await fuzzer.run(input);
    if (finding === null || faults.has(faultOf(finding.error))) return;
    const { input: least, error } = await minimised(target, finding);
    faults.set(faultOf(error), {
      input: least,
      stack: error.stack ?? error.message,
      after: fuzzer.runs,
    });
  };
  for (const input of target.seeds) await run(input);
  for (const { input } of corpusOf(target.name)) await run(input);
  const begun = fuzzer.kept.length;
  while (goOn(fuzzer.runs) && faults.size < MOST_FAULTS) await run(fuzzer.next());
  return {
    runs: fuzzer.runs,
    behaviours: fuzzer.behaviours,
    faults: [...faults.values()],
    news: fuzzer.kept.slice(begun)
      .sort((one, other) => other.behaviours.length - one.behaviours.length)
      .map(({ input }) => input),
  };
}

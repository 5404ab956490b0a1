import type { Random } from "../../lib/base/random.ts";
import { Mutator } from "./mutator.ts";
import type { FuzzTarget } from "./target.ts";

/** An input that something did not hold for. */
export interface Finding {
  readonly input: Uint8Array;
  readonly error: Error;
}

/** An input that led where none had led before, and where that was. */
export interface Kept {
  readonly input: Uint8Array;
  readonly behaviours: readonly string[];
}

/** Inputs that are gone on from; one more takes the place of any. */
const MOST_KEPT = 4096;
/** Behaviours that are known; a target that has more of them tells too much. */
const MOST_BEHAVIOURS = 50_000;
/** Part of the tries that begin with one of the inputs kept last. */
const LATEST = 0.4;

/** Looks for inputs of one target that something does not hold for. */
export class Fuzzer {
  readonly #mutator: Mutator;
  readonly #known = new Set<string>();
  readonly #kept: Kept[] = [];
  #runs = 0;

  constructor(readonly target: FuzzTarget, readonly random: Random) {
    this.#mutator = new Mutator(random, target.words ?? [], target.most);
  }

  /** Inputs that were run. */
  get runs(): number {
    return this.#runs;
  }

  /** Different things that they led to. */
  get behaviours(): number {
    return this.#known.size;
  }

  /** What is gone on from, in the order in which it was found. */
  get kept(): readonly Kept[] {
    return this.#kept;
  }

  /** The next input to run. */
  next(): Uint8Array {
    return this.#mutator.mutate(this.#pick(), this.#pick());
  }

  /** Runs an input, and keeps it where it led somewhere new. */
  async run(input: Uint8Array): Promise<Finding | null> {
    this.#runs += 1;
    const behaviours: string[] = [];
    const saw = (behaviour: string) => {
      if (this.#known.has(behaviour) || this.#known.size >= MOST_BEHAVIOURS) return;
      this.#known.add(behaviour);
      behaviours.push(behaviour);
    };
    const error = await failureOf(this.target, input, saw);
    if (error !== null) return { input, error };
    if (behaviours.length > 0) this.#keep({ input, behaviours });
    return null;
  }

  #keep(kept: Kept): void {
    if (this.#kept.length < MOST_KEPT) this.#kept.push(kept);
    else this.#kept[Math.floor(this.random() * MOST_KEPT)] = kept;
  }

  #pick(): Uint8Array {
    const { length } = this.#kept;
    const from = this.random() < LATEST ? Math.floor(length * 0.8) : 0;
    return this.#kept[from + Math.floor(this.random() * (length - from))]?.input ??
      new Uint8Array(0);
  }
}

/** What an input makes the target throw, or null. */
export async function failureOf(
  target: FuzzTarget,
  input: Uint8Array,
  saw: (behaviour: string) => void = () => {},
): Promise<Error | null> {
  try {
    // A target may change what it is given, as a reader's buffer is used again.
    await target.run(input.slice(), saw);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** One word for all findings of one fault: what was thrown, and where. */
export function faultOf({ name, stack = "", message }: Error): string {
  const [, ...frames] = stack.split(/\n\s+at /);
  const place = frames.find((frame) => /\/(?:lib|tests)\//.test(frame)) ?? message;
  return `${name} ${place.replace(/^.*\/(?=(?:lib|tests)\/)/, "").replace(/\)$/, "")}`;
}

/** A shorter input that the same fault shows with, after at most `most` tries. */
export async function minimised(
  target: FuzzTarget,
  { input, error }: Finding,
  most = 500,
): Promise<Finding> {
  const fault = faultOf(error);
  let least: Finding = { input, error };
  let tries = 0;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < least.input.length && tries < most;) {
      tries += 1;
      const shorter = Uint8Array.from([
        ...least.input.subarray(0, at),
        ...least.input.subarray(at + size),
      ]);
      const failure = await failureOf(target, shorter);
      if (failure !== null && faultOf(failure) === fault) {
        least = { input: shorter, error: failure };
      } else at += size;
    }
  }
  return least;
}

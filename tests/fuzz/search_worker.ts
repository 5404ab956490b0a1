/**
 * Searches in a thread of its own, so that an input on which a target never ends can be seen from
 * outside and named: what is being run stands in shared memory.
 *
 * @module
 */
import { search, type SearchResult } from "./search.ts";
import { TARGETS } from "./targets.ts";

/** What a worker is told to do. */
export interface SearchOrder {
  readonly target: string;
  readonly seed: number;
  /** When to end, in milliseconds since 1970: threads share no other clock. */
  readonly until: number;
  /** See {@link InputWindow}. */
  readonly memory: SharedArrayBuffer;
}

/** What it answers: the result, or what went wrong beside the target. */
export type SearchAnswer = { readonly result: SearchResult } | { readonly broken: string };

/** The input that is being run, as two threads see it. */
export class InputWindow {
  static readonly #HEAD = 8;
  readonly #head: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(readonly memory: SharedArrayBuffer) {
    this.#head = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, InputWindow.#HEAD);
  }

  /** Room for inputs of `most` bytes. */
  static for(most: number): InputWindow {
    return new InputWindow(new SharedArrayBuffer(InputWindow.#HEAD + most));
  }

  /** Counts the inputs that were shown. */
  get count(): number {
    return Atomics.load(this.#head, 0);
  }

  get input(): Uint8Array {
    return this.#bytes.slice(0, Atomics.load(this.#head, 1));
  }

  show(input: Uint8Array): void {
    const shown = input.subarray(0, this.#bytes.length);
    this.#bytes.set(shown);
    Atomics.store(this.#head, 1, shown.length);
    Atomics.add(this.#head, 0, 1);
  }
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<SearchOrder>) => void) | null;
  postMessage(answer: SearchAnswer): void;
}

// In the main thread there is nobody to answer.
if (typeof (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope === "function") {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }) => {
    obey(data).then(
      (result) => scope.postMessage({ result }),
      (error) => scope.postMessage({ broken: String(error?.stack ?? error) }),
    );
  };
}

async function obey({ target, seed, until, memory }: SearchOrder): Promise<SearchResult> {
  const window = new InputWindow(memory);
  return await search(TARGETS.find(({ name }) => name === target)!, {
    seed,
    goOn: () => Date.now() < until,
    about: (input) => window.show(input),
  });
}

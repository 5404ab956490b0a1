import type { HonestUser } from "./attack.ts";

/** Pause between two requests in milliseconds: a user in a hurry, and no attack of its own. */
const PAUSE = 5;

/** An honest user who makes one request after the other and measures each. */
export class RequestLoop implements HonestUser {
  #times: number[] = [];
  #failed: { readonly error: unknown } | null = null;
  #ended = false;
  #next = Promise.withResolvers<void>();
  readonly #running: Promise<void>;

  /**
   * @param requests what is asked for in turn; each resolves when it was answered as it should be
   *   and rejects otherwise
   */
  constructor(readonly requests: readonly (() => Promise<void>)[]) {
    this.#running = this.#run();
  }

  async times(): Promise<readonly number[]> {
    // Never none, however soon one asks: the request that is under way belongs to what was asked.
    if (this.#failed === null) await this.#next.promise;
    if (this.#failed !== null) throw this.#failed.error;
    const times = this.#times;
    this.#times = [];
    return times;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#ended; turn += 1) {
      const began = performance.now();
      try {
        await this.requests[turn % this.requests.length]!();
      } catch (error) {
        this.#failed = { error };
        return this.#next.resolve();
      }
      this.#times.push(performance.now() - began);
      this.#next.resolve();
      this.#next = Promise.withResolvers();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    this.#next.resolve();
  }
}

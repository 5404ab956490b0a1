/** A lease to be renewed; `lease` is its length in milliseconds, `expiresAt` its end. */
export interface Renewal {
  readonly key: string;
  readonly holder: string;
  readonly lease: number;
  readonly expiresAt: number;
}

/** Renewals of one call: some hundred microseconds of Redis. */
const MOST = 500;

interface Waiting extends Renewal {
  readonly done: (kept: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Renews many leases with one call: those that come while a call is under way go together with the
 * next. The keepalives of thousands cost Redis and the other servers little more than a few do.
 */
export class RenewalBatch {
  readonly #waiting: Waiting[] = [];
  #sending = false;

  /** @param call does it: keys, holder and lease of each, ends by key; 1 for each that was kept */
  constructor(
    readonly call: (
      keys: string[],
      args: readonly (string | number)[],
      ends: Map<string, number>,
    ) => Promise<unknown[]>,
  ) {}

  /**
   * Whether its holder still holds it.
   *
   * @throws where the call failed
   */
  renew(renewal: Renewal): Promise<boolean> {
    return new Promise((done, failed) => {
      this.#waiting.push({ ...renewal, done, failed });
      if (!this.#sending) this.#send();
    });
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST);
      try {
        const kept = await this.call(
          batch.map(({ key }) => key),
          batch.flatMap(({ holder, lease }) => [holder, lease]),
          new Map(batch.map(({ key, expiresAt }) => [key, expiresAt])),
        );
        for (const [i, { done }] of batch.entries()) done(kept[i] === 1);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#sending = false;
  }
}

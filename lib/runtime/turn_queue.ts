import { shareholder } from "../base/address.ts";
import { LIMITS } from "../base/limits.ts";

/**
 * Where connections wait that always have more to read: a few go on at a time, and of those who
 * wait one of each address before a second of any. Many of one address therefore wait for each
 * other, and hardly anybody for them.
 *
 * Between two turns there is a moment in which none of them is at work. Only then does the system
 * look at what has come for all others: as long as something is ready, Deno's event loop goes on
 * with that, for a second if a read is always answered at once.
 */
export class TurnQueue<Who> {
  /** Who waits, and how each is told to go on, by address; the first address is the next. */
  readonly #waiting = new Map<string, Map<Who, () => void>>();
  /** Those who went on and have neither come back nor left. */
  readonly #working = new Set<Who>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param atOnce how many go on in a turn */
  constructor(readonly atOnce: number = LIMITS.turnLinks) {}

  /** Resolves when it is the turn of who came to wait, from a canonical address. */
  next(who: Who, ip: string): Promise<void> {
    const address = shareholder(ip);
    const { promise, resolve } = Promise.withResolvers<void>();
    const others = this.#waiting.get(address);
    if (others === undefined) this.#waiting.set(address, new Map([[who, resolve]]));
    else others.set(who, resolve);
    this.#working.delete(who);
    this.#arm();
    return promise;
  }

  /** Somebody who went on has nothing more to do for now. */
  left(who: Who): void {
    if (this.#working.delete(who)) this.#arm();
  }

  /** Lets all go on at once: there is nothing left to be shared. */
  release(): void {
    clearTimeout(this.#timer);
    for (const waiting of this.#waiting.values()) for (const resume of waiting.values()) resume();
    this.#waiting.clear();
    this.#working.clear();
  }

  /** The next turn begins when all have come back; who stays away without a word, is not waited for. */
  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) return;
    const patience = this.#working.size === 0 ? 0 : LIMITS.turnPatience;
    this.#timer = setTimeout(() => this.#turn(), patience);
  }

  #turn(): void {
    this.#working.clear();
    for (let count = 0; count < this.atOnce; count += 1) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const [address, waiting] = next;
      const [first] = waiting;
      if (first === undefined) continue;
      const [who, resume] = first;
      waiting.delete(who);
      // Behind those of other addresses.
      this.#waiting.delete(address);
      if (waiting.size > 0) this.#waiting.set(address, waiting);
      this.#working.add(who);
      resume();
    }
    this.#arm();
  }
}

import type { DirectoryStore, ListFilter, Place, Registration } from "../../lib/directory/store.ts";

/** A store that does at once what is asked, and answers when the test lets it. */
export class LateStore implements DirectoryStore {
  #open: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(readonly store: DirectoryStore) {}

  /** Answers wait from now on, until {@link LateStore.answer}. */
  hold(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open = promise;
    this.#release = resolve;
  }

  /** The answers that wait come now, and later ones as soon as they can. */
  answer(): void {
    this.#release();
  }

  claim(registration: Registration, now: number) {
    return this.#late(this.store.claim(registration, now));
  }

  renew(place: Place, holder: string, expiresAt: number, now: number) {
    return this.#late(this.store.renew(place, holder, expiresAt, now));
  }

  release(place: Place, holder: string, now: number) {
    return this.#late(this.store.release(place, holder, now));
  }

  find(place: Place, now: number) {
    return this.#late(this.store.find(place, now));
  }

  list(service: string, filter: ListFilter, now: number) {
    return this.#late(this.store.list(service, filter, now));
  }

  expire(now: number) {
    return this.#late(this.store.expire(now));
  }

  async #late<T>(result: T): Promise<Awaited<T>> {
    const done = await result;
    await this.#open;
    return done;
  }
}

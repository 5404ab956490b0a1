import type { Registration } from "./store.ts";

/**
 * The names of a list of users as `LIST` sends them, ready to be sent without any one of them:
 * joined once for a list, then cut for each asker, which keeps `LIST` to two copies of a string.
 */
export class Roster {
  readonly #joined: string;
  readonly #starts = new Map<string, number>();

  constructor(readonly users: readonly Registration[]) {
    const names: string[] = [];
    let start = 0;
    for (const { id } of users) {
      this.#starts.set(id, start);
      names.push(id);
      start += id.length + 1;
    }
    this.#joined = names.join(":");
  }

  /** `n1:n2:…` without `name`, or with everyone where nobody has that name. */
  without(name: string): string {
    const start = this.#starts.get(name);
    if (start === undefined) return this.#joined;
    const end = start + name.length;
    return start === 0
      ? this.#joined.slice(end + 1)
      : this.#joined.slice(0, start - 1) + this.#joined.slice(end);
  }
}

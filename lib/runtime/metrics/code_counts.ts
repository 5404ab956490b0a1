/** More codes than the server has; what is beyond is a mistake of ours and costs no memory. */
const MOST_CODES = 128;
const CODE = /^[a-z][a-z0-9_]{0,39}$/;
const OTHER = "other";

/**
 * How often each code came. A code is a stable word of the server's own; whatever does not look
 * like one is counted as `other`, so that nothing that a person wrote can get into a label.
 */
export class CodeCounts {
  readonly #counts = new Map<string, number>();

  add(code: string): void {
    const known = this.#counts.get(code);
    if (known !== undefined) this.#counts.set(code, known + 1);
    else if (this.#counts.size < MOST_CODES && CODE.test(code)) this.#counts.set(code, 1);
    else this.#counts.set(OTHER, (this.#counts.get(OTHER) ?? 0) + 1);
  }

  entries(): Iterable<readonly [code: string, count: number]> {
    return this.#counts;
  }
}

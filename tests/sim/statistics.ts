/** Numbers of one kind, to be summed up at the end. */
export class Sample {
  readonly #values: number[] = [];
  #sorted = true;

  add(value: number): void {
    this.#values.push(value);
    this.#sorted = false;
  }

  get count(): number {
    return this.#values.length;
  }

  /** The arithmetic mean; NaN of nothing. */
  get mean(): number {
    let sum = 0;
    for (const value of this.#values) sum += value;
    return sum / this.#values.length;
  }

  /**
   * The least value that `share` of all values do not exceed; NaN of nothing.
   *
   * @param share from 0 to 1: 0.99 for the 99th percentile, 1 for the largest value
   */
  percentile(share: number): number {
    if (!this.#sorted) this.#values.sort((a, b) => a - b);
    this.#sorted = true;
    return this.#values[Math.max(0, Math.ceil(share * this.#values.length) - 1)] ?? NaN;
  }

  /** The mean, the median, the 99th percentile and the largest value, for a person. */
  describe(digits = 1): string {
    const shown = (value: number) => value.toFixed(digits);
    return `mean ${shown(this.mean)}, p50 ${shown(this.percentile(0.5))}, ` +
      `p99 ${shown(this.percentile(0.99))}, most ${shown(this.percentile(1))} (n ${this.count})`;
  }
}

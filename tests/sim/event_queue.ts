/**
 * What is to happen when, as a binary heap: the earliest first, and of those at the same time the
 * one that was added first, so that a run never depends on the shape of the heap.
 */
export class EventQueue<Item> {
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #items: Item[] = [];
  #added = 0;

  get length(): number {
    return this.#items.length;
  }

  /** When the next item is due, or Infinity where there is none. */
  get nextAt(): number {
    return this.#times[0] ?? Infinity;
  }

  /** @param at milliseconds of virtual time */
  push(at: number, item: Item): void {
    const order = this.#added++;
    let hole = this.#items.length;
    this.#move(hole, at, order, item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      // An item added later never goes before one of the same time: strictly earlier only.
      if (this.#times[parent]! <= at) break;
      this.#copy(parent, hole);
      hole = parent;
    }
    this.#move(hole, at, order, item);
  }

  /** Takes out the next item; undefined where there is none. */
  pop(): Item | undefined {
    const first = this.#items[0];
    const at = this.#times.pop();
    const order = this.#orders.pop();
    const item = this.#items.pop();
    const length = this.#items.length;
    if (at === undefined || order === undefined || length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= length) break;
      if (
        child + 1 < length && this.#before(child + 1, this.#times[child]!, this.#orders[child]!)
      ) {
        child += 1;
      }
      if (!this.#before(child, at, order)) break;
      this.#copy(child, hole);
      hole = child;
    }
    this.#move(hole, at, order, item as Item);
    return first;
  }

  #before(index: number, at: number, order: number): boolean {
    const time = this.#times[index]!;
    return time < at || (time === at && this.#orders[index]! < order);
  }

  #copy(from: number, to: number): void {
    this.#move(to, this.#times[from]!, this.#orders[from]!, this.#items[from] as Item);
  }

  #move(to: number, at: number, order: number, item: Item): void {
    this.#times[to] = at;
    this.#orders[to] = order;
    this.#items[to] = item;
  }
}

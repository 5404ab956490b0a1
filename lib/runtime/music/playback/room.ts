/** Those who wait until there is room for more. */
export class Room {
  #waiting: (() => void)[] = [];

  /** Resolves when there is room. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** There is room: all go on. */
  free(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resolve) => resolve());
  }
}

/** Between two looks at the clock, in milliseconds. */
const INTERVAL = 100;

/** How slow this process has been: its own work, or a machine that has too little left for it. */
export class Slowness {
  /** The longest that a timer was late or an answer on its way so far, in milliseconds. */
  longest = 0;
  #last = performance.now();

  /** Measures until the process ends, and does not keep it from that. */
  constructor() {
    Deno.unrefTimer(setInterval(() => {
      const now = performance.now();
      this.note(now - this.#last - INTERVAL);
      this.#last = now;
    }, INTERVAL) as unknown as number);
  }

  /** Something that needs no time took so many milliseconds. */
  note(milliseconds: number): void {
    this.longest = Math.max(this.longest, milliseconds);
  }
}

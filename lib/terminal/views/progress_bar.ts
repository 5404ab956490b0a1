/** A part of a bar: up to which share of the whole it goes, and its sign. */
export type BarPart = readonly [share: number, sign: string];

/**
 * A bar of ASCII signs, which every terminal shows alike: `[####==    ]`.
 *
 * @param cells columns between the brackets
 * @param parts from the left; shares from 0 to 1, none below the one before it
 */
export function progressBar(cells: number, ...parts: readonly BarPart[]): string {
  let bar = "";
  for (const [share, sign] of parts) {
    // Full only when it is, and only what has begun shows anything.
    const filled = Math.floor(cells * Math.min(1, Math.max(0, share)));
    bar = bar.padEnd(filled, sign);
  }
  return `[${bar.padEnd(cells)}]`;
}

/** A share in whole percent, which is 100 only when it is all. */
export function percent(done: number, whole: number): number {
  return whole <= 0 ? 100 : Math.floor(100 * Math.min(1, Math.max(0, done / whole)));
}

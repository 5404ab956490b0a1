import type { Translator } from "../messages/catalogue.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;
/** Of one unit to the next: powers of ten, as disks and links have. */
const STEP = 1000;
/** Below this many of a unit, a tenth of it is worth saying. */
const FEW = 10;

/** How many bytes, in the largest unit that fits: `812 B`, `4.2 MB`; the decimal sign as people write it. */
export function byteAmount(bytes: number, say: Translator): string {
  let amount = Math.max(0, bytes);
  let unit = 0;
  while (amount >= STEP && unit < UNITS.length - 1) {
    amount /= STEP;
    unit += 1;
  }
  const tenths = unit > 0 && amount < FEW ? 10 : 1;
  const shown = Math.floor(amount * tenths) / tenths;
  return `${new Intl.NumberFormat(say.language).format(shown)} ${UNITS[unit]}`;
}

/** How fast bytes come or go: `320 kB/s`. */
export function byteRate(bytesPerSecond: number, say: Translator): string {
  return `${byteAmount(bytesPerSecond, say)}/s`;
}

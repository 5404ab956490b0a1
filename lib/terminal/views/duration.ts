import { HOUR, MINUTE, SECOND } from "../../base/units.ts";
import type { Translator } from "../messages/catalogue.ts";

const DAY = 24 * HOUR;

/** Units that people read at a glance, the largest first, with how much there has to be of each. */
const UNITS = [
  { unit: "d", length: DAY, from: 2 * DAY },
  { unit: "h", length: HOUR, from: HOUR },
  { unit: "min", length: MINUTE, from: MINUTE },
  { unit: "s", length: SECOND, from: SECOND },
  { unit: "ms", length: 1, from: 0 },
] as const;

/** Below this many of a unit, a tenth of it is worth saying. */
const FEW = 10;

/**
 * How long something took, in the largest unit that fits: `0.4 ms`, `1.5 s`, `3 min`; rounded down.
 * Units are written alike in every language, the decimal sign is not.
 *
 * @param ms milliseconds
 */
export function duration(ms: number, say: Translator): string {
  const { unit, length } = UNITS.find(({ from }) => ms >= from) ?? UNITS.at(-1)!;
  const amount = Math.max(0, ms) / length;
  const tenths = amount < FEW && length <= SECOND ? 10 : 1;
  const shown = Math.floor(amount * tenths) / tenths;
  return `${new Intl.NumberFormat(say.language).format(shown)} ${unit}`;
}

/**
 * How long ago something was, to the second: `3 min ago`, `há 3 min`, `now`.
 *
 * @param ms milliseconds
 */
export function ago(ms: number, say: Translator): string {
  if (ms < SECOND) return say("time.now");
  return say("time.ago", { time: duration(Math.floor(ms / SECOND) * SECOND, say) });
}

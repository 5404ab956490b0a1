import { HOUR, MINUTE, SECOND } from "../../base/units.ts";

/**
 * How long something went on, as clocks show it: `0:07`, `12:03`, `1:02:03`; rounded down.
 *
 * @param ms milliseconds
 */
export function elapsedTime(ms: number): string {
  const past = Math.max(0, ms);
  const hours = Math.floor(past / HOUR);
  const minutes = String(Math.floor(past % HOUR / MINUTE));
  const seconds = String(Math.floor(past % MINUTE / SECOND)).padStart(2, "0");
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${minutes.padStart(2, "0")}:${seconds}`;
}

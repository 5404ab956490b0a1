import type { Links } from "./links.ts";
import type { Neighbour } from "./neighbour.ts";

/** To how many neighbours a line went, and how many had no room for it. */
export interface FloodResult {
  readonly reached: number;
  readonly refused: number;
}

/** Sends one line, encoded once, to every neighbour that `wanted` picks. */
export function flood(
  links: Links,
  line: string,
  now: number,
  wanted: (neighbour: Neighbour) => boolean,
): FloodResult {
  let reached = 0;
  let refused = 0;
  for (const neighbour of links.neighbours()) {
    if (!wanted(neighbour)) continue;
    if (links.post(neighbour, line, "message", now)) reached += 1;
    else refused += 1;
  }
  return { reached, refused };
}

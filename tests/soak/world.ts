import type { Random } from "../../lib/base/random.ts";
import { SECOND } from "../../lib/base/units.ts";
import type { Told, WorkerPlan } from "./orders.ts";
import { oneOf, pause } from "./chance.ts";
import type { Slowness } from "./slowness.ts";
import type { Tally } from "./tally.ts";

/** The namespace of everybody. */
export const NAMESPACE = "soak";
/** How long people wait for what has to come, in milliseconds: longer than any protocol does. */
export const PATIENCE = 45 * SECOND;
/** How long people wait before they try again to have their name, in milliseconds. */
const RETRY = SECOND / 2;

/** What the people of one worker have in common. */
export interface World {
  readonly plan: WorkerPlan;
  readonly tally: Tally;
  readonly slowness: Slowness;
  tell(told: Told): void;
}

/** What one person's scenes have in common. */
export interface Stage {
  readonly world: World;
  readonly name: string;
  /** How often this person has come, this time included. */
  readonly life: number;
  readonly random: Random;
}

/** Tells what may not happen, in words without anybody's text. */
export function fault({ world, name, life }: Stage, what: string): void {
  world.tally.add("fault");
  world.tell({ kind: "fault", what: `${name}.${life}: ${what}` });
}

/** Somebody else, who may be away. */
export function somebodyElse({ world, name, random }: Stage): string {
  const { names } = world.plan;
  const other = oneOf(names, random);
  return other === name ? names[(names.indexOf(name) + 1) % names.length]! : other;
}

/**
 * Tries later to have a name that was refused: who vanished and comes back at once may be faster
 * than the end of the old connection.
 */
export function retryName(gone: AbortSignal, retry: () => void): void {
  pause(RETRY, gone).then(() => {
    if (!gone.aborted) retry();
  });
}

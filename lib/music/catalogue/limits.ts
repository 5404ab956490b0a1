import { SECOND } from "../../base/units.ts";

/**
 * Every cap and time of a node in the catalogue: value with its unit, the reason, and where it comes
 * from. A number that is not from `protocols/music.md` is this project's decision and says why.
 */
export const CATALOGUE_NODE_LIMITS = {
  /** Lease that is asked for, in seconds. `protocols/music.md`. */
  ttlSeconds: 120,
  /** Time in which changes of the list are gathered before it is sent again. */
  changeDelay: SECOND,
  /** The list is sent again at most a fifth of the time: so often as long as it took. */
  changeFactor: 4,
  /** Time before the next attempt after a refusal: a lease of ours under another address runs out. */
  refused: { first: 5 * SECOND, most: 60 * SECOND },
  /** Time for NODE_REMOVE to be answered; the lease runs out by itself. */
  farewell: 2 * SECOND,
  /** Time for the catalogue to say who else has a song whose sources are lost. */
  soon: 3 * SECOND,
  /** How often it is asked that while what is here of a song still plays. */
  lookAgain: 2 * SECOND,
  /** UTF-16 units of a server's word that are shown: `bad_port (…)` with its remark fits. */
  errorWord: 100,

  /** Songs of a search: more than anybody looks through. */
  songs: 10_000,
  /** Files of a search, the same song at several nodes counted each: about 1 KiB, so 40 MiB. */
  files: 40_000,
  /** Nodes of a search, about 200 bytes each. */
  nodes: 5_000,
  /** Nodes that have one song and are remembered. */
  sourcesPerSong: 64,
  /** Pages of a search: one of 32 KiB holds some 80 songs. */
  pages: 500,
} as const;

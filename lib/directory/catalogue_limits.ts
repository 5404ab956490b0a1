import { MIB, SECOND } from "../base/units.ts";

/**
 * The caps of the music catalogue: value with its unit, the reason, and where it comes from.
 *
 * What it keeps of a file takes, in memory, at the most `fileBytes` and `unitBytes` for each UTF-16
 * unit of its name, title and artist: a song with 40 + 25 + 15 units counts 450 + 80 × 8 = 1,090
 * bytes. Such songs fill a node's share at 15,391, an address's at 61,567 and the catalogue at
 * 492,542. Whoever sends more gets an error, so that a million files cost 512 MiB and no more.
 */
export const CATALOGUE_LIMITS = {
  /**
   * Bytes for a file besides its texts: an object of 7 fields (80), id and pieces (2 × 80), headers
   * of three strings (3 × 16), a fractional playing time (16), its places in the lists of files and
   * of what is searched (8 + 4), and room for what waits for the garbage collector. Songs like the
   * one above were measured at 506 bytes, texts and all.
   */
  fileBytes: 450,
  /** Bytes for a UTF-16 unit: 2 as it came, and up to 3 units of 2 bytes for what is searched. */
  unitBytes: 8,
  /** Bytes for a node besides its files. */
  nodeBytes: 1024,

  /** Files of one node: the largest libraries that people have. */
  filesPerNode: 20_000,
  /** Bytes of one node's list. */
  bytesPerNode: 16 * MIB,
  /** Bytes of the lists of one address, with those being sent: a classroom's 40 × 1,500 songs. */
  bytesPerAddress: 64 * MIB,
  /** Nodes of one address, with those whose list is being sent: a campus behind one NAT. */
  nodesPerAddress: 500,
  /** Bytes of all lists, with those being sent: eight addresses that take all they can. */
  bytes: 512 * MIB,
  /** Nodes: looking at each of them once, after a change, stays within a few milliseconds. */
  nodes: 20_000,

  /** Time between two parts of a list before the parts so far are forgotten. */
  partsPause: 15 * SECOND,
  /**
   * UTF-16 units that one NODE_LIST looks through, which takes a few milliseconds; a page then ends
   * with a mark from which the next request goes on. Others wait no longer than that.
   */
  searchedUnits: 8 * 1024 * 1024,
  /**
   * Files of a catalogue in which a search is over in less time than it takes to let others go
   * first. In a larger one the searches take turns.
   */
  quickFiles: 5_000,
  /** Time after such a search in which others wait for their turn: about what one takes. */
  searchTime: SECOND / 100,
  /** Units that a list counts which has to be made ready for searching first: that is slower. */
  readyingFactor: 16,
} as const;

import { KIB, MIB, SECOND } from "../../../base/units.ts";

/** Every cap and time of shared folders: value with its unit and the reason. */
export const LIBRARY_LIMITS = {
  /** Folders that are shared at once. */
  folders: 64,
  /** Files of all folders together: what the server's catalogue takes of one node. */
  files: 20_000,
  /** Folders that are looked into, of one that is shared: some seconds on a slow disk. */
  walkedFolders: 20_000,
  /** Entries that are looked at, of one folder that is shared, whatever they are. */
  walkedEntries: 500_000,
  /** How deep: artist, album, disc, and what people put above. */
  depth: 16,

  /** A file that was changed less than this ago may still be growing. */
  settle: 2 * SECOND,
  /** Time in which the changes of a folder are gathered before it is looked at again. */
  watchDelay: SECOND / 2,
  /** A folder is looked at a tenth of the time at the most, however much changes in it. */
  walkFactor: 10,
  /** How often a folder is looked at whose changes the system does not tell of. */
  pollInterval: 60 * SECOND,

  /** Files that are read at once: the processor works while the disk seeks. */
  readers: 3,
  /** How often the person is told how far the reading is. */
  progressInterval: SECOND / 4,
  /** Time in which changes of the list are gathered before they are told. */
  changeInterval: SECOND / 4,

  /** Bytes of a file that are looked at together for its tags. */
  tagWindow: 64 * KIB,
  /** Bytes of tags that are longer than a window, pictures included; a file with more has none. */
  tagBytes: 32 * MIB,
  /** Questions about tags that one window answers before others have their turn. */
  tagWindowReads: 256,
  /** Time for the tags of one file: an mp3 without a header has to be gone through. */
  tagTime: 10 * SECOND,

  /** Bytes of a line of the index: the digests of the pieces of the largest file, in base64. */
  indexLine: 4 * MIB,
  /** Bytes of the index that are read: 20,000 songs take some 40 MiB. */
  indexBytes: 256 * MIB,
  /** Entries of the index that are kept, also for folders that are not shared now. */
  indexEntries: 40_000,
  /** Time in which new entries are gathered before they are written. */
  indexDelay: SECOND,
} as const;

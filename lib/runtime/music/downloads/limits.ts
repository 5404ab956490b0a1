import { KIB, MIB } from "../../../base/units.ts";

/** Every cap of files that are fetched: value with its unit and the reason. */
export const DOWNLOAD_LIMITS = {
  /** UTF-8 bytes of a file's name before its ending: with ours, below the 255 of file systems. */
  nameBytes: 120,
  /** Characters of an ending: longer ones are no endings. */
  endingCharacters: 8,
  /** Files of one name, told apart by a number. */
  sameNames: 999,
  /** Unfinished downloads that are looked through in a folder. */
  unfinished: 1_000,
  /** Bytes of a line of what is noted about a download: the header has name and digest. */
  noteLine: 4 * KIB,
  /** Bytes of those notes: 65,536 pieces of the largest file take 6 MiB. */
  noteBytes: 16 * MIB,
} as const;

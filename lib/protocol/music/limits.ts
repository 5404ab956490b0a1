/** The caps of the music formats: value with its unit, the reason, and where it comes from. */
export const MUSIC_WIRE_LIMITS = {
  /** A node's lease in seconds where none is asked for, the least and the most. `protocols/music.md`. */
  ttlSeconds: { default: 120, least: 1, most: 3600 },
  /** UTF-16 units of a file's name, title or artist: the longest file name of any file system. */
  text: 255,
  /** UTF-16 units of a search: more than anybody types. */
  query: 128,
  /** UTF-16 units of a page's mark: an id, a colon and a node's name, with room for other servers. */
  mark: 512,
  /** UTF-16 units of the word in GET_ERROR. */
  errorWord: 64,
  /** Seconds of a file: eleven days, which no recording reaches. */
  seconds: 1_000_000,
} as const;

import type { SongFacts } from "./decoder.ts";

/** What a guess is made from. */
export interface OffsetBasis {
  /** Where in the file the music begins. */
  readonly start: number;
  /** Length of the song in seconds, or null. */
  readonly seconds: number | null;
  /** Bytes of a second so far, or null before anything was decoded. */
  readonly bytesPerSecond: number | null;
}

/** A place in the file for a time, as if each second had the same number of bytes. */
export function estimatedOffset(time: number, basis: OffsetBasis, facts: SongFacts): number {
  const { start, bytesPerSecond } = basis;
  const music = Math.max(0, facts.size - start);
  const total = basis.seconds ?? facts.seconds;
  const bytes = total !== null && total > 0
    ? music * Math.min(1, time / total)
    : time * (bytesPerSecond ?? 0);
  return Math.min(facts.size, start + Math.max(0, Math.floor(bytes)));
}

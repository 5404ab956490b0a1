/**
 * The one contract of everything that turns the bytes of a music file into sound. A decoder reads
 * from a queue that is filled as the file arrives, in steps that are short enough for a call beside
 * it. What a file has wrong is data, never an exception.
 *
 * @module
 */

/** The formats that are decoded here. */
export type MusicCodec = "mp3" | "opus" | "vorbis" | "flac" | "wav";

/** What a file says of its sound. */
export interface SoundInfo {
  readonly codec: MusicCodec;
  /** Samples a second. */
  readonly rate: number;
  readonly channels: number;
  /** Length of the song in seconds, or null where the file does not tell. */
  readonly seconds: number | null;
}

/** What is known of a file before its first byte, from the catalogue. */
export interface SongFacts {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Its length as somebody else understood it, in seconds; null where it is not known. */
  readonly seconds: number | null;
}

/** A little sound, at the most a few tenths of a second. */
export interface DecodedSound {
  readonly kind: "sound";
  /** Mono, 16 bits. */
  readonly samples: Int16Array<ArrayBuffer>;
  /** Samples a second. */
  readonly rate: number;
  /** Where in the song the first sample is, in seconds. */
  readonly at: number;
}

/** What one step came to. */
export type DecodeStep =
  | DecodedSound
  /** Something was read that is no sound, or damaged and left out. */
  | { readonly kind: "skipped" }
  /** It needs more of the file. */
  | { readonly kind: "hungry" }
  /** The file is over, and all of it was given. */
  | { readonly kind: "over" }
  /** It can never be decoded here; `detail` says in English what is in the way. */
  | { readonly kind: "unplayable"; readonly detail: string };

/** Decodes one song. */
export interface MusicDecoder extends Disposable {
  /** Null until enough of the file was read. */
  readonly info: SoundInfo | null;
  /** Damaged places that were left out so far. */
  readonly damaged: number;

  /** Goes on by a little: well below 10 ms. Never called again before it has resolved. */
  step(): Promise<DecodeStep>;

  /**
   * Where in the file to go on from for `seconds` in the song: exact where the format allows it,
   * otherwise a good guess. Null as long as {@link info} is.
   */
  byteOffsetOf(seconds: number): number | null;

  /**
   * The queue was set to another place in the file, which is about `seconds` in the song. The next
   * sound says where it really is, if the format tells.
   */
  restart(seconds: number): Promise<void>;
}

/** Steps without anything in them. */
export const SKIPPED: DecodeStep = { kind: "skipped" };
/** More of the file is needed. */
export const HUNGRY: DecodeStep = { kind: "hungry" };
/** The file is over. */
export const OVER: DecodeStep = { kind: "over" };

/** A step that ends it all. */
export function unplayable(detail: string): DecodeStep {
  return { kind: "unplayable", detail };
}

import { isSameStream, parseMpegHeader } from "./mpeg_header.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import type { MusicCodec } from "./decoder.ts";

/** What a file is. `foreign` is everything else: other programs may know it. */
export type FileFormat = MusicCodec | "foreign";

/** Where the first packet of an Ogg file names its codec, when its page holds nothing else. */
const OGG_PACKET_AT = 28;
const OGG_NAME_BYTES = 8;
const NEEDED_BYTES = OGG_PACKET_AT + OGG_NAME_BYTES;

/**
 * What a file is by its first bytes, tags left out; its name counts for nothing. Null when more of it
 * is needed to tell.
 *
 * @param ended whether these are all there are
 */
export function fileFormat(bytes: Uint8Array, ended: boolean): FileFormat | null {
  if (bytes.length < NEEDED_BYTES && !ended) return null;
  const text = (at: number, length: number) =>
    String.fromCharCode(...bytes.subarray(at, at + length));
  if (text(0, 4) === "fLaC") return "flac";
  if (text(0, 4) === "RIFF" && text(8, 4) === "WAVE") return "wav";
  if (text(0, 4) === "OggS") {
    const name = text(OGG_PACKET_AT, OGG_NAME_BYTES);
    if (name === "OpusHead") return "opus";
    return name.slice(1, 7) === "vorbis" ? "vorbis" : "foreign";
  }
  // ISO media: AAC and ALAC in m4a.
  if (text(4, 4) === "ftyp") return "foreign";
  return mpegOr(bytes, ended);
}

/** MPEG audio has no mark of its own: two frames in a row are believed, anywhere near. */
function mpegOr(bytes: Uint8Array, ended: boolean): FileFormat | null {
  const end = Math.min(bytes.length, MUSIC_LIMITS.searchedBytes);
  for (let at = 0; at < end; at++) {
    const first = parseMpegHeader(bytes, at);
    if (first === null) continue;
    const next = at + first.length;
    const second = parseMpegHeader(bytes, next);
    if (second !== null && isSameStream(first, second)) return "mp3";
    // At the very beginning the second one is waited for.
    if (next + 4 > bytes.length && at === 0) return ended ? "mp3" : null;
  }
  return ended || bytes.length >= MUSIC_LIMITS.searchedBytes ? "foreign" : null;
}

import { MPEG_HEADER_BYTES, type MpegHeader } from "./mpeg_header.ts";

/** What the first frame of a song may hold in the place of music: how long it is, and its places. */
export interface MpegIndex {
  /** Length of the song in seconds, or null where it is not told. */
  readonly seconds: number | null;
  /** Bytes of music that it tells, this frame included; null where it does not. */
  readonly bytes: number | null;
  /** Places in the song: parts of its bytes at equal parts of its time, from 0 to 1. Or none. */
  readonly places: readonly number[];
}

/** Where VBRI stands, whatever the frame's form. */
const VBRI_AT = MPEG_HEADER_BYTES + 32;
/** Points of a Xing table, each a 256th of the bytes at a hundredth of the time. */
const XING_POINTS = 100;
/** Bytes of the flags and numbers of a Xing index, in front of what LAME adds. */
const LAME_DELAY_AT = 21;
const MOST_VBRI_POINTS = 4096;

/**
 * The index in a first frame, as Xing, LAME (Info) and Fraunhofer (VBRI) write it; null where the
 * frame is music.
 */
export function parseMpegIndex(frame: Uint8Array, header: MpegHeader): MpegIndex | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const xingAt = MPEG_HEADER_BYTES + header.sideBytes;
  const name = fourCharacters(frame, xingAt);
  if (name === "Xing" || name === "Info") return xing(view, xingAt, header);
  return fourCharacters(frame, VBRI_AT) === "VBRI" ? vbri(view, VBRI_AT, header) : null;
}

/** Where in the song's bytes a part of its time is; both from 0 to 1. */
export function placeOf(index: MpegIndex, time: number): number {
  const { places } = index;
  if (places.length < 2) return time;
  const at = Math.min(1, Math.max(0, time)) * (places.length - 1);
  const before = Math.min(Math.floor(at), places.length - 2);
  return places[before]! + (places[before + 1]! - places[before]!) * (at - before);
}

function xing(view: DataView, start: number, header: MpegHeader): MpegIndex | null {
  if (view.byteLength < start + 8) return null;
  const flags = view.getUint32(start + 4);
  let at = start + 8;
  const next = (wanted: boolean, length: number): number | null => {
    if (!wanted || view.byteLength < at + length) return null;
    at += length;
    return at - length;
  };
  const framesAt = next((flags & 1) !== 0, 4);
  const bytesAt = next((flags & 2) !== 0, 4);
  const tableAt = next((flags & 4) !== 0, XING_POINTS);
  next((flags & 8) !== 0, 4);
  const frames = framesAt === null ? 0 : view.getUint32(framesAt);
  const samples = frames * header.samples - addedByLame(view, at);
  const places = tableAt === null
    ? []
    : Array.from({ length: XING_POINTS }, (_, n) => view.getUint8(tableAt + n) / 256);
  return {
    seconds: samples > 0 ? samples / header.rate : null,
    bytes: bytesAt === null ? null : view.getUint32(bytesAt) || null,
    places: isRising(places) ? [...places, ...places.length === 0 ? [] : [1]] : [],
  };
}

/** Samples of silence that the encoder added before and behind the song. */
function addedByLame(view: DataView, at: number): number {
  if (view.byteLength < at + LAME_DELAY_AT + 3 || view.getUint32(at) === 0) return 0;
  const both = view.getUint32(at + LAME_DELAY_AT - 1) & 0xFF_FFFF;
  return (both >> 12) + (both & 0xFFF);
}

function vbri(view: DataView, start: number, header: MpegHeader): MpegIndex | null {
  if (view.byteLength < start + 26) return null;
  const bytes = view.getUint32(start + 10);
  const frames = view.getUint32(start + 14);
  const points = view.getUint16(start + 18);
  const scale = view.getUint16(start + 20);
  const width = view.getUint16(start + 22);
  const sizes: number[] = [];
  if (width >= 1 && width <= 4 && points <= MOST_VBRI_POINTS) {
    for (let n = 0; n < points; n++) {
      const at = start + 26 + n * width;
      if (at + width > view.byteLength) break;
      let size = 0;
      for (let byte = 0; byte < width; byte++) size = size * 256 + view.getUint8(at + byte);
      sizes.push(size * scale);
    }
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  const places = total > 0 && sizes.length === points
    ? [0, ...sizes.map((size) => (sum += size) / total)]
    : [];
  return {
    seconds: frames > 0 ? frames * header.samples / header.rate : null,
    bytes: bytes || null,
    places,
  };
}

function isRising(places: readonly number[]): boolean {
  return places.every((place, n) => n === 0 || place >= places[n - 1]!);
}

function fourCharacters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

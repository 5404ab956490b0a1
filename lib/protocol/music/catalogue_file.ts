import type { JsonObject } from "../../wire/json_line.ts";
import { readCount, readDigest, readText, sendableText } from "./fields.ts";
import { MUSIC_WIRE_LIMITS } from "./limits.ts";

/** A file as the catalogue lists it. Its JSON text is the entry on the wire, in this order. */
export interface CatalogueFile {
  /** SHA-256 of the content, in small hexadecimal digits: equal songs have one id. */
  readonly id: string;
  /** The file's name at its node: text to show, never a path to write to. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Empty where it is not known. */
  readonly title: string;
  /** Empty where it is not known. */
  readonly artist: string;
  /** Playing time, or null where it is not known. */
  readonly seconds: number | null;
  /** SHA-256 of the concatenated digests of the file's 256 KiB pieces, where the node gave it. */
  readonly pieces: string | undefined;
}

/**
 * An entry of a list, or null for what is none. Title, artist, seconds and pieces may be missing or
 * null; where they are there, they have to be right.
 */
export function readCatalogueFile(value: unknown): CatalogueFile | null {
  if (typeof value !== "object" || value === null) return null;
  const entry = value as JsonObject;
  const id = readDigest(entry.id);
  const name = readText(entry.name);
  const size = readCount(entry.size);
  const title = readText(entry.title ?? "");
  const artist = readText(entry.artist ?? "");
  const seconds = readSeconds(entry.seconds ?? null);
  const pieces = entry.pieces == null ? undefined : readDigest(entry.pieces);
  if (id === null || name === null || name === "" || size === null) return null;
  if (title === null || artist === null || seconds === undefined || pieces === null) return null;
  return { id, name, size, title, artist, seconds, pieces };
}

/**
 * A node's own file as an entry that every reader takes: texts from file names and tags are cleaned
 * of control characters and cut to their limit, and a playing time that is none is not known.
 */
export function catalogueFile(file: CatalogueFile): CatalogueFile {
  const name = sendableText(file.name);
  return {
    id: file.id,
    // A name of nothing but control characters is still a file.
    name: name === "" ? file.id.slice(0, 8) : name,
    size: file.size,
    title: sendableText(file.title),
    artist: sendableText(file.artist),
    seconds: readSeconds(file.seconds) ?? null,
    pieces: file.pieces,
  };
}

/** Undefined for what is no playing time. */
function readSeconds(value: unknown): number | null | undefined {
  if (value === null) return null;
  // JSON has no NaN, and 1e999 is infinite.
  const known = typeof value === "number" && value >= 0 && value <= MUSIC_WIRE_LIMITS.seconds;
  return known ? value : undefined;
}

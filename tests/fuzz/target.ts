/**
 * What can be fuzzed: one definition of it, which `deno test` runs for a moment and
 * `deno task fuzz` for as long as one likes.
 *
 * @module
 */
import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../lib/base/errors.ts";

/** Tells what an input led to; the first input that leads somewhere is worth going on from. */
export type Saw = (behaviour: string) => void;

/** A parser or a machine, and what must hold whatever it is given. */
export interface FuzzTarget {
  /** Its folder in the corpus and its name on the command line. */
  readonly name: string;
  /** What the search begins with, besides the corpus. */
  readonly seeds: readonly Uint8Array[];
  /** Words of its format that chance would hardly spell. */
  readonly words?: readonly string[];
  /** Most bytes of an input. */
  readonly most: number;
  /** How many new inputs `deno test` tries. */
  readonly tries: number;
  /** Runs one input, from the same state each time. Throws where something does not hold. */
  run(input: Uint8Array, saw: Saw): void | Promise<void>;
}

/** What a reader reads, or null where it raises the protocol's error: nothing else may come out. */
export function readOrRefuse<Message>(read: () => Message, saw: Saw): Message | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
    assert.match(error.code, /^[a-z][a-z0-9_]*$/, "a code is a word of ours");
    saw(error.code);
    return null;
  }
}

/** The fields of a message and what kind of value each holds: a behaviour of its reader. */
export function shapeOf(value: unknown, depth = 2): string {
  if (typeof value === "string") return value === "" ? "empty" : "text";
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  if (ArrayBuffer.isView(value)) return "bytes";
  if (Array.isArray(value)) {
    return value.length === 0 || depth === 0 ? "list" : `[${shapeOf(value[0], depth - 1)}]`;
  }
  if (depth === 0) return "object";
  const kind = (value as { readonly kind?: unknown }).kind;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    .map(([name, field]) =>
      name === "kind" ? String(kind) : `${name}:${shapeOf(field, depth - 1)}`
    );
  return fields.join(" ");
}

/** Bytes of a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A text from any bytes: what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

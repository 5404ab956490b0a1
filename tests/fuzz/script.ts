/**
 * The inputs of a machine as bytes, so that whatever mutates bytes mutates what happens to it. Each
 * line is a step, and a corpus file can be read and written by hand:
 *
 * ```text
 * l03USER Ana:20000     operation l, who 0, value 3, and the rest
 * d12{"type":"GET"\x00  `\x00` and `\n` stand for a byte that would not do in a line
 * ```
 *
 * @module
 */
import { SECOND } from "../../lib/base/units.ts";
import { joined } from "../vectors/vector.ts";
import { bytesOf } from "./target.ts";

/** One thing that happens. */
export interface Step {
  readonly operation: string;
  /** To whom or by whom, 0–15. */
  readonly who: number;
  /** Anything else, 0–15. */
  readonly value: number;
  readonly rest: Uint8Array<ArrayBuffer>;
}

/** Steps of one input that are run: the others would only take time. */
const MOST_STEPS = 300;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;

/** Milliseconds that a step's value can stand for: every deadline of the protocols is between two. */
export const TIMES = [
  ...[0, 1, 5, 20, 100, 250, 600, 1 * SECOND, 2 * SECOND, 4 * SECOND, 6 * SECOND, 11 * SECOND],
  ...[16 * SECOND, 31 * SECOND, 61 * SECOND, 301 * SECOND],
] as const;

/** The steps of an input. */
export function stepsOf(input: Uint8Array): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < input.length && steps.length < MOST_STEPS;) {
    const end = input.indexOf(NEWLINE, at);
    const line = input.subarray(at, end < 0 ? input.length : end);
    at = end < 0 ? input.length : end + 1;
    if (line.length === 0) continue;
    const [operation = 0, who = 0, value = 0] = line;
    steps.push({
      operation: String.fromCharCode(operation),
      who: who & 15,
      value: value & 15,
      rest: unescaped(line.subarray(3)),
    });
  }
  return steps;
}

/** What a step does, by its operation; one that there is not is one of those that there are. */
export function operationOf<Operation>(
  { operation }: Step,
  table: Readonly<Record<string, Operation>>,
): Operation {
  const all = Object.values(table);
  return table[operation] ?? all[operation.charCodeAt(0) % all.length]!;
}

/** The steps of a script that is written by hand: each a line, or its head and the bytes behind it. */
export function scriptOf(
  ...steps: readonly (string | readonly [head: string, rest: Uint8Array | string])[]
): Uint8Array {
  return joined(...steps.map((step) => {
    if (typeof step === "string") return bytesOf(`${step}\n`);
    const [head, rest] = step;
    return joined(
      bytesOf(head),
      escaped(typeof rest === "string" ? bytesOf(rest) : rest),
      bytesOf("\n"),
    );
  }));
}

function escaped(bytes: Uint8Array): Uint8Array {
  return joined(...[...bytes].map((byte) => {
    const plain = byte !== NEWLINE && byte !== BACKSLASH && byte !== 0;
    return plain ? Uint8Array.of(byte) : bytesOf(`\\x${byte.toString(16).padStart(2, "0")}`);
  }));
}

function unescaped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const digits = bytes[at] === BACKSLASH && bytes[at + 1] === 0x78
      ? String.fromCharCode(...bytes.subarray(at + 2, at + 4))
      : "";
    if (/^[0-9a-f]{2}$/i.test(digits)) {
      plain.push(parseInt(digits, 16));
      at += 3;
    } else plain.push(bytes[at]!);
  }
  return Uint8Array.from(plain);
}

import type { Random } from "../../lib/base/random.ts";
import { joined } from "../vectors/vector.ts";
import { bytesOf, textOf } from "./target.ts";

const BRACE = 0x7b;
/** Values at which readers of JSON stumble, as text: some of them no object of ours can hold. */
const VALUES = [
  ...["null", "true", "false", "0", "-0", "-1", "1", "0.5", "1e308", "1e999", "65535", "65536"],
  ...["9007199254740993", '""', '"0"', '"7000"', '"-1"', "[]", "[[[[]]]]", "{}", "[null]"],
  ...['{"toString":1}', '{"toJSON":1}', '{"length":-1}', '{"__proto__":null}', '"\\u0000"'],
  ...['"\\ud800"', '"e\\u0301"', '"\\u202e"', `"${"9".repeat(400)}"`, `"${"x".repeat(300)}"`],
];

/**
 * A line whose JSON object is changed and is JSON still: a value, a field more or less, a field of
 * another object. What is no JSON stays as it is. What stands before the first brace is kept.
 */
export function jsonMutated(line: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const object = objectIn(line);
  if (object === null) return line;
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <Value>(all: readonly Value[]) => all[below(all.length)]!;
  const holders: object[] = [];
  collect(object.value, holders);
  const holder = pick(holders);
  const names = Object.keys(holder);
  const name = names.length === 0 ? "type" : pick(names);
  const marker = `#${below(1e9)}#`;
  const choice = random();
  if (choice < 0.5) put(holder, name, marker);
  else if (choice < 0.65) Reflect.deleteProperty(holder, name);
  else if (choice < 0.75) put(holder, pick(["type", "name", "ttl", "extra", "__proto__"]), marker);
  else if (choice < 0.85) put(holder, name, structuredClone(holder));
  else {
    const another = objectIn(other);
    const from = another === null ? [] : Object.entries(another.value);
    if (from.length > 0) {
      const [field, value] = pick(from);
      put(holder, field, value);
    }
  }
  const text = JSON.stringify(object.value).replace(`"${marker}"`, () => pick(VALUES));
  return joined(line.subarray(0, object.at), bytesOf(text));
}

/** As JSON has it, where `__proto__` is a field like others. */
function put(holder: object, name: string, value: unknown): void {
  const own = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(holder, name, { ...own, value });
}

function objectIn(line: Uint8Array): { readonly at: number; readonly value: object } | null {
  const at = line.indexOf(BRACE);
  if (at < 0) return null;
  try {
    return { at, value: JSON.parse(textOf(line.subarray(at))) };
  } catch {
    return null;
  }
}

function collect(value: unknown, into: object[]): void {
  if (typeof value !== "object" || value === null) return;
  into.push(value);
  for (const inner of Object.values(value)) collect(inner, into);
}

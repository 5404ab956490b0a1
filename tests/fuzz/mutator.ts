import type { Random } from "../../lib/base/random.ts";
import { joined } from "../vectors/vector.ts";
import { jsonMutated } from "./json_mutation.ts";
import { bytesOf } from "./target.ts";

type Change = (input: Uint8Array, other: Uint8Array) => Uint8Array;

const NEWLINE = 0x0a;
/** Bytes at which readers change their mind. */
const BYTES = [0, 1, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x2f, 0x3a, 0x40, 0x5c, 0x7b, 0x7f, 0x80, 0xff];
/** Numbers at which types and limits end, as text. */
const NUMBERS = [
  ...["0", "-0", "-1", "1", "2", "15", "64", "65", "255", "256", "1023", "1400", "32768", "65535"],
  ...["65536", "262144", "2147483648", "4294967295", "4294967296", "281474976710655"],
  ...["9007199254740991", "9007199254740993", "1e999", "-1e999", "0.5", "1e-7", "9".repeat(400)],
];
/** And as bytes. */
const INTEGERS = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0xffff_ffff];
/** Texts with which Unicode surprises. */
const TEXTS = [
  ...["é", "e\u0301", "日本", "😀", "\ud83d", "\u200d", "\u202e", "\u2028", "\u0085", "\ufeff"],
  ...["İ", "ß", "ﬃ", "Ａ", "а", "\u0344", "\u1e9b\u0323", "가", "\u0000", "__proto__", "toString"],
].map(bytesOf);
/** Most changes that are made at once. */
const MOST_CHANGES = 6;

/** Makes new inputs out of old ones. */
export class Mutator {
  readonly #words: readonly Uint8Array[];
  readonly #changes: readonly Change[];

  /** @param most bytes of an input */
  constructor(readonly random: Random, words: readonly string[], readonly most: number) {
    this.#words = words.map(bytesOf);
    const bytewise: readonly Change[] = [
      (input) => this.#setByte(input),
      (input) => this.#setByte(input),
      (input) => this.#setInteger(input),
      (input) => this.#replaced(input, new Uint8Array(0)),
      (input) => this.#replaced(input, this.#part(input, input.length)),
      (input) => this.#inserted(input, this.#part(input, input.length)),
      (input) => this.#inserted(input, this.#noise()),
      (input) => input.slice(0, this.#below(input.length + 1)),
    ];
    const worded: readonly Change[] = [
      (input) => this.#inserted(input, this.#word()),
      (input) => this.#replaced(input, this.#word()),
      (input) => this.#number(input),
    ];
    const linewise: readonly Change[] = [
      (input) => this.#lines(input, (lines, at) => lines.splice(at, 1)),
      (input) => this.#lines(input, (lines, at) => lines.splice(at, 0, lines[at]!)),
      (input) =>
        this.#lines(
          input,
          (lines, at) => lines.splice(at, 0, ...lines.splice(this.#below(lines.length), 1)),
        ),
      (input, other) =>
        this.#lines(input, (lines, at) => lines.splice(at, 0, ...this.#linesOf(other))),
    ];
    const spliced: readonly Change[] = [
      (input, other) => this.#replaced(input, this.#part(other, 64)),
      (input, other) =>
        joined(
          input.slice(0, this.#below(input.length + 1)),
          other.slice(this.#below(other.length + 1)),
        ),
      (input, other) =>
        this.#lines(input, (lines, at) => lines[at] = jsonMutated(lines[at]!, other, this.random)),
      (input, other) =>
        this.#lines(input, (lines, at) => lines[at] = jsonMutated(lines[at]!, other, this.random)),
    ];
    this.#changes = [...bytewise, ...worded, ...linewise, ...spliced];
  }

  /** A change of `input`; parts of `other` may come into it. */
  mutate(input: Uint8Array, other: Uint8Array): Uint8Array {
    let changed = input;
    const count = 1 + this.#below(1 + this.#below(MOST_CHANGES));
    for (let n = 0; n < count; n += 1) changed = this.#pick(this.#changes)(changed, other);
    return changed.slice(0, this.most);
  }

  #setByte(input: Uint8Array): Uint8Array {
    const changed = input.slice();
    if (changed.length === 0) return this.#noise();
    const at = this.#below(changed.length);
    const choice = this.random();
    if (choice < 0.4) changed[at]! ^= 1 << this.#below(8);
    else changed[at] = choice < 0.7 ? this.#pick(BYTES) : this.#below(256);
    return changed;
  }

  #setInteger(input: Uint8Array): Uint8Array {
    const size = this.#pick([2, 4]);
    if (input.length < size) return input;
    const changed = input.slice();
    const view = new DataView(changed.buffer);
    const at = this.#below(changed.length - size + 1);
    const [value, little] = [this.#pick(INTEGERS), this.random() < 0.5];
    if (size === 2) view.setUint16(at, value & 0xffff, little);
    else view.setUint32(at, value, little);
    return changed;
  }

  /** Another number in the place of one that is spelled there. */
  #number(input: Uint8Array): Uint8Array {
    const text = String.fromCharCode(...input.subarray(0, 4096));
    const numbers = [...text.matchAll(/-?[0-9]+/g)];
    if (numbers.length === 0) return input;
    const { index, 0: digits } = this.#pick(numbers);
    return joined(
      input.subarray(0, index),
      bytesOf(this.#pick(NUMBERS)),
      input.subarray(index + digits.length),
    );
  }

  #lines(input: Uint8Array, change: (lines: Uint8Array[], at: number) => unknown): Uint8Array {
    const lines = split(input);
    change(lines, this.#below(lines.length));
    return joined(...lines.flatMap((line, n) => n === 0 ? [line] : [Uint8Array.of(NEWLINE), line]));
  }

  #linesOf(other: Uint8Array): Uint8Array[] {
    const lines = split(other);
    const at = this.#below(lines.length);
    return lines.slice(at, at + 1 + this.#below(8));
  }

  /** `bytes` in the place of a part that is about as long. */
  #replaced(input: Uint8Array, bytes: Uint8Array): Uint8Array {
    const at = this.#below(input.length + 1);
    const length = this.random() < 0.5 ? bytes.length : this.#below(9);
    return joined(input.subarray(0, at), bytes, input.subarray(at + length));
  }

  #inserted(input: Uint8Array, bytes: Uint8Array): Uint8Array {
    const at = this.#below(input.length + 1);
    return joined(input.subarray(0, at), bytes, input.subarray(at));
  }

  /** Some bytes of an input, more often few than many. */
  #part(input: Uint8Array, most: number): Uint8Array {
    const at = this.#below(input.length + 1);
    return input.slice(at, at + this.#below(1 + this.#below(1 + most)));
  }

  #word(): Uint8Array {
    const own = this.#words.length > 0 && this.random() < 0.7;
    return this.#pick(own ? this.#words : TEXTS);
  }

  #noise(): Uint8Array {
    return Uint8Array.from({ length: 1 + this.#below(12) }, () => this.#below(256));
  }

  #below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  #pick<Value>(all: readonly Value[]): Value {
    return all[this.#below(all.length)]!;
  }
}

function split(input: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0;;) {
    const end = input.indexOf(NEWLINE, at);
    if (end < 0) return [...lines, input.subarray(at)];
    lines.push(input.subarray(at, end));
    at = end + 1;
  }
}

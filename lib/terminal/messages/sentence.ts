import type { en } from "./en.ts";

/** The name of a sentence. The English catalogue defines them. */
export type MessageKey = keyof typeof en;

/** The gaps of a text: `"from {first} to {last}"` has `"first" | "last"`. */
type GapsIn<Text extends string> = Text extends `${string}{${infer Gap}}${infer Rest}`
  ? Gap | GapsIn<Rest>
  : never;

/** What fills a gap. A sentence in a gap is said in the language of the one around it. */
export type Value = string | number | Sentence;

/** What fills the gaps of one sentence: nothing too few, nothing too many. */
export type ValuesOf<Key extends MessageKey> = {
  readonly [Gap in GapsIn<(typeof en)[Key]>]: Value;
};

/** A sentence that is not yet said in any language. */
export interface Sentence {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, Value>>;
}

/** Values as an argument that may be left out where a sentence has no gaps. */
export type ValuesArgument<Key extends MessageKey> = GapsIn<(typeof en)[Key]> extends never ? []
  : [values: ValuesOf<Key>];

/** A sentence for `Translator.sentence`; the compiler compares the values with the gaps. */
export function sentence<Key extends MessageKey>(
  key: Key,
  ...[values]: ValuesArgument<Key>
): Sentence {
  return { key, values: values ?? {} };
}

/**
 * The sentences for people, one catalogue a language. A key names a sentence, `{gaps}` in it are
 * filled with values. Values are put in as they are: whoever fills a gap with what others sent
 * makes it printable first.
 *
 * @module
 */
import { en } from "./en.ts";
import type { Language } from "./language.ts";
import { pt } from "./pt.ts";
import type { MessageKey, Sentence, Value, ValuesArgument, ValuesOf } from "./sentence.ts";

type Catalogue = Readonly<Record<MessageKey, string>>;

/** Every catalogue by its language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, pt };

/** Keys that come in a form for one and a form for several, without that ending. */
export type CountedKey = MessageKey extends infer Key ? Key extends `${infer Base}.other` ? Base
  : never
  : never;

type CountedValues<Key extends CountedKey> = Omit<ValuesOf<`${Key}.other`>, "count">;

type CountedArgument<Key extends CountedKey> = keyof CountedValues<Key> extends never ? []
  : [values: CountedValues<Key>];

/** Says sentences in one language. */
export interface Translator {
  readonly language: Language;

  /** A sentence with its gaps filled: `t("chat.connected", { name })`. */
  <Key extends MessageKey>(key: Key, ...values: ValuesArgument<Key>): string;

  /** A sentence in the form for `count`, which fills its gap of that name. */
  count<Key extends CountedKey>(
    key: Key,
    count: number,
    ...values: CountedArgument<Key>
  ): string;

  /**
   * A sentence that was made elsewhere: a mistake in a command, a `PersonError`.
   *
   * @throws {TypeError} where there is no such key or a gap has no value: our own bug
   */
  sentence(sentence: {
    readonly key: string;
    readonly values: Readonly<Record<string, Value>>;
  }): string;
}

/** The translator into one language. */
export function translator(language: Language): Translator {
  const catalogue = CATALOGUES[language];
  const plural = new Intl.PluralRules(language);

  const fill = (sentence: Pick<Sentence, "values"> & { readonly key: string }): string => {
    if (!isMessageKey(sentence.key)) throw new TypeError(`no sentence ${sentence.key}`);
    return catalogue[sentence.key].replace(/\{(\w+)\}/g, (_, gap: string) => {
      const value = Object.hasOwn(sentence.values, gap) ? sentence.values[gap] : undefined;
      if (value === undefined) throw new TypeError(`no value for {${gap}} of ${sentence.key}`);
      return typeof value === "object" ? fill(value) : String(value);
    });
  };

  return Object.assign(
    (key: MessageKey, values: Readonly<Record<string, Value>> = {}) => fill({ key, values }),
    {
      language,
      sentence: fill,
      count: (key: CountedKey, count: number, values: Readonly<Record<string, Value>> = {}) => {
        // Portuguese has a third form, "many" (um milhão de …), which these sentences do without.
        const form = plural.select(count) === "one" ? "one" : "other";
        return fill({ key: `${key}.${form}`, values: { ...values, count } });
      },
    },
  );
}

/** Whether there is a sentence of this name. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

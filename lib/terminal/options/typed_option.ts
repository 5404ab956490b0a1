import { type FluentParser, multiple, optional, withDefault } from "@optique/core/modifiers";
import { option, type OptionErrorOptions } from "@optique/core/primitives";
import type { OptionName } from "@optique/core/usage";
import type { Translator } from "../messages/catalogue.ts";
import { plain, quoted, type Reader } from "./value_parsers.ts";

/** An option with a value, or undefined where it is not given. `description` goes to `--help`. */
export function valued<Value>(
  t: Translator,
  name: OptionName,
  reader: Reader<Value>,
  description: string,
): FluentParser<"sync", Value | undefined, unknown> {
  return optional(one(t, name, reader, description));
}

/** An option with a value that may be given again and again: the values in their order. */
export function repeated<Value>(
  t: Translator,
  name: OptionName,
  reader: Reader<Value>,
  description: string,
): FluentParser<"sync", readonly Value[], unknown> {
  return multiple(one(t, name, reader, description));
}

/** An option without a value: whether it was given. */
export function flagged(
  t: Translator,
  name: OptionName,
  description: string,
): FluentParser<"sync", boolean, unknown> {
  return withDefault(
    option(name, { description: plain(description), errors: errorsOf(t, name) }),
    false,
  );
}

function one<Value>(
  t: Translator,
  name: OptionName,
  reader: Reader<Value>,
  description: string,
) {
  const value = reader(t, name);
  const form = `${name} ${value.metavar}`;
  return option(name, value, {
    description: plain(description),
    errors: {
      ...errorsOf(t, name),
      endOfInput: plain(t("options.fault.value_missing", { option: name, form })),
    },
  });
}

function errorsOf(t: Translator, name: string): OptionErrorOptions {
  return {
    invalidValue: (error) => error,
    duplicate: plain(t("options.fault.twice", { option: name })),
    unexpectedValue: (value) =>
      plain(t("options.fault.no_value", { option: name, value: quoted(value) })),
  };
}

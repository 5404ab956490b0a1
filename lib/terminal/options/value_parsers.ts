import { type Message, type MessageTerm, text } from "@optique/core/message";
import { ensureNonEmptyString } from "@optique/core/nonempty";
import type { ValueParser } from "@optique/core/valueparser";
import { normalizeName, ownNameFault } from "../../base/names.ts";
import type { Translator } from "../messages/catalogue.ts";
import { type LanguageOption, LANGUAGES } from "../messages/language.ts";
import { nameFaultSentence } from "../messages/name_fault.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import {
  formatServerAddress,
  hasPortTooLarge,
  parseHost,
  parseServerAddress,
  type ServerAddress,
} from "./server_address.ts";

const LANGUAGE_OPTIONS: readonly LanguageOption[] = ["auto", ...LANGUAGES];
/** Columns of what is quoted from the command line in an error. */
const QUOTED_COLUMNS = 60;
/** More connections than any system has descriptors for are a slip of the keyboard. */
const MOST_CONNECTIONS = 10_000_000;

/** A plain text as a message of the option library. */
export function plain(sentence: string): Message {
  const term: MessageTerm = text(sentence);
  return [term];
}

/** What was typed, fit to be quoted in an error. */
export function quoted(typed: string): string {
  return cutToWidth(printable(typed), QUOTED_COLUMNS);
}

/** Reads the value of one option and says, in the translator's language, what is wrong with it. */
export type Reader<Value> = (t: Translator, option: string) => ValueParser<"sync", Value>;

interface Kind<Value> {
  /** What stands for the value in `--help`. */
  readonly metavar: string;
  /** The value, or null where `input` is none. */
  readonly read: (input: string) => Value | null;
  readonly fault: (input: string) => string;
  readonly format: (value: Value) => string;
  readonly placeholder: Value;
  readonly choices?: readonly Value[];
}

/** The parser of one kind of value. */
export function valueParser<Value>(kind: Kind<Value>): ValueParser<"sync", Value> {
  const { metavar, read, fault, choices } = kind;
  ensureNonEmptyString(metavar);
  return {
    mode: "sync",
    metavar,
    placeholder: kind.placeholder,
    format: kind.format,
    ...choices === undefined ? {} : { choices },
    parse: (input) => {
      const value = read(input);
      return value === null
        ? { success: false, error: plain(fault(input)) }
        : { success: true, value };
    },
    *suggest(prefix) {
      for (const choice of (choices ?? []).map(kind.format)) {
        if (choice.startsWith(prefix)) yield { kind: "literal", text: choice };
      }
    },
  };
}

/** A port from `least`, which is 0 where "any free port" has a meaning, to 65535. */
export const port = (least: 0 | 1): Reader<number> => (t, option) =>
  valueParser({
    metavar: t("options.value.port"),
    read: (input) => wholeNumber(input, least, 65535),
    fault: (input) => t("options.fault.port", { option, least, value: quoted(input) }),
    format: String,
    placeholder: least,
  });

/** How many connections: a whole number from 1. */
export const connectionCount: Reader<number> = (t, option) =>
  valueParser({
    metavar: t("options.value.count"),
    read: (input) => wholeNumber(input, 1, MOST_CONNECTIONS),
    fault: (input) =>
      t("options.fault.count", { option, most: MOST_CONNECTIONS, value: quoted(input) }),
    format: String,
    placeholder: 1,
  });

/** An address of this machine to listen on. */
export const listenHost: Reader<string> = (t, option) =>
  valueParser({
    metavar: t("options.value.host"),
    read: parseHost,
    fault: (input) => t("options.fault.host", { option, value: quoted(input) }),
    format: String,
    placeholder: "0.0.0.0",
  });

/** Where a server is. */
export const serverAddress: Reader<ServerAddress> = (t, option) =>
  valueParser({
    metavar: t("options.value.server"),
    read: parseServerAddress,
    fault: (input) =>
      t(hasPortTooLarge(input) ? "options.fault.server_port" : "options.fault.server", {
        option,
        value: quoted(input),
      }),
    format: formatServerAddress,
    placeholder: { host: "127.0.0.1", chatPort: null },
  });

/** A name that this person creates (`lib/base/names.ts`), in NFC. */
export const ownName = (kind: "name" | "namespace"): Reader<string> => (t, option) =>
  valueParser({
    metavar: t(kind === "name" ? "options.value.name" : "options.value.namespace"),
    read: (input) => ownNameFault(input) === null ? normalizeName(input) : null,
    fault: (input) =>
      t("options.fault.name", {
        option,
        value: quoted(input),
        fault: nameFaultSentence(ownNameFault(input) ?? "empty"),
      }),
    format: String,
    placeholder: "",
  });

/** `auto` or one of the languages. */
export const language: Reader<LanguageOption> = (t, option) =>
  valueParser<LanguageOption>({
    metavar: t("options.value.language"),
    read: (input) => LANGUAGE_OPTIONS.find((choice) => choice === input) ?? null,
    fault: (input) => t("options.fault.lang", { option, value: quoted(input) }),
    format: String,
    placeholder: "auto",
    choices: LANGUAGE_OPTIONS,
  });

/** The path of a file, which need not exist. */
export const filePath: Reader<string> = (t, option) =>
  pathParser("any", t("options.value.file"), t("options.fault.file", { option }));

/** The path of a folder, which need not exist. */
export const folderPath: Reader<string> = (t, option) =>
  pathParser("directory", t("options.value.folder"), t("options.fault.folder", { option }));

/** The path of the folder of a directory, which need not exist. */
export const dataFolder: Reader<string> = (t, option) =>
  pathParser("directory", t("options.value.folder"), t("options.fault.data_folder", { option }));

function pathParser(
  type: "any" | "directory",
  metavar: string,
  fault: string,
): ValueParser<"sync", string> {
  return {
    ...valueParser<string>({
      metavar,
      read: (input) => input.trim() === "" || input.includes("\0") ? null : input,
      fault: () => fault,
      format: String,
      placeholder: "",
    }),
    *suggest(prefix) {
      yield { kind: "file", type, pattern: prefix };
    },
  };
}

function wholeNumber(input: string, least: number, most: number): number | null {
  if (!/^[0-9]{1,9}$/.test(input)) return null;
  const value = Number(input);
  return value >= least && value <= most ? value : null;
}

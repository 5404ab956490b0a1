/**
 * The command line of a program: typed options, help, version and shell completion in the person's
 * language. Pure: what would be printed and the exit code are the result.
 *
 * @module
 */
import type { ObjectErrorOptions } from "@optique/core/constructs";
import { runParserSync } from "@optique/core/facade";
import { formatMessage } from "@optique/core/message";
import type { Parser } from "@optique/core/parser";
import { extractOptionNames } from "@optique/core/usage";
import { nearest } from "../commands/nearest.ts";
import { type Translator, translator } from "../messages/catalogue.ts";
import {
  chooseLanguage,
  type Language,
  type LanguageOption,
  LANGUAGES,
} from "../messages/language.ts";
import type { MessageKey, Sentence } from "../messages/sentence.ts";
import { formatHelp } from "./format_help.ts";
import { plain, quoted } from "./value_parsers.ts";
import { VERSION } from "./version.ts";

/** What a command line depends on besides its words. */
export interface Environment {
  /** The system's locale (`navigator.language`). */
  readonly locale?: string;
  /** Width of the terminal in columns, if there is one. */
  readonly columns?: number;
}

/** The program has to end: print `output`, which has no line break at its end, and exit. */
export interface Exit {
  readonly kind: "exit";
  /** 0 for help, version and completion; 2 for a mistake. */
  readonly code: 0 | 2;
  readonly stream: "stdout" | "stderr";
  readonly output: string;
}

/** The program runs with these options. */
export interface Run<Options> {
  readonly kind: "run";
  readonly options: Options;
}

export type CommandLine<Options> = Run<Options> | Exit;

/** A word that makes the program do something else; it comes first. */
export interface Subcommand {
  readonly name: string;
  readonly about: MessageKey;
}

/** What the two programs define: their options and what they make of them. */
export interface Definition<Parsed, Options> {
  readonly program: "server" | "peer" | "peer doctor";
  readonly brief: MessageKey;
  readonly commands?: readonly Subcommand[];
  /** What to type after the program's name. */
  readonly examples: readonly string[];
  readonly parser: (t: Translator, errors: ObjectErrorOptions) => Parser<"sync", Parsed, unknown>;
  /** What was parsed as the program's options, or what is wrong with their combination. */
  readonly finish: (parsed: Parsed, t: Translator) => Options | Sentence;
}

/** Exit code of a mistake in the command line. */
const USAGE = 2;
const META = ["--help", "--version", "--completion"] as const;
const SHELLS = ["bash", "zsh", "fish", "nu", "pwsh"];

/** Reads the words of a command line. Throws for nothing that a person can type. */
export function parseCommandLine<Parsed, Options extends { readonly language: Language }>(
  definition: Definition<Parsed, Options>,
  args: readonly string[],
  environment: Environment,
): CommandLine<Options> {
  const t = translator(languageOf(args, environment.locale));
  const { program, commands = [] } = definition;
  const failed = (problem: string): Exit => ({
    kind: "exit",
    code: USAGE,
    stream: "stderr",
    output: [
      t("options.error", { problem }),
      t("options.error.help", { command: `${program} --help` }),
    ].join("\n"),
  });

  let names: readonly string[] = [];
  const parser = definition.parser(t, {
    unexpectedInput: (word) =>
      plain(misspeltCommand(t, word, program, commands) ?? unexpected(t, word, names)),
    suggestions: () => [],
  });
  names = [...extractOptionNames(parser.usage), ...META];

  // The library prints and then calls back; both are caught here, and help is laid out anew.
  const exits: Exit[] = [];
  const printed: string[] = [];
  const done = (output: string): void => {
    exits.push({ kind: "exit", code: 0, stream: "stdout", output });
  };
  const group = t("options.heading");
  const parsed = runParserSync<typeof parser, void, void>(parser, program, args, {
    help: {
      option: { names: ["--help", "-h"], group },
      onShow: (_, page) => done(formatHelp(definition, page, t, environment.columns)),
    },
    version: {
      value: `prosa ${VERSION}`,
      option: { names: ["--version"], group },
      onShow: () => done(printed.join("\n")),
    },
    completion: {
      option: { names: ["--completion"], group },
      onShow: () => done(printed.join("\n")),
    },
    aboveError: "none",
    stdout: (text) => printed.push(text),
    stderr: () => {},
    onError: (_, error) => {
      exits.push(failed(completionFault(t, args) ?? formatMessage(error, { quotes: true })));
    },
  });
  if (exits[0] !== undefined) return exits[0];

  const options = definition.finish(parsed as Parsed, t);
  return "key" in options ? failed(t.sentence(options)) : { kind: "run", options };
}

/** `--lang` decides on help and errors too, so it is looked for before anything is parsed. */
function languageOf(args: readonly string[], locale: string | undefined): Language {
  let option: LanguageOption = "auto";
  for (const [i, word] of args.entries()) {
    if (word === "--") break;
    const value = word === "--lang" ? args[i + 1] : /^--lang=(.*)$/s.exec(word)?.[1];
    option = LANGUAGES.find((language) => language === value) ?? option;
  }
  return chooseLanguage(option, locale);
}

/** That a word is none of the commands, where it is near one. */
function misspeltCommand(
  t: Translator,
  word: string,
  program: string,
  commands: readonly Subcommand[],
): string | null {
  const near = nearest(word, commands.map(({ name }) => name));
  return near === null
    ? null
    : t("options.fault.command_near", { word: quoted(word), command: `${program} ${near}` });
}

/** What is wrong with a word that no option took. */
function unexpected(t: Translator, word: string, names: readonly string[]): string {
  const [, option = "", value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (option === "" || (names.includes(option) && value === undefined)) {
    return t("options.fault.extra", { word: quoted(word) });
  }
  if (names.includes(option)) {
    return t("options.fault.no_value", { option, value: quoted(value ?? "") });
  }
  const near = nearest(option.replace(/^--?/, ""), names.map((name) => name.slice(2)));
  return near === null
    ? t("options.fault.unknown", { option: quoted(option) })
    : t("options.fault.unknown_near", { option: quoted(option), nearest: `--${near}` });
}

/** The library's own errors about `--completion` are in English only. */
function completionFault(t: Translator, args: readonly string[]): string | null {
  const at = args.findIndex((word) => /^--completion(=|$)/.test(word));
  if (at < 0) return null;
  const shell = args[at] === "--completion"
    ? args[at + 1]
    : args[at]!.slice("--completion=".length);
  if (shell === undefined || shell === "") return t("options.fault.shell_missing");
  return SHELLS.includes(shell) ? null : t("options.fault.shell", { value: quoted(shell) });
}

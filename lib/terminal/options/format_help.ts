import { type DocEntry, type DocPage, type DocSection, formatDocPage } from "@optique/core/doc";
import { formatMessage, lineBreak, type Message, text } from "@optique/core/message";
import type { TerminalTheme } from "@optique/core/terminal";
import { formatUsageTerm, type UsageTerm } from "@optique/core/usage";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { wrapLine } from "../text/wrap.ts";
import type { Subcommand } from "./command_line.ts";
import { plain } from "./value_parsers.ts";

/** Where the width is unknown, and the most that is comfortable to read. */
const WIDEST = 100;
/** Narrower, the column of the options alone takes half of it: descriptions stand below then. */
const NARROWEST = 60;
/** Narrower terminals wrap by themselves: not every option fits. */
const LEAST = 20;
/** Columns before a description that stands below its option. */
const BELOW = 6;

const META: Readonly<Record<string, MessageKey>> = {
  "--help": "options.help",
  "--version": "options.version",
  "--completion": "options.completion",
};

/** The text of `--help` in the translator's language, `columns` wide. */
export function formatHelp(
  { program, brief, commands = [], examples }: {
    readonly program: string;
    readonly brief: MessageKey;
    readonly commands?: readonly Subcommand[];
    readonly examples: readonly string[];
  },
  page: DocPage,
  t: Translator,
  columns = WIDEST,
): string {
  const own: DocPage = {
    brief: plain(t.sentence({ key: brief, values: {} })),
    usage: [{ type: "literal", value: t("options.placeholder") }],
    sections: [
      ...commands.length === 0 ? [] : [commandSection(commands, t)],
      ...page.sections.map((section) => ({
        ...section,
        entries: section.entries.filter(isOption).map((entry) => translateMeta(entry, t)),
      })),
    ],
    examples: exampleLines(program, examples),
  };
  const width = Math.min(WIDEST, Math.max(LEAST, columns));
  if (width < NARROWEST) return narrow(program, own, t, width);
  return formatDocPage(program, own, {
    theme: theme(t),
    maxWidth: width,
    termWidth: "auto",
  }).trimEnd().replace(/ +$/gm, "");
}

/** The page with each description below its option, broken at words. */
function narrow(program: string, page: DocPage, t: Translator, columns: number): string {
  const wide = formatDocPage(program, { ...page, sections: [] }, { theme: theme(t) });
  const [head = "", ...rest] = wide.trimEnd().split(/\n(?=\n)/);
  const sections = page.sections.filter(({ entries }) => entries.length > 0).map((section) =>
    [
      ...["", `${section.title}:`],
      ...section.entries.flatMap(({ term, description }) => [
        `  ${formatUsageTerm(term, { context: "doc", optionsSeparator: ", " })}`,
        ...description === undefined
          ? []
          : [" ".repeat(BELOW) + formatMessage(description, { quotes: false })],
      ]),
    ].join("\n")
  );
  return [head, ...sections, ...rest].join("\n").split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)![0].length;
    // What belongs together stands together; of an option or an example the rest is moved in.
    return wrapLine(line, columns, indent === 0 || indent === BELOW ? indent : indent + 2);
  }).join("\n");
}

/** Optique writes its labels in English; these two are all that such a page shows. */
function theme(t: Translator): TerminalTheme {
  return {
    label: ({ label, kind }) => ({
      type: "text",
      text: kind === "usage"
        ? t("options.usage")
        : kind === "examples"
        ? t("options.examples")
        : label,
    }),
  };
}

function commandSection(commands: readonly Subcommand[], t: Translator): DocSection {
  return {
    title: t("options.commands"),
    entries: commands.map(({ name, about }) => ({
      term: { type: "command", name },
      description: plain(t.sentence({ key: about, values: {} })),
    })),
  };
}

/** The library documents the words behind `--completion SHELL`, which only shells write. */
function isOption(entry: DocEntry): boolean {
  return optionNames(entry.term).length > 0;
}

function translateMeta(entry: DocEntry, t: Translator): DocEntry {
  const key = optionNames(entry.term).map((name) => META[name]).find((found) =>
    found !== undefined
  );
  return key === undefined
    ? entry
    : { ...entry, description: plain(t.sentence({ key, values: {} })) };
}

function optionNames(term: UsageTerm): readonly string[] {
  if (term.type === "option") return term.names;
  return term.type === "optional" ? term.terms.flatMap(optionNames) : [];
}

function exampleLines(program: string, examples: readonly string[]): Message {
  return examples.flatMap((example, i) => [
    ...i === 0 ? [] : [lineBreak()],
    text(`${program} ${example}`.trim()),
  ]);
}

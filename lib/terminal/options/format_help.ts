import { type DocEntry, type DocPage, formatDocPage } from "@optique/core/doc";
import { lineBreak, type Message, text } from "@optique/core/message";
import type { TerminalTheme } from "@optique/core/terminal";
import type { UsageTerm } from "@optique/core/usage";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { plain } from "./value_parsers.ts";

/** Where the width is unknown, and the most that is comfortable to read. */
const WIDEST = 100;
/** Narrower terminals wrap by themselves: the column of the options alone takes half of it. */
const NARROWEST = 60;

const META: Readonly<Record<string, MessageKey>> = {
  "--help": "options.help",
  "--version": "options.version",
  "--completion": "options.completion",
};

/** The text of `--help` in the translator's language, `columns` wide. */
export function formatHelp(
  { program, brief, examples }: {
    readonly program: string;
    readonly brief: MessageKey;
    readonly examples: readonly string[];
  },
  page: DocPage,
  t: Translator,
  columns = WIDEST,
): string {
  const own: DocPage = {
    brief: plain(t.sentence({ key: brief, values: {} })),
    usage: [{ type: "literal", value: t("options.placeholder") }],
    sections: page.sections.map((section) => ({
      ...section,
      entries: section.entries.filter(isOption).map((entry) => translateMeta(entry, t)),
    })),
    examples: exampleLines(program, examples),
  };
  return formatDocPage(program, own, {
    theme: theme(t),
    maxWidth: Math.min(WIDEST, Math.max(NARROWEST, columns)),
    termWidth: "auto",
  }).trimEnd().replace(/ +$/gm, "");
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

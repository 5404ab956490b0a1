import { normalizeName } from "../../base/names.ts";
import type { Completion } from "../console/console.ts";
import type { CommandRow, CompletionSource } from "./command_row.ts";
import { COMMAND_WORDS, COMMANDS, findCommand } from "./commands.ts";
import { alwaysQuoted, partOfName, quoteName } from "./name_argument.ts";
import type { KnownNames } from "./parse_input.ts";

const NOTHING: Completion = { candidates: [], replaced: "" };

/**
 * What could follow a line on Tab: commands, then the names or commands that the first argument
 * takes. A name matches without regard to case and accents where none matches exactly, and is put
 * in quotes where it has to be.
 */
export function complete(line: string, known: KnownNames): Completion {
  const found = /^\s*\/(?!\/)(\S*)(\s+)?(.*)$/su.exec(line);
  if (found === null) return NOTHING;
  const [, word = "", gap, typed = ""] = found;
  if (gap === undefined) return completeCommand(word);

  const row = findCommand(word);
  const argument = row?.arguments[0];
  if (row === undefined || argument?.completes === undefined) return NOTHING;
  const end = row.arguments.length > 1 ? " " : "";
  return argument.completes === "commands"
    ? completeTopic(typed)
    : { candidates: namesFor(typed, argument.completes, known, end), replaced: typed };
}

function completeCommand(word: string): Completion {
  const lower = word.toLowerCase();
  const named = COMMANDS.filter((row) => row.name.startsWith(lower)).map(asTyped);
  // Aliases are offered only where they are what was meant, or a list would hold things twice.
  const candidates = named.length > 0
    ? named
    : COMMAND_WORDS.filter((alias) => alias.startsWith(lower)).map((alias) => `/${alias}`);
  return { candidates, replaced: `/${word}` };
}

function asTyped(row: CommandRow): string {
  return row.arguments.length > 0 ? `/${row.name} ` : `/${row.name}`;
}

function completeTopic(typed: string): Completion {
  const slash = typed.startsWith("/") ? "/" : "";
  const part = typed.slice(slash.length).toLowerCase();
  const candidates = COMMANDS.filter((row) => row.name.startsWith(part))
    .map((row) => slash + row.name);
  return { candidates, replaced: typed };
}

function namesFor(
  typed: string,
  source: Exclude<CompletionSource, "commands">,
  known: KnownNames,
  end: string,
): string[] {
  const part = partOfName(typed);
  const names = [...new Set(Array.from(namesOf(source, known), normalizeName))];
  const exact = names.filter((name) => name.startsWith(part));
  const matching = exact.length > 0
    ? exact
    : names.filter((name) => folded(name).startsWith(folded(part)));
  // Candidates have to share a beginning for a Tab to get anywhere: one quoted, all quoted.
  const quote = typed !== "" && matching.some((name) => quoteName(name) !== name)
    ? alwaysQuoted
    : quoteName;
  const quoted = typed.startsWith('"') ? alwaysQuoted : quote;
  return matching.sort((a, b) => a.localeCompare(b)).map((name) => quoted(name) + end);
}

function namesOf(
  source: Exclude<CompletionSource, "commands">,
  known: KnownNames,
): Iterable<string> {
  switch (source) {
    case "on_off":
      return ["off", "on"];
    case "namespaces":
      return ["*", ...known.namespaces];
    case "targets":
      return [
        "*",
        ...Array.from(known.namespaces, (namespace) => `#${namespace}`),
        ...Array.from(known.peers, (peer) => `@${peer}`),
      ];
    default:
      return known[source];
  }
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

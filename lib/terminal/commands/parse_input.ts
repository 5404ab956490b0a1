import { normalizeName, wireNameFault } from "../../base/names.ts";
import { nameFaultSentence } from "../messages/name_fault.ts";
import { type Sentence, sentence } from "../messages/sentence.ts";
import { readCallee, readPercent } from "./call_argument.ts";
import type { Argument, ArgumentValues, CommandRow } from "./command_row.ts";
import { type Command, COMMAND_WORDS, findCommand } from "./commands.ts";
import { readDestination, readMoment, readPath, readQuery, readWanted } from "./music_argument.ts";
import { readLastName, readName } from "./name_argument.ts";
import { nearest } from "./nearest.ts";
import { readNamespace, readPeer, readTarget } from "./overlay_argument.ts";
import { quoted } from "./quoted.ts";

/** What a typed line means. A mistake is a sentence for `Translator.sentence`. */
export type Input =
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly text: string }
  | Command
  | ({ readonly kind: "mistake" } & Sentence);

/** The names that a line can mean: they may hold spaces, so the parser has to know them. */
export interface KnownNames {
  /** The other active users, as far as the server told. */
  readonly active: Iterable<string>;
  /** Whom there is an open conversation with. */
  readonly open: Iterable<string>;
  /** Peers of the overlay, `name@namespace`. */
  readonly peers: Iterable<string>;
  /** Those of them that are connected. */
  readonly neighbours: Iterable<string>;
  readonly namespaces: Iterable<string>;
  /** Who may be registered for calls, as far as is known here. */
  readonly callable: Iterable<string>;
}

/**
 * Reads one typed line: a command behind a slash, else text to send. Two slashes send a text that
 * begins with one. Nothing throws: a mistake is an answer like the others.
 */
export function parseInput(line: string, known: KnownNames): Input {
  const start = line.trimStart();
  if (start === "") return { kind: "empty" };
  if (start.startsWith("//")) return { kind: "text", text: start.slice(1) };
  if (!start.startsWith("/")) return { kind: "text", text: line };

  const word = /^\S*/u.exec(start.slice(1))![0];
  if (word === "") return mistake(sentence("command.mistake.bare"));
  const row = findCommand(word);
  if (row === undefined) return mistake(unknownCommand(word));
  return readArguments(row, start.slice(1 + word.length).trim(), known);
}

function readArguments(row: CommandRow, typed: string, known: KnownNames): Input {
  const values: Record<string, ArgumentValue | null> = {};
  let rest = typed;
  for (const argument of row.arguments) {
    if (rest === "") {
      if (argument.optional !== true) return mistake(missing(row));
      values[argument.name] = null;
      continue;
    }
    const read = readArgument(row, argument, rest, known);
    if ("key" in read) return mistake(read);
    values[argument.name] = read.value;
    rest = read.rest;
  }
  if (rest !== "") return mistake(tooMuch(row, rest));
  // The loop above has filled exactly what the row's arguments, hence the type, say.
  return { kind: "command", command: row.name, system: row.system, values } as Command;
}

type ArgumentValue = ArgumentValues[keyof ArgumentValues];

type Read = { readonly value: ArgumentValue; readonly rest: string } | Sentence;

function readArgument(row: CommandRow, argument: Argument, typed: string, known: KnownNames): Read {
  // Behind the last argument comes nothing, so all of the rest is the name, known or not.
  const last = argument === row.arguments.at(-1);
  switch (argument.kind) {
    case "text":
      return { value: typed, rest: "" };
    case "command": {
      const word = /^\S*/u.exec(typed)![0];
      const row = findCommand(word.replace(/^\//, ""));
      return row === undefined
        ? unknownCommand(word.replace(/^\//, ""))
        : { value: row.name, rest: typed.slice(word.length).trimStart() };
    }
    case "user":
      return readUser(typed, last, known);
    case "peer":
      return readPeer(typed, known.peers);
    case "target":
      return readTarget(typed, known.peers, known.namespaces);
    case "namespace":
      return readNamespace(typed);
    case "on_off":
      return readOnOff(row, typed);
    case "callee":
      return readCallee(typed, normalizedSet(known.callable));
    case "percent":
      return readPercent(typed);
    case "path":
      return readPath(typed);
    case "query":
      return readQuery(typed);
    case "wanted":
      return readWanted(typed, last);
    case "destination":
      return readDestination(typed);
    case "moment":
      return readMoment(typed);
  }
}

function readOnOff(row: CommandRow, typed: string): Read {
  const word = /^\S*/u.exec(typed)![0];
  const lower = word.toLowerCase();
  return lower === "on" || lower === "off"
    ? { value: lower === "on", rest: typed.slice(word.length).trimStart() }
    : sentence("command.mistake.on_off", { command: `/${row.name}`, typed: quoted(word) });
}

function readUser(typed: string, last: boolean, known: KnownNames): Read {
  const names = normalizedSet([...known.active, ...known.open]);
  const read = last ? readLastName(typed, names) : readName(typed, names);
  if (read === null) return sentence("command.mistake.quote", { example: '"Ana Maria"' });
  // A colon separates names on the wire of direct chat, so nobody's name there holds one.
  const fault = wireNameFault(read.name) ?? (read.name.includes(":") ? "reserved" : null);
  return fault === null ? { value: read.name, rest: read.rest } : sentence("command.mistake.name", {
    name: quoted(read.name),
    fault: nameFaultSentence(fault),
  });
}

function normalizedSet(names: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(names, normalizeName));
}

function mistake(what: Sentence): Input {
  return { kind: "mistake", ...what };
}

/** The sentence about a word behind a slash that is no command. */
function unknownCommand(word: string): Sentence {
  const command = `/${quoted(word)}`;
  const near = nearest(word.toLowerCase(), COMMAND_WORDS);
  const row = near === null ? undefined : findCommand(near);
  return row === undefined
    ? sentence("command.mistake.unknown", { command })
    : sentence("command.mistake.unknown_near", {
      command,
      nearest: `/${near}`,
      usage: { key: row.usage, values: {} },
    });
}

function missing(row: CommandRow): Sentence {
  return sentence("command.mistake.missing", {
    usage: { key: row.usage, values: {} },
    example: row.examples[0],
  });
}

function tooMuch(row: CommandRow, extra: string): Sentence {
  return sentence("command.mistake.extra", {
    command: `/${row.name}`,
    extra: quoted(extra),
    usage: { key: row.usage, values: {} },
  });
}

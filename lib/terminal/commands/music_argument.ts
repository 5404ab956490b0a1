import type { Wanted } from "../../music/music_status.ts";
import { type Sentence, sentence } from "../messages/sentence.ts";
import { quoted } from "./quoted.ts";

/** UTF-16 units of a query. `protocols/music.md`. */
const LONGEST_QUERY = 128;
/** What comes before the folder of a download. */
const DESTINATION = "--to";
/** Seconds of a minute, minutes of an hour. */
const UNITS = 60;
const NO_PATH = sentence("command.mistake.path", { example: '"My music"' });

/** An argument and what follows it, or what is wrong with it. */
type Read<Value> = { readonly value: Value; readonly rest: string } | Sentence;

/**
 * Reads a path: all of the rest, or what is in quotes of either kind. It stays as it was typed:
 * file systems tell apart what looks the same, and Windows has backslashes in its paths.
 */
export function readPath(typed: string): Read<string> {
  if (!/^["']/.test(typed)) return path(typed, "");
  const found = /^(["'])(.*?)\1(?=\s|$)(.*)$/su.exec(typed);
  return found === null ? NO_PATH : path(found[2]!, found[3]!.trimStart());
}

/** Reads words to look for: all of the rest. Quotes around all of it are not part of them. */
export function readQuery(typed: string): Read<string> {
  const value = withoutQuotes(typed);
  return value.length > LONGEST_QUERY
    ? sentence("command.mistake.query", { most: LONGEST_QUERY })
    : { value, rest: "" };
}

/**
 * Reads which song is meant: a number of the last list, or words. In quotes a number is a word.
 *
 * @param last whether nothing comes behind it; else it ends before `--to`
 */
export function readWanted(typed: string, last: boolean): Read<Wanted> {
  const end = last ? typed.length : destinationAt(typed);
  const own = typed.slice(0, end).trimEnd();
  const rest = typed.slice(end);
  if (/^[0-9]{1,9}$/.test(own)) return { value: { kind: "number", number: Number(own) }, rest };
  const query = readQuery(own);
  if ("key" in query) return query;
  return query.value.trim() === ""
    ? sentence("command.mistake.song")
    : { value: { kind: "query", query: query.value }, rest };
}

/** Reads where a download goes: `--to` and a path. */
export function readDestination(typed: string): Read<string> {
  return readPath(typed.slice(DESTINATION.length).replace(/^[\s=]+/u, ""));
}

/** Reads a point of a song, in seconds: `1:30`, `90` or `1:02:03`. */
export function readMoment(typed: string): Read<number> {
  const word = /^\S*/u.exec(typed)![0];
  if (!/^[0-9]{1,6}(?::[0-5][0-9]){0,2}$/.test(word)) {
    return sentence("command.mistake.moment", { typed: quoted(word) });
  }
  const value = word.split(":").reduce((units, part) => units * UNITS + Number(part), 0);
  return { value, rest: typed.slice(word.length).trimStart() };
}

function path(value: string, rest: string): Read<string> {
  return value.trim() === "" || value.includes("\0") ? NO_PATH : { value, rest };
}

/** Where `--to` begins as a word of its own, behind the words in quotes if those come first. */
function destinationAt(typed: string): number {
  const word = /(?<=^|\s)--to(?=[\s=]|$)/gu;
  word.lastIndex = /^(["']).*?\1/su.exec(typed)?.[0].length ?? 0;
  return word.exec(typed)?.index ?? typed.length;
}

function withoutQuotes(typed: string): string {
  return /^(["'])(.*)\1$/su.exec(typed)?.[2] ?? typed;
}

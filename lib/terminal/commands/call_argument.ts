import { wireNameFault } from "../../base/names.ts";
import { nameFaultSentence } from "../messages/name_fault.ts";
import { type Sentence, sentence } from "../messages/sentence.ts";
import { readLastName } from "./name_argument.ts";
import { quoted } from "./quoted.ts";

/** The loudest that `/volume` takes, in percent: 12 dB above what arrives. */
const LOUDEST_PERCENT = 400;

/**
 * Reads the name of somebody to call: in quotes, or up to the end of the line. The registry of
 * calls takes more names than direct chat does, so a colon is part of one.
 */
export function readCallee(
  typed: string,
  known: ReadonlySet<string>,
): { readonly value: string; readonly rest: string } | Sentence {
  const read = readLastName(typed, known);
  if (read === null) return sentence("command.mistake.quote", { example: '"Ana Maria"' });
  const fault = wireNameFault(read.name);
  return fault === null ? { value: read.name, rest: read.rest } : sentence("command.mistake.name", {
    name: quoted(read.name),
    fault: nameFaultSentence(fault),
  });
}

/** Reads a loudness in percent, with or without its sign. */
export function readPercent(
  typed: string,
): { readonly value: number; readonly rest: string } | Sentence {
  const word = /^\S*/u.exec(typed)![0];
  const digits = /^([0-9]{1,4})%?$/.exec(word)?.[1];
  const value = Number(digits);
  return digits !== undefined && value <= LOUDEST_PERCENT
    ? { value, rest: typed.slice(word.length).trimStart() }
    : sentence("command.mistake.percent", { most: LOUDEST_PERCENT, typed: quoted(word) });
}

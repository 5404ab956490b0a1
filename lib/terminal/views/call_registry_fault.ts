import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";

/** The registry's words for what is wrong with a name (`protocols/call.md`). */
const FAULTS: ReadonlyMap<string, MessageKey & `call.fault.${string}`> = new Map([
  ["nome_em_uso", "call.fault.in_use"],
  ["nome_invalido", "call.fault.name"],
  ["porta_invalida", "call.fault.port"],
  ["ip_invalido", "call.fault.ip"],
]);

/** Columns of a word that is not on the page. */
const FOREIGN_WORD = 40;

/** Why the registry of calls said no; another server's own word as it is. */
export function registryFault(word: string, say: Translator): string {
  const known = FAULTS.get(word);
  return known === undefined ? cutToWidth(printable(word), FOREIGN_WORD) : say(known);
}

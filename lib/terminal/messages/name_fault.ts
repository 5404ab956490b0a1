import { LIMITS } from "../../base/limits.ts";
import type { NameFault } from "../../base/names.ts";
import { type Sentence, sentence } from "./sentence.ts";

const FAULTS: Readonly<Record<NameFault, Sentence>> = {
  empty: sentence("name.empty"),
  too_long: sentence("name.too_long", { most: LIMITS.nameCharacters }),
  control: sentence("name.control"),
  reserved: sentence("name.reserved"),
  blank_edge: sentence("name.blank_edge"),
};

/** What is wrong with a name, as a sentence. */
export function nameFaultSentence(fault: NameFault): Sentence {
  return FAULTS[fault];
}

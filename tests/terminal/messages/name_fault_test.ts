import { equal } from "node:assert/strict";
import { ownNameFault } from "../../../lib/base/names.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { nameFaultSentence } from "../../../lib/terminal/messages/name_fault.ts";

Deno.test("nameFaultSentence: every fault of a name has its sentence", () => {
  const rows = [
    ["", "A name has at least one character."],
    ["x".repeat(65), "A name has at most 64 characters."],
    ["a\x07b", "A name has no control characters."],
    ["a:b", "A name has none of the characters : @ # *"],
    [" ana", "A name does not begin or end with a space."],
  ] as const;
  for (const [name, text] of rows) {
    equal(translator("en").sentence(nameFaultSentence(ownNameFault(name)!)), text);
  }
});

import { ownNameFault } from "../base/names.ts";
import type { Console } from "./console/console.ts";
import type { Translator } from "./messages/catalogue.ts";
import { nameFaultSentence } from "./messages/name_fault.ts";
import { parseServerAddress, type ServerAddress } from "./options/server_address.ts";

/** Asks for the person's name in `question`'s words; null where they give up. */
export function askName(
  person: Console,
  say: Translator,
  question: string = say("ask.name"),
): Promise<string | null> {
  return person.ask({
    text: question,
    check: (value) => {
      const fault = ownNameFault(value);
      return fault === null ? null : say.sentence(nameFaultSentence(fault));
    },
  });
}

/** Asks where the server is; null where the person gives up. */
export async function askServer(person: Console, say: Translator): Promise<ServerAddress | null> {
  const typed = await person.ask({
    text: say("ask.server"),
    check: (value) => parseServerAddress(value) === null ? say("ask.server_wrong") : null,
  });
  return typed === null ? null : parseServerAddress(typed);
}

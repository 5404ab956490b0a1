import type { Finding, ServerFault } from "../../doctor/findings.ts";
import type { Translator } from "../messages/catalogue.ts";
import { printable } from "../text/printable.ts";
import { duration } from "../views/duration.ts";
import { reasonText } from "../views/reason.ts";
import type { Note } from "./note.ts";

type ServerFinding = Finding & { readonly kind: "server" };

/** Whether the server's name leads anywhere. */
export function nameNote({ host, ip }: Finding & { readonly kind: "name" }, say: Translator): Note {
  return ip === null
    ? { text: say("doctor.name.failed", { host }), toDo: say("doctor.name.to_do") }
    : { text: say("doctor.name", { host, ip }) };
}

/** Whether a directory answers on a port of the server. */
export function serverNote({ which, port, result }: ServerFinding, say: Translator): Note {
  const key = which === "chat" ? "doctor.server.chat" : "doctor.server.registry";
  if (result.kind === "directory") {
    const answers = say("doctor.server.answers", {
      made: duration(result.madeIn, say),
      answered: duration(result.answeredIn, say),
    });
    return { text: say(key, { port, result: answers }) };
  }
  const { why, reason } = result;
  return {
    text: say(key, { port, result: faultText(why, reason, say) }),
    toDo: toDoOf(why, which === "chat" ? "--chat-port" : "--registry-port", port, say),
  };
}

function faultText(why: ServerFault, reason: string, say: Translator): string {
  switch (why) {
    case "refused":
      return say("reason.refused");
    case "no_answer":
      return say("reason.timeout");
    case "unreachable":
      return say("reason.unreachable");
    case "unresolved":
      return say("reason.unresolved");
    case "silent":
      return say("doctor.server.silent");
    case "another_service":
    case "too_long":
      return say("doctor.server.another");
    default:
      return reasonText(printable(reason), say);
  }
}

function toDoOf(why: ServerFault, option: string, port: number, say: Translator): string {
  switch (why) {
    case "refused":
      return say("doctor.server.refused.to_do", { option });
    case "no_answer":
      return say("doctor.server.no_answer.to_do", { port });
    case "unresolved":
      return say("doctor.name.to_do");
    case "silent":
      return say("doctor.server.silent.to_do", { option });
    case "another_service":
    case "too_long":
      return say("doctor.server.another.to_do", { option });
    case "not_permitted":
      return say("doctor.permissions.to_do", { flags: "--allow-net" });
    case "closed":
    case "broken":
    case "given_up":
      return say("doctor.server.broken.to_do");
    case "unreachable":
    case "other":
      return say("doctor.server.unreachable.to_do");
  }
}

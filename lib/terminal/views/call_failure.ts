import type { CallFailure, CallRefusal } from "../../call/status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { shown } from "./chat_view.ts";
import { typedCommand } from "./typed_command.ts";

/** Why a call came to nothing, and what to do. */
export function callFailure(
  why: CallFailure,
  name: string,
  { say, paint }: { readonly say: Translator; readonly paint: Painter },
): string[] {
  const values = { name: printable(name), command: typedCommand("call", name) };
  switch (why) {
    case "rejected":
      return [paint.warn(say("call.failed.rejected"))];
    case "no_answer":
      return [paint.warn(say("call.failed.no_answer", values))];
    case "given_up":
      return [say("call.failed.given_up", { name: shown(name, paint) })];
    case "their_end":
      return [paint.warn(say("call.failed.their_end", values))];
    case "no_codec": {
      const command = typedCommand("chat", name);
      return [paint.warn(say("call.failed.no_codec", { name: values.name, command }))];
    }
  }
}

/** Why something that the person asked for was not done, and what to do. */
export function callRefusal(refusal: CallRefusal, say: Translator): string {
  switch (refusal.why) {
    case "in_call":
      return say("call.refused.in_call", { name: printable(refusal.name) });
    case "no_call":
      return say("call.refused.no_call");
    case "no_invitation":
      return say("call.refused.no_invitation");
    case "self":
      return say("call.refused.self", { name: printable(refusal.name) });
    case "no_server":
      return say("call.refused.no_server", { name: printable(refusal.name) });
    case "unknown_user":
      return say("call.refused.unknown_user", { name: printable(refusal.name) });
    case "quitting":
      return say("call.refused.quitting");
  }
}

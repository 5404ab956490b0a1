import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";

/** What systems and libraries say when a connection fails, by what a person understands of it. */
const REASONS: readonly (readonly [RegExp, MessageKey & `reason.${string}`])[] = [
  [/refused/i, "reason.refused"],
  [/timed ?out|timeout|in time|no[_ ]answer/i, "reason.timeout"],
  [/lookup|resolve|name or service|nodename|getaddrinfo|ENOTFOUND/i, "reason.unresolved"],
  [/unreach|no route/i, "reason.unreachable"],
  [/reset|broken pipe|EPIPE/i, "reason.reset"],
  [/closed without/i, "reason.closed"],
  [/end_of_file|stalled|connection closed|closed unexpectedly/i, "reason.ended"],
  [/too long/, "reason.too_long"],
  [/requested address/i, "reason.not_own"],
  [/permission|requires .* access/i, "reason.permission"],
];

/** Why a connection failed, in the person's language where it is one of the usual reasons. */
export function reasonText(reason: string, say: Translator): string {
  const known = REASONS.find(([pattern]) => pattern.test(reason));
  return known === undefined ? printable(reason) : say.sentence({ key: known[1], values: {} });
}

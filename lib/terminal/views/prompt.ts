import type { PhoneState } from "../../call/states.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import type { Painter } from "../text/painter.ts";
import { cutToWidth } from "../text/width.ts";
import { callerLabel } from "./call_name.ts";
import { label } from "./chat_view.ts";

/** What the telephone is doing, and with whom; null with nobody. */
export interface PhoneView {
  readonly phone: PhoneState;
  readonly partner: string | null;
  /** Whether the registry of calls knows the partner's name at the address of the call. */
  readonly confirmed: boolean;
}

const SAID: Readonly<
  Record<Exclude<PhoneState, "idle">, MessageKey & `call.prompt.${string}`>
> = {
  looking_up: "call.prompt.calling",
  inviting: "call.prompt.calling",
  invited: "call.prompt.invited",
  connected: "call.prompt.connected",
};

/** Columns of a name in the prompt, which must leave room for what is typed. */
const NAME_COLUMNS = 16;

/**
 * What stands before the line that is typed: `(call: Maria) Ana> ` while talking to Maria and
 * writing to Ana. As in conversations, a `?` is before a name that nobody confirmed.
 *
 * @param active to whom a typed text goes, or null
 * @param meter the level meter of the test of sound, or null
 */
export function promptText(
  active: { readonly label: string; readonly name: string } | null,
  call: PhoneView | null,
  meter: string | null,
  { say, paint }: { readonly say: Translator; readonly paint: Painter },
): string {
  const written = active === null ? "> " : `${label(active, paint)}> `;
  if (meter !== null) return `${meter} ${written}`;
  if (call === null || call.phone === "idle" || call.partner === null) return written;
  const name = cutToWidth(callerLabel(call.partner, call.confirmed, paint), NAME_COLUMNS);
  return `${paint.good(`(${say(SAID[call.phone], { name })})`)} ${written}`;
}

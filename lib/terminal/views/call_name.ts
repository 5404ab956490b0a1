import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";

/** Who is at the other end of a call, in its own colour: with a `?` where nobody confirmed it. */
export function caller(name: string, confirmed: boolean, paint: Painter): string {
  return paint.name(printable(confirmed ? name : `?${name}`), name);
}

/** As {@link caller}, in a sentence that has a colour already. */
export function callerLabel(name: string, confirmed: boolean, paint: Painter): string {
  return paint.mark(name) + printable(confirmed ? name : `?${name}`);
}

import { alwaysQuoted, quoteName } from "../commands/name_argument.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";

/**
 * Who a peer is, `name@namespace`, to show in its own colour. Names of others may hold almost
 * anything; one with a colon or a quote goes in quotes, so that it does not look like a name and
 * the beginning of a message.
 */
export function peerLabel(peer: string, paint: Painter): string {
  const shown = /[:"]|^\s|\s$/u.test(peer) ? alwaysQuoted(peer) : peer;
  // A namespace may well be written in another script than the name.
  return paint.name(printable(shown), nameOf(peer));
}

/** The name of a peer, without its namespace. */
export function nameOf(peer: string): string {
  const at = peer.lastIndexOf("@");
  return at < 0 ? peer : peer.slice(0, at);
}

/** A command about a peer, as it has to be typed: `/msg "@Ana Maria@UnB" …`. */
export function peerCommand(command: "connect" | "msg", peer: string): string {
  return command === "connect"
    ? `/connect ${printable(quoteName(peer))}`
    : `/msg ${printable(quoteName(`@${peer}`))} …`;
}

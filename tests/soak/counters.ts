import type { Counts } from "./tally.ts";

/** Who is so late, in milliseconds, is not heard in time: that explains something. */
const SLOW = 1000;
/** What who leaves waits 2 s to have removed; where the server takes longer, its lease ends it. */
const LEASED = /service="(rendezvous|music)"/;

const AWAY = "somebody was away, or had just gone";
const DIALLED = "somebody had gone, and the rendezvous lists who vanished until its lease ends";
const VANISHED = "the other side vanished";
const TOO_SLOW = "a process was over a second late";
const AT_ONCE = "who vanished came back before the server had seen the end of the connection";

/**
 * Everything that a soak may count, with why it happens where that is not plain. What is not here
 * may not happen.
 */
const KNOWN: Readonly<Record<string, string>> = {
  "people: joins": "",
  "people: left properly": "",
  "people: vanished": "",
  "people: vanished in a call": "",
  "people: vanished while calling": "",
  "chat: name refused": AT_ONCE,
  "chat: conversations begun": "",
  "chat: conversations accepted": "",
  "chat: conversations ended, bye": "",
  "chat: conversations ended, their_bye": "",
  "chat: conversations ended, lost": VANISHED,
  "chat: messages sent": "",
  "chat: messages received": "",
  "chat: messages acknowledged": "",
  "chat: messages cut off by a departure": "one side went before the acknowledgement",
  "chat: messages received after a goodbye": "they were on their way when we left the talk",
  "chat: acknowledgements after a goodbye": "they were on their way when we left the talk",
  "chat: refused, not_active": AWAY,
  "chat: refused, unreachable": AWAY,
  "chat: caller not confirmed, not_active": "the caller left the server before it was asked",
  "chat: caller not confirmed, as we leave": "who leaves does not wait for the server's answer",
  "calls: name refused": AT_ONCE,
  "calls: made": "",
  "calls: rung": "",
  "calls: answered": "",
  "calls: sides connected": "",
  "calls: rejected": "",
  "calls: missed": "",
  "calls: came to nothing": "",
  "calls: given up by leaving": "",
  "calls: ended, hung_up": "",
  "calls: ended, their_hang_up": "",
  "calls: ended, lost": VANISHED,
  "calls: failed, rejected": "busy, or the person said no",
  "calls: failed, no_answer": "one in ten does not hear the phone",
  "calls: failed, given_up": "the caller left",
  "calls: failed, their_end": AWAY,
  "calls: refused, in_call": "the phone had just rung",
  "calls: refused, unknown_user": AWAY,
  "calls: packets sent by callers": "",
  "calls: packets heard by callers": "",
  "music: nodes registered": "",
  "music: songs to be heard": "",
  "music: songs heard": "",
  "music: songs not heard, left": "",
  "music: songs not heard, unknown_song": "nobody who shares it was there",
  "music: songs not heard, fetch, no_source": AWAY,
  "music: songs not heard, fetch, no_answer": AWAY,
  "music: songs not heard, fetch, source_gone": AWAY,
  "music: songs not heard, fetch, source_failed": AWAY,
  "music: songs not heard, fetch, not_available": AWAY,
  "music: songs not heard, fetch, busy": "four streams to one address, and all are at one",
  "music: songs wanted": "",
  "music: songs whole": "",
  "music: bytes fetched": "",
  "music: songs given up by leaving": "",
  "music: songs not fetched, unknown_song": "nobody who shares it was there",
  "music: songs not fetched, fetch, no_source": AWAY,
  "music: songs not fetched, fetch, no_answer": AWAY,
  "music: songs not fetched, fetch, source_gone": AWAY,
  "music: songs not fetched, fetch, source_failed": AWAY,
  "music: songs not fetched, fetch, not_available":
    "the source has just come and not read its songs",
  "music: songs not fetched, fetch, busy": "four streams to one address, and all are at one",
  "music: sources left, source_gone": VANISHED,
  "music: sources left, source_failed": "the source left",
  "music: sources left, not_available": "the source left",
  "music: sources left, no_answer": VANISHED,
  "music: sources left, busy": "four streams to one address, and all are at one",
  "overlay: messages sent": "",
  "overlay: messages received": "",
  "overlay: messages delivered": "",
  "overlay: messages published": "",
  "overlay: messages to all received": "",
  "overlay: messages not_delivered, no_route": AWAY,
  "overlay: messages not_delivered, ack_timeout": AWAY,
  "overlay: messages not_delivered, relay_failed": AWAY,
  "overlay: messages given up by leaving": "",
  "overlay: messages not_delivered, no_neighbours": "the sender had just come",
  "overlay: lines sent": "",
  "overlay: neighbours": "",
  "overlay: neighbours lost, quit": "",
  "overlay: neighbours lost, bye_received": "",
  "overlay: neighbours lost, end_of_file": VANISHED,
  "overlay: neighbours lost, reset": VANISHED,
  "overlay: connections failed, unreachable": DIALLED,
  "overlay: connections failed, closed": DIALLED,
  "overlay: connections failed, other_peer": DIALLED,
  "overlay: connections failed, refused": "the other side had 64 neighbours, or was leaving",
  "overlay: connections failed, too_many": "the other side had 64 neighbours",
  "overlay: relayFailed": AWAY,
  "overlay: remote error, no_route": AWAY,
};

/** What happens to a machine that has too much to do, and to no other. */
const WHERE_SLOW: ReadonlySet<string> = new Set([
  "chat: server away",
  "chat: caller not confirmed, no_answer",
  "chat: refused, no_server",
  "chat: conversations ended, not_reading",
  "calls: server away",
  "calls: refused, no_server",
  "music: server away",
  "music: songs not fetched, no_server",
  "music: songs not heard, no_server",
  "overlay: server away",
  "overlay: connections failed, handshake_timeout",
  "overlay: neighbours lost, silent",
  "overlay: neighbours lost, stalled",
  "overlay: unauthorized",
  "overlay: unsolicited",
]);

/** Whether a process was so late that others did not hear of it in time. */
export function isLate(slowest: number): boolean {
  return slowest > SLOW;
}

/** Why something was counted, or null where it may not happen. */
export function explanation(counter: string, slowest: number): string | null {
  return KNOWN[counter] ?? (WHERE_SLOW.has(counter) && isLate(slowest) ? TOO_SLOW : null);
}

/** Whether something that is left at the server is explained. */
export function mayBeLeft(what: string, slowest: number): boolean {
  return isLate(slowest) && LEASED.test(what);
}

/** Whether everything that was begun has ended in one of its ways: sentences about what has not. */
export function imbalances(counts: Counts, slowest: number): string[] {
  const sum = (...prefixes: readonly string[]) =>
    Object.entries(counts).reduce(
      (all, [counter, times]) =>
        prefixes.some((prefix) => counter.startsWith(prefix)) ? all + times : all,
      0,
    );
  const same = (what: string, begun: number, ended: number) =>
    begun === ended ? [] : [`${what}: ${begun} were begun, and ${ended} have ended`];
  return [
    ...same(
      "chat messages",
      sum("chat: messages sent"),
      sum("chat: messages acknowledged", "chat: messages cut off", "chat: messages lost"),
    ),
    ...same(
      "calls",
      sum("calls: made"),
      sum("calls: answered", "calls: came to nothing", "calls: given up by leaving"),
    ),
    ...same(
      "sides of calls",
      sum("calls: sides connected"),
      sum("calls: ended, ", "people: vanished in a call"),
    ),
    ...same(
      "songs",
      sum("music: songs wanted"),
      sum(
        ...["music: songs whole", "music: songs broken", "music: songs not fetched"],
        "music: songs given up by leaving",
      ),
    ),
    ...same(
      "songs heard",
      sum("music: songs to be heard"),
      sum("music: songs heard", "music: songs not heard"),
    ),
    ...same(
      "overlay messages",
      sum("overlay: messages sent"),
      sum(
        ...["overlay: messages delivered", "overlay: messages published"],
        ...["overlay: messages not_delivered", "overlay: messages unacknowledged"],
        "overlay: messages given up by leaving",
      ),
    ),
    ...sum("calls: ended, lost") > sum("people: vanished in a call", "people: vanished while") &&
        !isLate(slowest)
      ? [`calls: ${sum("calls: ended, lost")} were lost, more than people vanished in`]
      : [],
  ];
}

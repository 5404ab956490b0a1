import type { CallCounters } from "../../call/counters.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { formatTable } from "../text/table.ts";

/** What others sent that was of no use, since the start, besides what the overlay counts itself. */
export interface Dropped {
  /** Connections beyond the limits. */
  readonly connections: number;
  /** Mistakes of partners and strangers in direct chat. */
  readonly chat: number;
  readonly call: Readonly<CallCounters>;
  /** Datagrams on the music port. */
  readonly music: number;
}

const OF_CALLS: Readonly<Record<keyof CallCounters, MessageKey & `dropped.call.${string}`>> = {
  malformed: "dropped.call.malformed",
  foreign: "dropped.call.foreign",
  unasked: "dropped.call.unasked",
  busy: "dropped.call.busy",
  flooded: "dropped.call.flooded",
  withheld: "dropped.call.withheld",
};

/** Behind `/metrics`: what the other systems have dropped. */
export function droppedTable(
  { connections, chat, call, music }: Dropped,
  { say, columns }: { readonly say: Translator; readonly columns: number },
): string[] {
  const kinds = Object.keys(OF_CALLS) as (keyof CallCounters)[];
  const rows = [
    [say("dropped.chat"), String(chat)],
    ...kinds.map((kind) => [say(OF_CALLS[kind]), String(call[kind])]),
    [say("dropped.music"), String(music)],
  ];
  const header = [say("dropped.connections"), String(connections)];
  return formatTable({ header, rows, align: ["left", "right"], columns });
}

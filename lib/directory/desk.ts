import type { Awaitable } from "../base/awaitable.ts";
import type { LinkEffect, LinkId, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import type { ProbedTcp } from "../protocol/probe.ts";

/** The tables that a server keeps, each a service of its store. */
export type Service = "chat" | "rendezvous" | "call" | "music";

/** Something that the operator of a server sees or that is counted. */
export type DeskReport =
  /** A user was added to the table of `service`. */
  | { readonly kind: "user_added"; readonly service: Service; readonly name: string }
  /** A user left the table, or its lease ran out. */
  | { readonly kind: "user_removed"; readonly service: Service; readonly name: string }
  /** A chat user fell silent: whatever it was at `ip` is gone, and its other connections with it. */
  | { readonly kind: "vanished"; readonly name: string; readonly ip: string }
  /** Somebody's own ports were tried: what became of the connection, and how many datagrams went. */
  | { readonly kind: "probed"; readonly outcome: ProbedTcp; readonly datagrams: number }
  /** Input that was refused or ignored; `code` is a stable word for counters. */
  | { readonly kind: "refused"; readonly link: LinkId; readonly code: string };

/** What a desk is told besides what happens on its links: another desk's report. */
export type Vanished = DeskReport & { readonly kind: "vanished" };

/** What a desk does. */
export type DeskEffect = LinkEffect | DeskReport;

/**
 * A machine of the server: turns one wire format's requests into directory operations. It differs
 * from a peer's machine in one thing: a store may answer later, and then the effects come later.
 * Whoever runs it hands in a link's lines one after another, each when the one before is done.
 */
export interface Desk {
  handle(input: LinkInput | Wake | Vanished, now: number): Awaitable<readonly DeskEffect[]>;
  wakeAt(): number | null;
  /** The name under which a link is registered, for logs, or null. */
  nameOf(link: LinkId): string | null;
}

/** One row of a table of users. */
export interface UserRow {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}

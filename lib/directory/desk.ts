import type { Awaitable } from "../base/awaitable.ts";
import type { LinkEffect, LinkId, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";

/** The tables that a server keeps, each a service of its store. */
export type Service = "chat" | "rendezvous" | "call" | "music";

/** Something that the operator of a server sees or that is counted. */
export type DeskReport =
  /** A user was added to the table of `service`. */
  | { readonly kind: "user_added"; readonly service: Service; readonly name: string }
  /** A user left the table, or its lease ran out. */
  | { readonly kind: "user_removed"; readonly service: Service; readonly name: string }
  /** Input that was refused or ignored; `code` is a stable word for counters. */
  | { readonly kind: "refused"; readonly link: LinkId; readonly code: string };

/** What a desk does. */
export type DeskEffect = LinkEffect | DeskReport;

/**
 * A machine of the server: turns one wire format's requests into directory operations. It differs
 * from a peer's machine in one thing: a store may answer later, and then the effects come later.
 * Whoever runs it hands in a link's lines one after another, each when the one before is done.
 */
export interface Desk {
  handle(input: LinkInput | Wake, now: number): Awaitable<readonly DeskEffect[]>;
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

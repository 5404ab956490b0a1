import type { StateTable } from "../../base/state_table.ts";

/** Where a node stands with the catalogue. */
export type MembershipState =
  | "offline"
  /** The list is on its way, part by part. */
  | "listing"
  | "registered"
  | "renewing"
  /** The server said no. */
  | "refused"
  /** The server is away. */
  | "waiting"
  | "leaving";

/** What moves it. */
export type MembershipEvent =
  | "start"
  | "listed"
  | "relist"
  | "renew"
  | "renewed"
  | "refused"
  | "away"
  | "retry"
  | "leave"
  | "left";

/** A node's entry in the catalogue (`protocols/music.md`); the diagram is made from it. */
export const MEMBERSHIP: StateTable<MembershipState, MembershipEvent> = {
  offline: { start: "listing" },
  listing: { listed: "registered", refused: "refused", away: "waiting", leave: "leaving" },
  registered: { renew: "renewing", relist: "listing", leave: "leaving" },
  renewing: {
    renewed: "registered",
    relist: "listing",
    refused: "refused",
    away: "waiting",
    leave: "leaving",
  },
  refused: { retry: "listing", leave: "leaving" },
  waiting: { retry: "listing", leave: "leaving" },
  leaving: { left: "offline" },
};

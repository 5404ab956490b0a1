/**
 * What goes into the machine of a node's entry in the catalogue and what comes out, as plain data.
 *
 * @module
 */
import type { Wake } from "../../base/machine.ts";
import type { Random } from "../../base/random.ts";
import type { CatalogueFile, CatalogueReply } from "../../protocol/music.ts";
import type { CatalogueStatus } from "../library_status.ts";

/** Who the node is. */
export interface MembershipOptions {
  readonly name: string;
  /** The UDP port of this node. */
  readonly port: number;
  /** Chance for back-off. */
  readonly random: Random;
}

/** What became of a request. */
export type CatalogueOutcome =
  /** The server answered; that can be an error. */
  | { readonly kind: "reply"; readonly reply: CatalogueReply }
  /** Nothing that could be understood came; `reason` is the system's words. */
  | { readonly kind: "unreachable"; readonly reason: string };

/** What the machine takes. */
export type MembershipInput =
  | Wake
  /** Register. */
  | { readonly kind: "start" }
  /** What is shared from now on, before or after `start`. */
  | { readonly kind: "files"; readonly files: readonly CatalogueFile[] }
  /** What became of the request that was asked for last. */
  | { readonly kind: "outcome"; readonly outcome: CatalogueOutcome }
  /** Leave the catalogue; answered by `music_left`. */
  | { readonly kind: "leave" };

/** What the machine does. */
export type MembershipEffect =
  /** Ask the server; one request at a time, answered by `outcome`. */
  | { readonly kind: "ask"; readonly line: string }
  | CatalogueStatus;

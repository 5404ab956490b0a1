import type { IpPort } from "../base/address.ts";
import type { Invitation } from "../protocol/call.ts";
import { sameAddress } from "./answer_address.ts";
import type { CallerDoubt } from "./status.ts";

/** The other side of a call on the network. */
export interface Party {
  /** Where everything for it goes. */
  readonly to: IpPort;
  /** Where it was heard from first. */
  readonly from: IpPort;
  /** The addresses that it speaks from: nobody else is listened to. */
  readonly speaksFrom: readonly IpPort[];
}

/** What the registry says of who calls; `asked`: nothing yet. Whom we call is confirmed. */
export type CallerCheck = "asked" | "confirmed" | CallerDoubt;

/** What the telephone is doing, with what that needs. Times in milliseconds. */
export type Phase =
  | { readonly state: "idle" }
  | { readonly state: "looking_up"; readonly callId: string; readonly name: string }
  | {
    readonly state: "inviting";
    readonly callId: string;
    readonly name: string;
    /** Where the callee is registered. */
    readonly to: IpPort;
    /** The `convite`, as it is repeated. */
    readonly bytes: Uint8Array;
    readonly giveUpAt: number;
    repeatAt: number;
  }
  | {
    readonly state: "invited";
    readonly callId: string;
    readonly name: string;
    readonly party: Party;
    readonly invitation: Invitation;
    check: CallerCheck;
    readonly checkBy: number;
    readonly giveUpAt: number;
    heardAt: number;
    /** Whether the caller repeats its invitation, so that its silence means something. */
    repeated: boolean;
  }
  | {
    readonly state: "connected";
    readonly callId: string;
    readonly name: string;
    readonly party: Party;
    check: CallerCheck;
    /** When a check that was not answered counts as failed. */
    readonly checkBy: number;
    readonly since: number;
    /** Our answer, to be given again to a repeated `convite`; null where it was us who called. */
    readonly answer: Uint8Array | null;
    heardAt: number;
  };

/** One kind of {@link Phase}. */
export type PhaseOf<State extends Phase["state"]> = Phase & { readonly state: State };

/** The telephone at rest. */
export const IDLE: Phase = { state: "idle" };

/** Whether a datagram from an address is the party's. */
export function speaks({ speaksFrom }: Party, from: IpPort): boolean {
  return speaksFrom.some((address) => sameAddress(address, from));
}

import type { IpPort } from "../base/address.ts";
import type { DatagramEffect } from "../base/datagram.ts";
import { transition } from "../base/state_table.ts";
import {
  type CallMessage,
  type Codec,
  formatCallMessage,
  type Invitation,
} from "../protocol/call.ts";
import { chooseCodec } from "./codec_choice.ts";
import type { MediaEffect } from "./contract.ts";
import type { CallCounters } from "./counters.ts";
import { EndedCalls } from "./ended_calls.ts";
import { Farewells } from "./farewells.ts";
import { CALL_LIMITS } from "./limits.ts";
import { IDLE, type Party, type Phase, type PhaseOf } from "./phase.ts";
import { PHONE, type PhoneEvent } from "./states.ts";
import type { CallFailure, CallRefusal, CallStatus } from "./status.ts";

/** What a telephone wants done; `look_up` is answered by `Phone.found`. */
export type PhoneOutput =
  | DatagramEffect
  | MediaEffect
  | CallStatus
  | { readonly kind: "look_up"; readonly name: string; readonly token: string };

/** Whose telephone it is, at this moment. */
export interface PhoneOwner {
  readonly name: string;
  /** Where others call it, or null where that is not known yet. */
  readonly address: IpPort | null;
  readonly port: number;
  readonly codecs: readonly Codec[];
  readonly newCallId: () => string;
}

const encoder = new TextEncoder();

/**
 * The state of a telephone and every step that changes it: each moves the one phase along the table
 * of states, says what has to be said, and remembers what late packets need.
 */
export class PhoneLine {
  phase: Phase = IDLE;
  /** Whether nobody is to get through any more: the program ends. */
  closed = false;
  readonly out: PhoneOutput[] = [];
  readonly ended = new EndedCalls();
  readonly farewells = new Farewells();

  constructor(readonly owner: () => PhoneOwner, readonly counters: CallCounters) {}

  /** Begins to look for somebody to call. */
  lookUp(callId: string, name: string): void {
    this.move("call", { state: "looking_up", callId, name });
    this.out.push({ kind: "calling", name }, { kind: "look_up", name, token: callId });
  }

  /** Invites who was found. */
  invite({ callId, name }: PhaseOf<"looking_up">, to: IpPort, own: IpPort, now: number): void {
    const { name: caller, codecs } = this.owner();
    const bytes = encode({ kind: "convite", callId, name: caller, ...own, codecs });
    const giveUpAt = now + CALL_LIMITS.inviteTime;
    const repeatAt = now + CALL_LIMITS.inviteInterval;
    this.move("address", { state: "inviting", callId, name, to, bytes, giveUpAt, repeatAt });
    this.out.push({ kind: "inviting", name, address: to });
    this.send(to, bytes);
  }

  /** Lets the telephone ring. */
  ring(invitation: Invitation, party: Party, from: IpPort, now: number): void {
    const { callId, name } = invitation;
    const giveUpAt = now + CALL_LIMITS.inviteTime + CALL_LIMITS.silence;
    const heard = { heardAt: now, repeated: false };
    this.move("invitation", {
      ...{ state: "invited", callId, name, party, invitation, giveUpAt },
      ...heard,
    });
    this.out.push({ kind: "invited", name, from });
  }

  /** Accepts an invitation: says so, and begins to talk. */
  takeUp(
    { callId, name, codecs }: Invitation,
    party: Party,
    event: "accept" | "crossing",
    now: number,
  ): void {
    const { name: own, codecs: ours, port } = this.owner();
    const codec = chooseCodec(codecs, ours);
    const answer = encode({
      ...{ kind: "resposta_ao_convite", callId, name: own, answer: "aceito", codec, port },
    });
    this.send(party.to, answer);
    this.connect({ callId, name, party, answer }, codec, event, now);
  }

  /** Begins to talk. */
  connect(
    call: Pick<PhaseOf<"connected">, "callId" | "name" | "party" | "answer">,
    codec: Codec,
    event: "accept" | "crossing" | "accepted",
    now: number,
  ): void {
    this.move(event, { state: "connected", ...call, since: now, heardAt: now });
    const { name, party: { to } } = call;
    const [outbound, crossing] = [event === "accepted", event === "crossing"];
    this.out.push(
      { kind: "connected", name, codec, address: to, outbound, crossing },
      { kind: "media_start", to, codec },
    );
  }

  /** Ends a connected call from our side. */
  end(phase: PhaseOf<"connected">, event: "hang_up" | "lost", now: number): void {
    this.ends(phase, event === "lost" ? "lost" : "hung_up", event, now);
    this.sayGoodbye(phase.callId, phase.party.to, ipsOf(phase.party), now);
  }

  /** Ends a connected call. */
  ends(
    { name, since }: PhaseOf<"connected">,
    why: "hung_up" | "their_hang_up" | "lost",
    event: "hang_up" | "their_end" | "lost",
    now: number,
  ): void {
    this.move(event, IDLE);
    this.out.push({ kind: "media_stop" }, { kind: "ended", name, why, duration: now - since });
  }

  /** Ends our calling, and tells the callee. */
  cancel(
    { callId, name, to }: PhaseOf<"inviting">,
    why: "no_answer" | "given_up" | "no_codec",
    now: number,
  ): void {
    this.fail(name, why, why === "given_up" ? "hang_up" : why);
    this.sayGoodbye(callId, to, [to.ip], now);
  }

  /** Ends our calling. */
  fail(name: string, why: CallFailure, event: PhoneEvent): void {
    this.move(event, IDLE);
    this.out.push({ kind: "call_failed", name, why });
  }

  /** Ends being called with a no. */
  decline(phase: PhaseOf<"invited">, event: "reject" | "withdrawn", now: number): void {
    this.move(event, IDLE);
    this.sayNo(phase.callId, phase.party, now);
  }

  /** Says no, and remembers to say it again. */
  sayNo(callId: string, party: Party, now: number): void {
    const { name } = this.owner();
    const bytes = encode({
      ...{ kind: "resposta_ao_convite", callId, name, answer: "rejeitado" },
      ...{ codec: undefined, port: undefined },
    });
    this.ended.add(callId, { ips: ipsOf(party), reply: { to: party.to, bytes } }, now);
    this.send(party.to, bytes);
  }

  /** Says that a call is over, and remembers to say it again. */
  sayGoodbye(callId: string, to: IpPort, ips: readonly string[], now: number): void {
    const bytes = this.hangUpBytes(callId);
    this.ended.add(callId, { ips, reply: { to, bytes } }, now);
    this.out.push(this.farewells.say(to, bytes, now));
  }

  /** `encerrar_ligação` of a call. */
  hangUpBytes(callId: string): Uint8Array {
    return encode({ kind: "encerrar_ligação", callId, name: this.owner().name });
  }

  /** Sends a datagram. */
  send(to: IpPort, bytes: Uint8Array): void {
    this.out.push({ kind: "send_datagram", to, bytes });
  }

  /** Tells the person why not. */
  refuse(refusal: CallRefusal): void {
    this.out.push({ kind: "refused", refusal });
  }

  /** Goes where the table says that an event leads. */
  move(event: PhoneEvent, next: Phase): void {
    if (transition(PHONE, this.phase.state, event) !== next.state) {
      throw new TypeError(`${event} does not lead to ${next.state}`);
    }
    this.phase = next;
  }
}

/** The machines of a party. */
export function ipsOf({ speaksFrom }: Party): string[] {
  return speaksFrom.map(({ ip }) => ip);
}

function encode(message: CallMessage): Uint8Array {
  return encoder.encode(formatCallMessage(message));
}

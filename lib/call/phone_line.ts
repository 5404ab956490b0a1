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
import { type EndedCall, EndedCalls } from "./ended_calls.ts";
import { Farewells } from "./farewells.ts";
import { CALL_LIMITS } from "./limits.ts";
import { type CallerCheck, IDLE, type Party, type Phase, type PhaseOf } from "./phase.ts";
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
  /** Calls that were, and those that a stranger may have made up. */
  readonly ended = new EndedCalls();
  readonly strays = new EndedCalls();
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
    const check = { check: "asked", checkBy: now + CALL_LIMITS.verification } as const;
    this.move("invitation", {
      ...{ state: "invited", callId, name, party, invitation, giveUpAt },
      ...check,
      ...heard,
    });
    // The name is a claim. It rings all the same: the registry may be away.
    this.out.push({ kind: "invited", name, from }, { kind: "look_up", name, token: callId });
  }

  /** It is known, or given up, whether who calls is who they say. */
  judge(phase: PhaseOf<"invited" | "connected">, check: Exclude<CallerCheck, "asked">): void {
    if (check === phase.check) return;
    phase.check = check;
    const doubt = check === "confirmed" ? null : check;
    this.out.push({ kind: "caller_checked", name: phase.name, doubt });
  }

  /** Accepts an invitation: says so, and begins to talk. */
  takeUp(
    { callId, name, codecs }: Invitation,
    { party, check, checkBy }: Pick<PhaseOf<"invited">, "party" | "check" | "checkBy">,
    event: "accept" | "crossing",
    now: number,
  ): void {
    const { name: own, codecs: ours, port } = this.owner();
    const codec = chooseCodec(codecs, ours);
    const answer = encode({
      ...{ kind: "resposta_ao_convite", callId, name: own, answer: "aceito", codec, port },
    });
    this.send(party.to, answer);
    this.connect({ callId, name, party, check, checkBy, answer }, codec, event, now);
  }

  /** Begins to talk. */
  connect(
    call: Omit<PhaseOf<"connected">, "state" | "since" | "heardAt">,
    codec: Codec,
    event: "accept" | "crossing" | "accepted",
    now: number,
  ): void {
    this.move(event, { state: "connected", ...call, since: now, heardAt: now });
    const { name, check, party: { to } } = call;
    const confirmed = undoubted(check);
    const [outbound, crossing] = [event === "accepted", event === "crossing"];
    this.out.push(
      { kind: "connected", name, codec, address: to, confirmed, outbound, crossing },
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
    { name, check, since }: PhaseOf<"connected">,
    why: "hung_up" | "their_hang_up" | "lost",
    event: "hang_up" | "their_end" | "lost",
    now: number,
  ): void {
    this.move(event, IDLE);
    const confirmed = undoubted(check);
    const duration = now - since;
    this.out.push({ kind: "media_stop" }, { kind: "ended", name, confirmed, why, duration });
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

  /** Tells the person that somebody called and is gone. */
  missed({ name, check }: PhaseOf<"invited">): void {
    this.out.push({ kind: "missed", name, confirmed: check === "confirmed" });
  }

  /** Ends being called with a no. */
  decline(phase: PhaseOf<"invited">, event: "reject" | "withdrawn", now: number): void {
    this.move(event, IDLE);
    const { callId, party } = phase;
    const bytes = this.#noBytes(callId);
    this.ended.add(callId, { ips: ipsOf(party), reply: { to: party.to, bytes } }, now);
    this.send(party.to, bytes);
  }

  /**
   * Says no to somebody who does not get through, and remembers to say it again.
   *
   * @param asked bytes of the invitation
   */
  turnAway(callId: string, party: Party, asked: number, now: number): void {
    const bytes = this.#noBytes(callId);
    this.strays.add(callId, { ips: ipsOf(party), reply: { to: party.to, bytes } }, now);
    this.answer(party.to, bytes, asked);
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

  /** What late packets of a call that is over need, or null. */
  over(callId: string, ip: string, now: number): EndedCall | null {
    return this.ended.find(callId, ip, now) ?? this.strays.find(callId, ip, now);
  }

  /**
   * Sends an answer, unless it is far longer than what asked for it: a stranger could have sent that
   * in the name of a third one.
   *
   * @param asked bytes of what asked for it
   */
  answer(to: IpPort, bytes: Uint8Array, asked: number): void {
    if (bytes.length <= CALL_LIMITS.mostAmplification * asked) this.send(to, bytes);
    else this.counters.withheld += 1;
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

  #noBytes(callId: string): Uint8Array {
    const { name } = this.owner();
    return encode({
      ...{ kind: "resposta_ao_convite", callId, name, answer: "rejeitado" },
      ...{ codec: undefined, port: undefined },
    });
  }
}

/** The machines of a party. */
export function ipsOf({ speaksFrom }: Party): string[] {
  return speaksFrom.map(({ ip }) => ip);
}

function encode(message: CallMessage): Uint8Array {
  return encoder.encode(formatCallMessage(message));
}

/** Who answers at once is told what the registry says when it has said it: until then there is no doubt. */
function undoubted(check: CallerCheck): boolean {
  return check === "confirmed" || check === "asked";
}

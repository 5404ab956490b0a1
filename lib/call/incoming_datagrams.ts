import type { IpPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { TokenBucket } from "../base/token_bucket.ts";
import {
  type CallMessage,
  type HangUp,
  type Invitation,
  type InvitationAnswer,
  parseCallMessage,
} from "../protocol/call.ts";
import { datagramKind } from "../wire/datagram_kind.ts";
import { answerAddress, mayAnswer, sameAddress } from "./answer_address.ts";
import { chosenCodec } from "./codec_choice.ts";
import { CALL_LIMITS } from "./limits.ts";
import { IDLE, type Party, type PhaseOf, speaks } from "./phase.ts";
import { ipsOf, type PhoneLine } from "./phone_line.ts";

/**
 * What comes in over UDP. A datagram about a call is believed only with the call's id and from its
 * addresses; all else is counted and does nothing.
 */
export class IncomingDatagrams {
  readonly #rings = new TokenBucket(CALL_LIMITS.rings);

  constructor(readonly line: PhoneLine) {}

  /** A datagram from anywhere. */
  datagram(from: IpPort, bytes: Uint8Array, now: number): void {
    const kind = datagramKind(bytes);
    if (kind === "media") return this.#media(from, bytes, now);
    if (kind === null || bytes.length > CALL_LIMITS.signallingBytes) {
      this.line.counters.malformed += 1;
      return;
    }
    let message: CallMessage;
    try {
      message = parseCallMessage(bytes);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.line.counters.malformed += 1;
      return;
    }
    switch (message.kind) {
      case "convite":
        return this.#invitation(from, message, bytes.length, now);
      case "resposta_ao_convite":
        return this.#answered(from, message, bytes.length, now);
      case "encerrar_ligação":
        return this.#theirEnd(from, message, now);
    }
  }

  #media(from: IpPort, bytes: Uint8Array, now: number): void {
    const phase = this.line.phase;
    if (phase.state !== "connected") this.line.counters.unasked += 1;
    else if (!speaks(phase.party, from)) this.line.counters.foreign += 1;
    else {
      phase.heardAt = now;
      this.line.out.push({ kind: "media_packet", bytes });
    }
  }

  /** @param size bytes of the datagram: an answer is not much longer */
  #invitation(from: IpPort, message: Invitation, size: number, now: number): void {
    const phase = this.line.phase;
    const { callId } = message;
    if (phase.state !== "idle" && phase.callId === callId && "party" in phase) {
      return this.#invitedAgain(phase, from, size, now);
    }
    const over = this.line.over(callId, from.ip, now);
    if (over !== null) {
      if (over.reply !== null) this.line.answer(over.reply.to, over.reply.bytes, size);
      return;
    }
    // Until we know where it is, it may be the one we are calling; it will ask again.
    if (phase.state === "looking_up" && phase.name === message.name) return;
    const party = partyOf(message, from);
    if (phase.state === "inviting" && crosses(phase, from, message)) {
      // Both call each other: the smaller id is the call, and needs no person to accept it.
      if (phase.callId < callId) return;
      const reply = { to: phase.to, bytes: this.line.hangUpBytes(phase.callId) };
      this.line.ended.add(phase.callId, { ips: [phase.to.ip], reply }, now);
      // The registry has sent us to that very address.
      const found = { party, check: "confirmed", checkBy: Infinity } as const;
      return this.line.takeUp(message, found, "crossing", now);
    }
    if (phase.state !== "idle" || this.line.closed) {
      this.line.counters.busy += 1;
      return this.line.turnAway(callId, party, size, now);
    }
    if (this.#rings.take(now)) this.line.ring(message, party, from, now);
    else this.line.counters.flooded += 1;
  }

  /** The same invitation once more: shown once, and answered as before once it was answered. */
  #invitedAgain(
    phase: PhaseOf<"invited" | "connected">,
    from: IpPort,
    size: number,
    now: number,
  ): void {
    if (!speaks(phase.party, from)) {
      this.line.counters.foreign += 1;
      return;
    }
    phase.heardAt = now;
    if (phase.state === "invited") phase.repeated = true;
    else if (phase.answer !== null) this.line.answer(phase.party.to, phase.answer, size);
  }

  #answered(from: IpPort, message: InvitationAnswer, size: number, now: number): void {
    const phase = this.line.phase;
    const accepted = message.answer === "aceito";
    if (phase.state !== "inviting" || phase.callId !== message.callId) {
      if (phase.state === "connected" && phase.callId === message.callId) {
        if (speaks(phase.party, from)) phase.heardAt = now;
        else this.line.counters.foreign += 1;
        return;
      }
      // It came after we had given up: the callee has to know, or it would talk to nobody.
      const over = this.line.over(message.callId, from.ip, now);
      if (over === null) this.line.counters.unasked += 1;
      else if (accepted && over.reply !== null) {
        this.line.answer(over.reply.to, over.reply.bytes, size);
      }
      return;
    }
    if (!mayAnswer(phase.to, from)) {
      this.line.counters.foreign += 1;
      return;
    }
    const { callId, name } = phase;
    if (!accepted) {
      this.line.ended.add(callId, { ips: [phase.to.ip, from.ip], reply: null }, now);
      return this.line.fail(name, "rejected", "rejected");
    }
    const codec = chosenCodec(message.codec, this.line.owner().codecs);
    if (codec === null) return this.line.cancel(phase, "no_codec", now);
    const claimed = message.port === undefined ? phase.to : { ip: from.ip, port: message.port };
    const to = answerAddress(claimed, from);
    const party: Party = { to, from, speaksFrom: [to, from, phase.to] };
    const found = { check: "confirmed", checkBy: Infinity } as const;
    this.line.connect({ callId, name, party, ...found, answer: null }, codec, "accepted", now);
  }

  #theirEnd(from: IpPort, { callId }: HangUp, now: number): void {
    const phase = this.line.phase;
    if (phase.state === "idle" || phase.state === "looking_up" || phase.callId !== callId) {
      if (this.line.over(callId, from.ip, now) !== null) return;
      this.line.counters.unasked += 1;
      // It may have overtaken its own invitation, which is then not to be shown any more.
      this.line.strays.add(callId, { ips: [from.ip], reply: null }, now);
      return;
    }
    const theirs = phase.state === "inviting"
      ? mayAnswer(phase.to, from)
      : speaks(phase.party, from);
    if (!theirs) {
      this.line.counters.foreign += 1;
      return;
    }
    const ips = phase.state === "inviting" ? [phase.to.ip, from.ip] : ipsOf(phase.party);
    this.line.ended.add(callId, { ips, reply: null }, now);
    switch (phase.state) {
      case "inviting":
        return this.line.fail(phase.name, "their_end", "their_end");
      case "invited":
        this.line.move("their_end", IDLE);
        return this.line.missed(phase);
      case "connected":
        return this.line.ends(phase, "their_hang_up", "their_end", now);
    }
  }
}

/** Whether an invitation is that of the very one whom we invite. */
function crosses(
  { callId, name, to }: PhaseOf<"inviting">,
  from: IpPort,
  message: Invitation,
): boolean {
  return name === message.name && sameAddress(to, from) && callId !== message.callId;
}

function partyOf({ ip, port }: Invitation, from: IpPort): Party {
  const to = answerAddress({ ip, port }, from);
  return { to, from, speaksFrom: [to, from] };
}

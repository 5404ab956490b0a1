import type { IpPort } from "../base/address.ts";
import type { CallCounters } from "./counters.ts";
import { IncomingDatagrams } from "./incoming_datagrams.ts";
import { CALL_LIMITS } from "./limits.ts";
import { type CallerCheck, IDLE, type Party, type Phase } from "./phase.ts";
import { PhoneLine, type PhoneOutput, type PhoneOwner } from "./phone_line.ts";
import type { Lookup } from "./registry_session.ts";

/**
 * The telephone: signalling over datagrams (`protocols/call.md`, "Call signalling"), one call at a
 * time. Here is what the person and the clock do to it; {@link IncomingDatagrams} is what others do.
 */
export class Phone {
  readonly #line: PhoneLine;
  readonly #incoming: IncomingDatagrams;

  constructor(owner: () => PhoneOwner, counters: CallCounters) {
    this.#line = new PhoneLine(owner, counters);
    this.#incoming = new IncomingDatagrams(this.#line);
  }

  /** What it is doing. */
  get phase(): Readonly<Phase> {
    return this.#line.phase;
  }

  /** Whether goodbyes are still to be repeated. */
  get saysGoodbye(): boolean {
    return this.#line.farewells.busy;
  }

  /** What is to be done since it was asked last. */
  take(): readonly PhoneOutput[] {
    return this.#line.out.splice(0);
  }

  wakeAt(): number {
    return Math.min(this.#line.farewells.wakeAt(), dueAt(this.#line.phase));
  }

  /** A datagram from anywhere. */
  datagram(from: IpPort, bytes: Uint8Array, now: number): void {
    this.#incoming.datagram(from, bytes, now);
  }

  wake(now: number): void {
    this.#line.out.push(...this.#line.farewells.wake(now));
    const phase = this.#line.phase;
    if (now < dueAt(phase)) return;
    if ("check" in phase && phase.check === "asked" && now >= phase.checkBy) {
      this.#line.judge(phase, "no_answer");
      if (now < dueAt(phase)) return;
    }
    switch (phase.state) {
      case "inviting":
        if (now >= phase.giveUpAt) return this.#line.cancel(phase, "no_answer", now);
        phase.repeatAt = now + CALL_LIMITS.inviteInterval;
        return this.#line.send(phase.to, phase.bytes);
      case "invited":
        this.#line.missed(phase);
        return this.#line.decline(phase, "withdrawn", now);
      case "connected":
        return this.#line.end(phase, "lost", now);
    }
  }

  /** Calls somebody. Calling who is just calling us is to accept. */
  call(name: string, now: number): void {
    const phase = this.#line.phase;
    if (this.#line.closed) return this.#line.refuse({ why: "quitting" });
    if (phase.state === "invited" && phase.name === name) return this.accept(now);
    if (phase.state !== "idle") return this.#line.refuse({ why: "in_call", name: phase.name });
    const { name: own, newCallId } = this.#line.owner();
    if (name === own) return this.#line.refuse({ why: "self", name });
    this.#line.lookUp(newCallId(), name);
  }

  /**
   * Where the callee is, or who calls; an answer that is not waited for any more does nothing.
   * Only the machine is compared: a network may have changed the caller's port (NAT).
   */
  found(token: string, found: Lookup, now: number): void {
    const phase = this.#line.phase;
    if (phase.state === "idle" || phase.callId !== token) return;
    if ("check" in phase) return this.#line.judge(phase, checkOf(phase.party, found));
    if (phase.state !== "looking_up") return;
    const { address } = this.#line.owner();
    if (typeof found !== "string" && address !== null) {
      return this.#line.invite(phase, found, address, now);
    }
    this.#line.move("no_address", IDLE);
    const why = found === "unknown" ? "unknown_user" : "no_server";
    this.#line.refuse({ why, name: phase.name });
  }

  /** Accepts the invitation that is being shown. */
  accept(now: number): void {
    const phase = this.#line.phase;
    if (phase.state !== "invited") return this.#line.refuse({ why: "no_invitation" });
    this.#line.takeUp(phase.invitation, phase, "accept", now);
  }

  /** Rejects the invitation that is being shown. */
  reject(now: number): void {
    const phase = this.#line.phase;
    if (phase.state !== "invited") return this.#line.refuse({ why: "no_invitation" });
    const { name, check } = phase;
    this.#line.out.push({ kind: "rejected", name, confirmed: check === "confirmed" });
    this.#line.decline(phase, "reject", now);
  }

  /** Ends whatever there is: a call, our calling, or somebody's calling us. */
  hangUp(now: number): void {
    const phase = this.#line.phase;
    switch (phase.state) {
      case "idle":
        return this.#line.refuse({ why: "no_call" });
      case "looking_up":
        return this.#line.fail(phase.name, "given_up", "hang_up");
      case "inviting":
        return this.#line.cancel(phase, "given_up", now);
      case "invited":
        return this.reject(now);
      case "connected":
        return this.#line.end(phase, "hang_up", now);
    }
  }

  /** Hangs up and lets nobody through any more. */
  close(now: number): void {
    this.#line.closed = true;
    if (this.#line.phase.state !== "idle") this.hangUp(now);
  }
}

/** What the registry's word means for who calls. */
function checkOf({ from }: Party, found: Lookup): Exclude<CallerCheck, "asked"> {
  if (typeof found === "string") return found === "unknown" ? "not_registered" : found;
  return found.ip === from.ip ? "confirmed" : "other_address";
}

/** When something is due by itself. */
function dueAt(phase: Phase): number {
  const due = stepAt(phase);
  return "check" in phase && phase.check === "asked" ? Math.min(due, phase.checkBy) : due;
}

function stepAt(phase: Phase): number {
  switch (phase.state) {
    case "idle":
    case "looking_up":
      return Infinity;
    case "inviting":
      return Math.min(phase.repeatAt, phase.giveUpAt);
    case "invited":
      return phase.repeated
        ? Math.min(phase.giveUpAt, phase.heardAt + CALL_LIMITS.silence)
        : phase.giveUpAt;
    case "connected":
      return phase.heardAt + CALL_LIMITS.silence;
  }
}

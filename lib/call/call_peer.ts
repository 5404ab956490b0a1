import type { Machine } from "../base/machine.ts";
import { normalizeName } from "../base/names.ts";
import type { CallCommand, CallEffect, CallInput, CallPeerOptions } from "./contract.ts";
import { type CallCounters, newCallCounters } from "./counters.ts";
import { Phone } from "./phone.ts";
import { RegistrySession, type SessionOutput } from "./registry_session.ts";
import type { PhoneState, RegistryState } from "./states.ts";

/**
 * The peer of voice calls: one registry session and one telephone, joined here. The telephone does
 * without the registry except to find somebody, so that a call goes on while the server is away.
 */
export class CallPeer implements Machine<CallInput, CallEffect> {
  readonly #session: RegistrySession;
  readonly #phone: Phone;
  readonly #counters = newCallCounters();
  #leaving = false;
  #left = false;
  #out: CallEffect[] = [];

  constructor(options: CallPeerOptions) {
    const { port, codecs, newCallId } = options;
    this.#session = new RegistrySession(options, normalizeName(options.name));
    this.#phone = new Phone(() => {
      const { name, address } = this.#session;
      return { name, address, port, codecs, newCallId };
    }, this.#counters);
  }

  /** Our own name. */
  get name(): string {
    return this.#session.name;
  }

  /** Where this peer stands with the registry. */
  get registry(): RegistryState {
    return this.#session.state;
  }

  /** What the telephone is doing. */
  get phone(): PhoneState {
    return this.#phone.phase.state;
  }

  /** Who is at the other end of the telephone, or is to be; null where there is nobody. */
  get partner(): string | null {
    const phase = this.#phone.phase;
    return phase.state === "idle" ? null : phase.name;
  }

  /** Whether the registry has confirmed the name of {@link partner}; whom we call has it from there. */
  get confirmed(): boolean {
    const phase = this.#phone.phase;
    return !("check" in phase) || phase.check === "confirmed";
  }

  /** What was counted so far. */
  get counters(): Readonly<CallCounters> {
    return this.#counters;
  }

  wakeAt(): number | null {
    const at = Math.min(this.#session.wakeAt(), this.#phone.wakeAt());
    return at === Infinity ? null : at;
  }

  handle(input: CallInput, now: number): readonly CallEffect[] {
    switch (input.kind) {
      case "datagram":
        this.#phone.datagram(input.from, input.bytes, now);
        break;
      case "wake":
        this.#phone.wake(now);
        this.#fromSession(this.#session.wake(now), now);
        break;
      case "start":
        this.#fromSession(this.#session.start(), now);
        break;
      case "command":
        this.#command(input.command, now);
        break;
      default:
        this.#fromSession(this.#session.input(input, now), now);
    }
    this.#fromPhone(now);
    this.#leaveIfDone();
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #command(command: CallCommand, now: number): void {
    switch (command.kind) {
      case "who":
        return this.#fromSession(
          this.#session.lookUp(normalizeName(command.name), null, now),
          now,
        );
      case "call":
        return this.#phone.call(normalizeName(command.name), now);
      case "accept":
        return this.#phone.accept(now);
      case "reject":
        return this.#phone.reject(now);
      case "hangup":
        return this.#phone.hangUp(now);
      case "rename":
        return this.#fromSession(this.#session.rename(normalizeName(command.name), now), now);
      case "quit":
        this.#leaving = true;
        this.#phone.close(now);
        this.#fromPhone(now);
        return this.#fromSession(this.#session.leave(now), now);
    }
  }

  #fromSession(outputs: readonly SessionOutput[], now: number): void {
    for (const output of outputs) {
      if (output.kind !== "found") this.#out.push(output);
      else if (output.token !== null) this.#phone.found(output.token, output.found, now);
      else this.#tellWho(output);
    }
  }

  #tellWho({ name, found }: SessionOutput & { readonly kind: "found" }): void {
    if (typeof found !== "string") this.#out.push({ kind: "who", name, address: found });
    else {
      const why = found === "unknown" ? "unknown_user" : "no_server";
      this.#out.push({ kind: "refused", refusal: { why, name } });
    }
  }

  /** What the telephone wants done. A lookup can fail at once and so lead to more. */
  #fromPhone(now: number): void {
    for (let out = this.#phone.take(); out.length > 0; out = this.#phone.take()) {
      for (const output of out) {
        if (output.kind !== "look_up") this.#out.push(output);
        else this.#fromSession(this.#session.lookUp(output.name, output.token, now), now);
      }
    }
  }

  /** Reports the end once the registry and the last call's other side have been told. */
  #leaveIfDone(): void {
    if (!this.#leaving || this.#left) return;
    if (this.#session.state !== "offline" || this.#phone.saysGoodbye) return;
    this.#left = true;
    this.#out.push({ kind: "left" });
  }
}

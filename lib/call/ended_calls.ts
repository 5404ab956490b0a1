import type { IpPort } from "../base/address.ts";
import { CALL_LIMITS } from "./limits.ts";

/** A call that is over, as late packets of it need it. */
export interface EndedCall {
  /** The other side's machine: only it is answered. */
  readonly ips: readonly string[];
  /** What is said again to a late message that wants an answer, and where; null for silence. */
  readonly reply: { readonly to: IpPort; readonly bytes: Uint8Array } | null;
}

/**
 * Calls that ended lately, by call_id: a repeated `convite` gets the same answer again and rings
 * nobody twice, and an answer after the caller gave up is told so.
 */
export class EndedCalls {
  readonly #calls = new Map<string, EndedCall & { readonly until: number }>();

  /** How many are remembered. */
  get size(): number {
    return this.#calls.size;
  }

  /** Remembers a call; one more than the cap costs the oldest its place. */
  add(callId: string, call: EndedCall, now: number): void {
    this.#calls.delete(callId);
    this.#calls.set(callId, { ...call, until: now + CALL_LIMITS.endedCallTime });
    for (const [oldest, { until }] of this.#calls) {
      if (this.#calls.size <= CALL_LIMITS.endedCalls && now < until) break;
      this.#calls.delete(oldest);
    }
  }

  /** The call that ended with this id and this machine, or null. */
  find(callId: string, ip: string, now: number): EndedCall | null {
    const call = this.#calls.get(callId);
    return call !== undefined && now < call.until && call.ips.includes(ip) ? call : null;
  }
}

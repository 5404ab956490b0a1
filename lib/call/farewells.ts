import type { IpPort } from "../base/address.ts";
import type { DatagramEffect } from "../base/datagram.ts";
import { CALL_LIMITS } from "./limits.ts";

/** An `encerrar_ligação` that is still to be repeated. */
interface Farewell {
  readonly to: IpPort;
  readonly bytes: Uint8Array;
  left: number;
  at: number;
}

/** Says goodbye to calls that are over: three times, beside whatever comes next. */
export class Farewells {
  #pending: Farewell[] = [];

  /** Whether something is still to be said. */
  get busy(): boolean {
    return this.#pending.length > 0;
  }

  wakeAt(): number {
    return this.#pending.reduce((first, { at }) => Math.min(first, at), Infinity);
  }

  /** Says it for the first time. */
  say(to: IpPort, bytes: Uint8Array, now: number): DatagramEffect {
    const at = now + CALL_LIMITS.farewellInterval;
    this.#pending.push({ to, bytes, left: CALL_LIMITS.farewells - 1, at });
    if (this.#pending.length > CALL_LIMITS.farewellsAtOnce) this.#pending.shift();
    return { kind: "send_datagram", to, bytes };
  }

  /** Says again what is due. */
  wake(now: number): DatagramEffect[] {
    const due = this.#pending.filter(({ at }) => now >= at);
    if (due.length === 0) return [];
    for (const farewell of due) {
      farewell.left -= 1;
      farewell.at = now + CALL_LIMITS.farewellInterval;
    }
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return due.map(({ to, bytes }) => ({ kind: "send_datagram", to, bytes }));
  }
}

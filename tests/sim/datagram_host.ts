import type { IpPort } from "../../lib/base/address.ts";
import {
  type DatagramEffect,
  type DatagramInput,
  isDatagramEffect,
} from "../../lib/base/datagram.ts";
import type { Machine, Wake } from "../../lib/base/machine.ts";
import type { Datagrams } from "./datagrams.ts";
import type { Actor } from "./timeline.ts";

/** A machine of datagrams and where it is to run. */
export interface DatagramHostPlan<Input, Effect> {
  readonly at: IpPort;
  readonly machine: Machine<Input | DatagramInput | Wake, Effect>;
  /** Gets every effect that is no datagram. It may feed the host. */
  readonly carryOut: (effect: Exclude<Effect, DatagramEffect>, now: number) => void;
}

/** More wakes than this at one point of time mean that the machine will never be content. */
const MOST_WAKES_AT_ONCE = 10_000;

/** One machine behind one socket of the simulated network: feeds it, obeys it, wakes it. */
export class DatagramHost<Input, Effect extends { readonly kind: string }> implements Actor {
  readonly #waiting: (Input | DatagramInput | Wake)[] = [];
  #busy = false;
  #running = true;
  #nextWake = Infinity;
  #wakesAtOnce = 0;
  #lastWake = -1;

  constructor(readonly network: Datagrams, readonly plan: DatagramHostPlan<Input, Effect>) {
    network.bind(plan.at, (from, bytes) => this.feed({ kind: "datagram", from, bytes }));
    this.#planWake();
  }

  /** Gives the machine an input now. Nothing happens once the host has stopped. */
  feed(input: Input | DatagramInput | Wake): void {
    if (!this.#running) return;
    this.#waiting.push(input);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next; this.#running && (next = this.#waiting.shift()) !== undefined;) {
        const { now } = this.network.timeline;
        for (const effect of this.plan.machine.handle(next, now)) {
          if (isDatagramEffect(effect)) this.network.send(this.plan.at, effect.to, effect.bytes);
          else this.plan.carryOut(effect as Exclude<Effect, DatagramEffect>, now);
        }
      }
    } finally {
      this.#busy = false;
    }
    this.#planWake();
  }

  /** Ends the process without a word. */
  stop(): void {
    this.#running = false;
    this.network.unbind(this.plan.at);
  }

  fire(now: number): void {
    if (now < this.#nextWake) return; // An earlier call took this one's part.
    this.#nextWake = Infinity;
    if (!this.#running) return;
    const wanted = this.plan.machine.wakeAt();
    if (wanted === null || wanted > now) return this.#planWake();
    this.#wakesAtOnce = now === this.#lastWake ? this.#wakesAtOnce + 1 : 1;
    this.#lastWake = now;
    if (this.#wakesAtOnce > MOST_WAKES_AT_ONCE) {
      throw new Error(`${this.plan.at.ip} asks to be woken at ${wanted} without end`);
    }
    this.feed({ kind: "wake" });
  }

  #planWake(): void {
    const at = this.plan.machine.wakeAt();
    if (!this.#running || at === null || at >= this.#nextWake) return;
    this.#nextWake = at;
    this.network.timeline.at(at, this);
  }
}

import { setImmediate } from "node:timers";
import { isDatagramEffect } from "../../base/datagram.ts";
import type { DatagramEffect } from "../../base/datagram.ts";
import type { IpPort } from "../../base/address.ts";
import type {
  TransferPort,
  TransferPortEffect,
  TransferPortInput,
} from "../../music/transfer_port.ts";
import { monotonicNow } from "../clock.ts";

/** What a {@link TransferLoop} needs and tells. */
export interface TransferObserver {
  /** Sends a datagram; its bytes stay as they are. */
  send(to: IpPort, bytes: Uint8Array): void;
  /** Carries out or tells what is no datagram. */
  perform(effect: Exclude<TransferPortEffect, DatagramEffect>): void;
  bug(error: unknown): void;
}

/** Milliseconds below which a timer is too coarse: the next turn of the event loop is soon enough. */
const SOON = 0.2;

/** Runs the machine of a music port: datagrams and the clock in, datagrams and effects out. */
export class TransferLoop implements Disposable {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;
  #disposed = false;

  constructor(readonly port: TransferPort, readonly observer: TransferObserver) {}

  /** Gives the machine an input. */
  submit(input: TransferPortInput): void {
    if (this.#disposed) return;
    try {
      for (const effect of this.port.handle(input, monotonicNow())) {
        if (isDatagramEffect(effect)) this.observer.send(effect.to, effect.bytes);
        else this.observer.perform(effect);
      }
    } catch (error) {
      this.observer.bug(error);
    }
    this.#arm();
  }

  /** Nothing happens any more. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  /** One timer, moved only when it has to fire earlier. */
  #arm(): void {
    const at = this.port.wakeAt() ?? Infinity;
    if (at >= this.#timerAt || this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    const wait = at - monotonicNow();
    if (wait <= SOON) setImmediate(() => this.#wake(at));
    else this.#timer = setTimeout(() => this.#wake(at), wait);
  }

  #wake(at: number): void {
    // Another one was asked for meanwhile, which comes earlier.
    if (at !== this.#timerAt) return;
    this.#timerAt = Infinity;
    this.submit({ kind: "wake" });
  }
}

import type { IpPort } from "../base/address.ts";
import { type DatagramEffect, type DatagramInput, isDatagramEffect } from "../base/datagram.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import type { Machine, Wake } from "../base/machine.ts";
import { isControlDatagram, parseControlMessage } from "../protocol/music/control_messages.ts";
import {
  formatTransferPacket,
  isTransferPacket,
  transferAddressee,
} from "../protocol/music/transfer_packets.ts";
import { Reception } from "./reception.ts";
import type {
  ReceptionEffect,
  ReceptionInput,
  ReceptionOptions,
  ReceptionStatus,
} from "./reception_contract.ts";
import { Source } from "./source.ts";
import type {
  OutgoingStatus,
  SourceEffect,
  SourceInput,
  SourceOptions,
} from "./source_contract.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** What the port takes. `fetch` is a number by which the owner knows a fetch. */
export type TransferPortInput =
  | DatagramInput
  | Wake
  /** For the source of this port. */
  | { readonly kind: "source"; readonly input: Exclude<SourceInput, DatagramInput | Wake> }
  /** Begins a fetch; a number that is taken is a bug. */
  | { readonly kind: "fetch"; readonly fetch: number; readonly options: ReceptionOptions }
  /** For a fetch; one that is over takes nothing any more. */
  | {
    readonly kind: "reception";
    readonly fetch: number;
    readonly input: Exclude<ReceptionInput, DatagramInput | Wake>;
  };

/** What the port does. */
export type TransferPortEffect =
  | DatagramEffect
  | { readonly kind: "source"; readonly effect: Exclude<SourceEffect, DatagramEffect> }
  | {
    readonly kind: "reception";
    readonly fetch: number;
    readonly effect: Exclude<ReceptionEffect, DatagramEffect>;
  };

/** Least time between two refusals of packets that nobody waits for, milliseconds. */
const STRAY_INTERVAL = 10;

/** Everything on one music port: what is given to others, and what is fetched from them. */
export class TransferPort implements Machine<TransferPortInput, TransferPortEffect> {
  readonly #source: Source;
  readonly #receptions = new Map<number, Reception>();
  #strayAt = -Infinity;
  #refused = 0;
  #effects: TransferPortEffect[] = [];

  constructor(options: SourceOptions) {
    this.#source = new Source(options);
  }

  /** Datagrams that were nothing that belongs on this port, or not from whom they should be. */
  get refused(): number {
    let refused = this.#refused + this.#source.refused;
    for (const reception of this.#receptions.values()) refused += reception.refused;
    return refused;
  }

  /** Whether one more fetch has a place. */
  get hasPlace(): boolean {
    return this.#receptions.size < TRANSFER_LIMITS.receptions;
  }

  /**
   * Takes an input.
   *
   * @throws {RangeError} for a fetch too many, or with a number that is taken: a bug of ours
   */
  handle(input: TransferPortInput, now: number): readonly TransferPortEffect[] {
    this.#effects = [];
    switch (input.kind) {
      case "datagram":
        this.#datagram(input, now);
        break;
      case "wake":
        this.#toSource(input, now);
        for (const fetch of [...this.#receptions.keys()]) this.#toReception(fetch, input, now);
        break;
      case "source":
        this.#toSource(input.input, now);
        break;
      case "fetch":
        if (!this.hasPlace || this.#receptions.has(input.fetch)) throw new RangeError("fetch");
        this.#receptions.set(input.fetch, new Reception(input.options));
        this.#toReception(input.fetch, { kind: "start" }, now);
        break;
      case "reception":
        this.#toReception(input.fetch, input.input, now);
    }
    return this.#effects;
  }

  wakeAt(): number | null {
    let at = this.#source.wakeAt() ?? Infinity;
    for (const reception of this.#receptions.values()) {
      at = Math.min(at, reception.wakeAt() ?? Infinity);
    }
    return at === Infinity ? null : at;
  }

  /** The streams to others. */
  outgoing(): OutgoingStatus[] {
    return this.#source.status();
  }

  /** A fetch that is not over, or null. */
  incoming(fetch: number, now: number): ReceptionStatus | null {
    return this.#receptions.get(fetch)?.status(now) ?? null;
  }

  #datagram(input: DatagramInput, now: number): void {
    if (isControlDatagram(input.bytes)) return this.#control(input, now);
    const head = isTransferPacket(input.bytes) ? transferAddressee(input.bytes) : null;
    if (head === null) {
      this.#refused += 1;
      return;
    }
    if (head.to === "source") return this.#toSource(input, now);
    for (const [fetch, reception] of this.#receptions) {
      if (reception.stream === head.stream) return this.#toReception(fetch, input, now);
    }
    this.#stray(input.from, head.stream, head.token, now);
  }

  #control(input: DatagramInput, now: number): void {
    try {
      const { kind, stream } = parseControlMessage(input.bytes);
      if (kind === "GET") return this.#toSource(input, now);
      for (const [fetch, reception] of this.#receptions) {
        if (reception.stream === stream) return this.#toReception(fetch, input, now);
      }
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#refused += 1;
    }
  }

  /** A source that goes on sending has not heard that we want no more. */
  #stray(to: IpPort, stream: number, token: number, now: number): void {
    this.#refused += 1;
    if (now - this.#strayAt < STRAY_INTERVAL) return;
    this.#strayAt = now;
    const bytes = formatTransferPacket({ kind: "stop", stream, token, reason: "unknown_stream" });
    this.#effects.push({ kind: "send_datagram", to, bytes });
  }

  #toSource(input: SourceInput, now: number): void {
    for (const effect of this.#source.handle(input, now)) {
      this.#effects.push(isDatagramEffect(effect) ? effect : { kind: "source", effect });
    }
  }

  #toReception(fetch: number, input: ReceptionInput, now: number): void {
    const reception = this.#receptions.get(fetch);
    if (reception === undefined) return;
    for (const effect of reception.handle(input, now)) {
      this.#effects.push(isDatagramEffect(effect) ? effect : { kind: "reception", fetch, effect });
    }
    if (!reception.over) return;
    this.#receptions.delete(fetch);
    this.#refused += reception.refused;
  }
}

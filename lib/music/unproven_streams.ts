import type { IpPort } from "../base/address.ts";
import { formatTransferPacket } from "../protocol/music/transfer_packets.ts";
import type { SharedFile } from "./source_contract.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** What somebody asked for. */
export interface AskedStream {
  readonly stream: number;
  /** What proves that who echoes it receives what is sent there. */
  readonly token: number;
  readonly to: IpPort;
  readonly file: SharedFile;
  /** Byte of the file that is wanted first. */
  readonly offset: number;
}

/** A stream to an address that has not shown yet that it receives. */
export interface UnprovenStream extends AskedStream {
  /** When each of its pings was sent, milliseconds; the first of them has the number 1. */
  readonly greetedAt: number[];
}

/**
 * Those who have asked and not answered yet. They may have been made up by somebody who sends with
 * forged addresses, so each costs a few hundred bytes here and a few pings there, and nothing is
 * read for it. An address that asks for more than its share loses its own oldest one, so that it
 * takes no place from others.
 */
export class UnprovenStreams {
  readonly #streams = new Map<number, UnprovenStream>();

  /** How many there are. */
  get size(): number {
    return this.#streams.size;
  }

  /** Adds one. */
  add(asked: AskedStream): UnprovenStream {
    const { unprovenPerIp, unprovenStreams } = TRANSFER_LIMITS;
    const ofIp = [...this.#streams.values()].filter(({ to }) => to.ip === asked.to.ip);
    if (ofIp.length >= unprovenPerIp) this.#streams.delete(ofIp[0]!.stream);
    else if (this.#streams.size >= unprovenStreams) {
      this.#streams.delete(this.#streams.keys().next().value!);
    }
    const unproven = { ...asked, greetedAt: [] };
    this.#streams.set(asked.stream, unproven);
    return unproven;
  }

  find(stream: number): UnprovenStream | undefined {
    return this.#streams.get(stream);
  }

  delete(stream: number): void {
    this.#streams.delete(stream);
  }

  /** Forgets those of a file, or all. */
  leave(id: string | undefined): void {
    for (const { stream, file } of [...this.#streams.values()]) {
      if (id === undefined || file.id === id) this.#streams.delete(stream);
    }
  }

  /** Forgets those that have not answered in time. */
  expire(now: number): void {
    for (const [stream, { greetedAt }] of this.#streams) {
      if (now < greetedAt[0]! + TRANSFER_LIMITS.proofTime) return;
      this.#streams.delete(stream);
    }
  }

  /** When {@link expire} has something to do. */
  wakeAt(): number {
    const oldest = this.#streams.values().next().value;
    return oldest === undefined ? Infinity : oldest.greetedAt[0]! + TRANSFER_LIMITS.proofTime;
  }
}

/** The next ping for an address that has to prove itself, or null where it had enough of them. */
export function nextGreeting(
  { stream, token, greetedAt }: UnprovenStream,
  now: number,
): Uint8Array | null {
  const number = greetedAt.length + 1;
  if (number > TRANSFER_LIMITS.firstFlight + TRANSFER_LIMITS.getAttempts - 1) return null;
  greetedAt.push(now);
  return formatTransferPacket({ kind: "ping", stream, token, number });
}

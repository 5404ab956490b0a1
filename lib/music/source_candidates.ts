import type { IpPort } from "../base/address.ts";
import type { FetchFault } from "./reception_contract.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** Faults after which a source is not asked again: it lies, or does not have the file. */
const FINAL: ReadonlySet<FetchFault> = new Set([
  "wrong_bytes",
  "wrong_list",
  "wrong_size",
  "not_available",
]);

interface Candidate {
  readonly address: IpPort;
  attempts: number;
  askAt: number;
}

/** Who has the file, in the order in which they are asked. */
export class SourceCandidates {
  readonly #candidates: Candidate[] = [];
  readonly #barred: IpPort[] = [];
  #fault: FetchFault = "no_source";

  /** What was wrong with the last source that was given up. */
  get fault(): FetchFault {
    return this.#fault;
  }

  /** Adds somebody who says to have the file; one that was given up is not taken again. */
  add(address: IpPort): void {
    const known = [...this.#candidates.map((candidate) => candidate.address), ...this.#barred];
    if (known.length >= TRANSFER_LIMITS.sources) return;
    if (known.some(({ ip, port }) => ip === address.ip && port === address.port)) return;
    this.#candidates.push({ address, attempts: 0, askAt: 0 });
  }

  /** Who is to be asked next and when, or null where nobody is left. */
  next(): { readonly address: IpPort; readonly askAt: number } | null {
    let best: Candidate | null = null;
    for (const candidate of this.#candidates) {
      if (best === null || candidate.askAt < best.askAt) best = candidate;
    }
    return best;
  }

  /** A source has given something that is right. */
  worked(address: IpPort): void {
    const candidate = this.#find(address);
    if (candidate !== undefined) candidate.attempts = 0;
  }

  /** A source is lost: it waits behind the others, or is given up. */
  lost(address: IpPort, fault: FetchFault, now: number): void {
    const candidate = this.#find(address);
    if (candidate === undefined) return;
    this.#fault = fault;
    this.#candidates.splice(this.#candidates.indexOf(candidate), 1);
    candidate.attempts += 1;
    if (FINAL.has(fault) || candidate.attempts >= TRANSFER_LIMITS.sourceAttempts) {
      this.#barred.push(address);
      return;
    }
    candidate.askAt = now + TRANSFER_LIMITS.sourcePause;
    this.#candidates.push(candidate);
  }

  #find({ ip, port }: IpPort): Candidate | undefined {
    return this.#candidates.find(({ address }) => address.ip === ip && address.port === port);
  }
}

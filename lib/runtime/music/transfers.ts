import { createHash } from "node:crypto";
import type { IpPort } from "../../base/address.ts";
import type { Hasher } from "../../music/hasher.ts";
import type { SharedFile } from "../../music/source_contract.ts";
import type {
  ReceptionEffect,
  ReceptionInput,
  ReceptionOptions,
  ReceptionStatus,
} from "../../music/reception_contract.ts";
import { TransferPort, type TransferPortEffect } from "../../music/transfer_port.ts";
import { isDatagramEffect } from "../../base/datagram.ts";
import { monotonicNow } from "../clock.ts";
import type { UdpSocket } from "../udp_socket.ts";
import type { OpenOutcome } from "./library/music_library.ts";
import { SourceReading } from "./source_reading.ts";
import { TransferLoop } from "./transfer_loop.ts";

/** What is given to others. */
export interface SharedFiles {
  /** The file of an id, or null where none is shared. */
  file(id: string): SharedFile | null;
  open(id: string): Promise<OpenOutcome>;
}

/** What a fetch is told; it is what a reception does besides sending datagrams. */
export type FetchEvent = Exclude<ReceptionEffect, { readonly kind: "send_datagram" }>;

/** What a fetch asks for: the runtime adds the rest. */
export type FetchOptions = Omit<ReceptionOptions, "port" | "hash" | "newStream">;

/** A fetch that was begun. */
export interface Fetch {
  submit(input: Exclude<ReceptionInput, { readonly kind: "datagram" | "wake" }>): void;
  /** Null when it is over. */
  readonly status: ReceptionStatus | null;
}

/** Everything that goes through the music port: files to others, and files from them. */
export class Transfers implements Disposable {
  readonly #port: TransferPort;
  readonly #loop: TransferLoop;
  readonly #reading: SourceReading;
  readonly #fetches = new Map<number, (event: FetchEvent) => void>();
  #numbers = 0;

  /**
   * @param limit bytes a second to all listeners together, or null
   * @param bug told of our mistakes
   */
  constructor(
    readonly socket: UdpSocket,
    shared: SharedFiles,
    limit: number | null,
    bug: (error: unknown) => void,
  ) {
    this.#port = new TransferPort({
      file: (id) => shared.file(id),
      newToken: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
      limit,
    });
    this.#reading = new SourceReading((id) => shared.open(id));
    this.#loop = new TransferLoop(this.#port, {
      send: (to, bytes) => void socket.send(to, bytes),
      perform: (effect) => this.#perform(effect, bug),
      bug,
    });
  }

  /** Whether one more fetch has a place. */
  get hasPlace(): boolean {
    return this.#port.hasPlace;
  }

  /** Datagrams that were nothing that belongs on the music port, or not from whom they should be. */
  get refused(): number {
    return this.#port.refused;
  }

  /** A datagram came to the music port. */
  datagram(from: IpPort, bytes: Uint8Array): void {
    this.#loop.submit({ kind: "datagram", from, bytes });
  }

  /** Bytes a second to all listeners together from now on; null is no limit. */
  limit(limit: number | null): void {
    this.#loop.submit({ kind: "source", input: { kind: "limit", limit } });
  }

  /** Begins to fetch a file; `tell` hears everything that comes of it, once this has returned. */
  fetch(options: FetchOptions, tell: (event: FetchEvent) => void): Fetch {
    const fetch = ++this.#numbers;
    const early: FetchEvent[] = [];
    this.#fetches.set(fetch, (event) => early.push(event));
    const { port } = this.socket;
    this.#loop.submit({
      kind: "fetch",
      fetch,
      options: { ...options, port, hash: newHasher, newStream },
    });
    if (this.#fetches.has(fetch)) this.#fetches.set(fetch, tell);
    queueMicrotask(() => early.forEach(tell));
    const incoming = () => this.#port.incoming(fetch, monotonicNow());
    return {
      submit: (input) => this.#loop.submit({ kind: "reception", fetch, input }),
      get status() {
        return incoming();
      },
    };
  }

  /** Tells all listeners and sources that we leave. */
  leave(): void {
    this.#loop.submit({ kind: "source", input: { kind: "leave" } });
    for (const fetch of [...this.#fetches.keys()]) {
      this.#loop.submit({ kind: "reception", fetch, input: { kind: "cancel" } });
    }
  }

  /** Nothing is sent or taken any more. */
  [Symbol.dispose](): void {
    this.#loop[Symbol.dispose]();
    this.#reading[Symbol.dispose]();
  }

  #perform(
    effect: Exclude<TransferPortEffect, { readonly kind: "send_datagram" }>,
    bug: (error: unknown) => void,
  ): void {
    if (effect.kind === "reception") {
      if (isDatagramEffect(effect.effect)) return;
      const tell = this.#fetches.get(effect.fetch);
      if (isOver(effect.effect)) this.#fetches.delete(effect.fetch);
      return tell?.(effect.effect);
    }
    switch (effect.effect.kind) {
      case "read":
        this.#reading.read(effect.effect)
          .then((input) => this.#loop.submit({ kind: "source", input }))
          .catch(bug);
        return;
      case "served":
        return this.#reading.close(effect.effect.stream);
    }
  }
}

function isOver({ kind }: FetchEvent): boolean {
  return kind === "complete" || kind === "failed" || kind === "cancelled";
}

/** SHA-256 of the system's library. */
function newHasher(): Hasher {
  const hash = createHash("sha256");
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => new Uint8Array(hash.digest()),
  };
}

/** A number below 2⁴⁸ that nobody can guess. */
function newStream(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high! & 0xffff) * 2 ** 32 + low!;
}

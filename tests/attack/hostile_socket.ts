import type { IpPort } from "../../lib/base/address.ts";

/** Datagrams that are sent before others have a turn, and the pause behind them in milliseconds. */
const BATCH = 32;
const REST = 2;
/** Datagrams that come from one socket before the next has its turn. */
const TOGETHER = 6;

/** A UDP socket at an address of 127.0.0.0/8 that sends and counts what comes back. */
export class HostileSocket implements AsyncDisposable {
  readonly #conn: Deno.DatagramConn;
  readonly #reading: Promise<void>;
  #sent = { datagrams: 0, bytes: 0 };
  #received = { datagrams: 0, bytes: 0 };

  /**
   * @param heard told of what comes
   */
  constructor(
    hostname: string,
    readonly heard: (bytes: Uint8Array, from: IpPort) => void = () => {},
  ) {
    this.#conn = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
    this.#reading = this.#read();
  }

  get port(): number {
    return (this.#conn.addr as Deno.NetAddr).port;
  }

  /** What it has sent, and what it got. Bytes are those of UDP's payload. */
  get sent(): Readonly<{ datagrams: number; bytes: number }> {
    return { ...this.#sent };
  }

  get received(): Readonly<{ datagrams: number; bytes: number }> {
    return { ...this.#received };
  }

  /** Sends a datagram to a port of 127.0.0.1. */
  async send(bytes: Uint8Array, port: number): Promise<void> {
    try {
      await this.#conn.send(bytes, { transport: "udp", hostname: "127.0.0.1", port });
    } catch {
      // The receive buffer of the other side is full: to a flood it is all the same.
      return;
    }
    this.#sent.datagrams += 1;
    this.#sent.bytes += bytes.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#conn.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    for await (const [bytes, from] of this.#conn) {
      this.#received.datagrams += 1;
      this.#received.bytes += bytes.length;
      const { hostname: ip, port } = from as Deno.NetAddr;
      this.heard(bytes, { ip, port });
    }
  }
}

/**
 * Sends datagrams in turn from several sockets, some 10,000 a second, until it ends.
 *
 * @param make the n-th datagram
 * @returns how many were sent
 */
export async function flood(
  sockets: readonly HostileSocket[],
  port: number,
  make: (n: number) => Uint8Array,
  end: AbortSignal,
): Promise<number> {
  let n = 0;
  while (!end.aborted) {
    for (let left = BATCH; left > 0; left -= 1, n += 1) {
      await sockets[Math.floor(n / TOGETHER) % sockets.length]!.send(make(n), port);
    }
    await new Promise((resolve) => setTimeout(resolve, REST));
  }
  return n;
}

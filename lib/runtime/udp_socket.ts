import { canonicalIp, type IpPort } from "../base/address.ts";
import { LIMITS } from "../base/limits.ts";

/** What a {@link UdpSocket} tells. */
export interface DatagramObserver {
  /** A datagram came; the bytes are valid during this call only. */
  datagram(from: IpPort, bytes: Uint8Array): void;
  /** Something was thrown that no remote can be blamed for: a bug of ours, for the log. */
  bug(error: unknown): void;
}

/** One UDP port: what comes in is told, what goes out is handed to the system and forgotten. */
export class UdpSocket implements AsyncDisposable {
  readonly #conn: Deno.DatagramConn;
  readonly #mapsIpv4: boolean;
  readonly #reading: Promise<void>;
  #closed = false;
  #unsent = 0;

  private constructor(
    { hostname, port }: { readonly hostname: string; readonly port: number },
    readonly observer: DatagramObserver,
  ) {
    this.#conn = Deno.listenDatagram({ transport: "udp", hostname, port });
    this.#mapsIpv4 = hostname.includes(":");
    this.#reading = this.#read();
  }

  /**
   * Opens a port; 0 is any free one.
   *
   * @param hostname the address to listen on; one of IPv6 reaches IPv4 too
   * @throws {Deno.errors.AddrInUse} where the port is taken
   */
  static open(
    address: { readonly hostname: string; readonly port: number },
    observer: DatagramObserver,
  ): UdpSocket {
    return new UdpSocket(address, observer);
  }

  /** The port. */
  get port(): number {
    return (this.#conn.addr as Deno.NetAddr).port;
  }

  /** Datagrams that the system refused to send: no way there, too long, its buffers full. */
  get unsent(): number {
    return this.#unsent;
  }

  /** Sends a datagram; the bytes may be used again when the returned promise has resolved. */
  async send(to: IpPort, bytes: Uint8Array): Promise<void> {
    if (this.#closed) return;
    // A socket of IPv6 reaches IPv4 by mapped addresses (RFC 4291, 2.5.5.2).
    const hostname = this.#mapsIpv4 && !to.ip.includes(":") ? `::ffff:${to.ip}` : to.ip;
    try {
      await this.#conn.send(bytes, { transport: "udp", hostname, port: to.port });
    } catch {
      // Every failure of UDP is one that the sender has to live with: to it, the datagram is lost.
      this.#unsent += 1;
    }
  }

  /** Closes the port. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#conn.close();
    }
    await this.#reading;
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(LIMITS.datagramBytes);
    // Most datagrams come from where the last one came from.
    let known: string | null = null;
    let ip: string | null = null;
    while (!this.#closed) {
      let received: [Uint8Array, Deno.Addr];
      try {
        received = await this.#conn.receive(buffer);
      } catch {
        // Windows reports here that an earlier datagram of ours met a closed port.
        if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, LIMITS.receivePause));
        continue;
      }
      const [bytes, from] = received;
      const { hostname, port } = from as Deno.NetAddr;
      if (hostname !== known) {
        known = hostname;
        ip = canonicalIp(hostname);
      }
      if (ip === null || this.#closed) continue;
      try {
        this.observer.datagram({ ip, port }, bytes);
      } catch (error) {
        this.observer.bug(error);
      }
    }
  }
}

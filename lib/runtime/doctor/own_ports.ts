import { RemoteProtocolError } from "../../base/errors.ts";
import type { Finding, PeerPort } from "../../doctor/findings.ts";
import { parseProbeDatagram } from "../../protocol/probe.ts";
import { openNear } from "../open_near.ts";
import { closeQuietly } from "../tcp_link.ts";
import { ConnectionCount, TcpListener } from "../tcp_listener.ts";
import { UdpSocket } from "../udp_socket.ts";

/** The ports that the person wants; 0 is any free one. */
export type WantedPorts = Readonly<Record<PeerPort, number>>;

const NAMES: readonly PeerPort[] = ["listen", "call", "music"];
/** Visitors at once; each is let go at once. */
const VISITORS = { total: 64, perIp: 64 };
/** Datagrams whose tokens are kept: those of our own probes, and room for what else arrives. */
const TOKENS_KEPT = 64;

/** The ports of a peer, opened to see whether they can be had and who gets through to them. */
export class OwnPorts implements AsyncDisposable {
  /** TCP connections that came. */
  visits = 0;
  readonly #opened: Partial<Record<PeerPort, TcpListener | UdpSocket>> = {};
  /** `port token` of each datagram of a probe that came, and who waits for one. */
  readonly #came = new Set<string>();
  readonly #awaited = new Map<string, () => void>();

  /**
   * @param wanted where a port is taken, the next free one above it is opened
   * @param hostname the address to listen on
   * @param bug told what no remote can be blamed for
   */
  constructor(
    readonly wanted: WantedPorts,
    hostname: string,
    bug: (error: unknown) => void,
  ) {
    const openers: Readonly<Record<PeerPort, (port: number) => TcpListener | UdpSocket>> = {
      listen: (port) =>
        TcpListener.open({ hostname, port }, new ConnectionCount(VISITORS), (conn, _, ended) => {
          this.visits += 1;
          closeQuietly(conn);
          ended();
        }),
      call: (port) => this.#openUdp("call", hostname, port, bug),
      music: (port) => this.#openUdp("music", hostname, port, bug),
    };
    for (const which of NAMES) {
      try {
        this.#opened[which] = openNear(wanted[which], openers[which]);
      } catch (error) {
        // A port that cannot be had is what is to be found out; anything else is a bug.
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    }
  }

  /** The port that was opened, or null. */
  port(which: PeerPort): number | null {
    return this.#opened[which]?.port ?? null;
  }

  /** What became of each. */
  findings(): Finding[] {
    return NAMES.map((which) => ({
      kind: "port",
      which,
      wanted: this.wanted[which],
      got: this.port(which),
    }));
  }

  /** Sends a datagram from one of the ports. */
  async send(from: "call" | "music", ip: string, port: number, bytes: Uint8Array): Promise<void> {
    const socket = this.#opened[from];
    if (socket instanceof UdpSocket) await socket.send({ ip, port }, bytes);
  }

  /** Whether the datagram of this token comes to a port within `patience` milliseconds. */
  async receives(
    which: "call" | "music",
    token: string,
    patience: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const key = `${which} ${token}`;
    if (this.#came.has(key) || signal.aborted) return this.#came.has(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    const stop = () => resolve();
    this.#awaited.set(key, stop);
    signal.addEventListener("abort", stop);
    await promise;
    signal.removeEventListener("abort", stop);
    this.#awaited.delete(key);
    clearTimeout(timer);
    return this.#came.has(key);
  }

  /** Closes them all. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const which of NAMES) await this.#opened[which]?.[Symbol.asyncDispose]();
  }

  #openUdp(
    which: "call" | "music",
    hostname: string,
    port: number,
    bug: (error: unknown) => void,
  ): UdpSocket {
    return UdpSocket.open({ hostname, port }, {
      bug,
      datagram: (_, bytes) => {
        if (this.#came.size >= TOKENS_KEPT) return;
        try {
          const key = `${which} ${parseProbeDatagram(bytes)}`;
          this.#came.add(key);
          this.#awaited.get(key)?.();
        } catch (error) {
          // Somebody else's datagram is none of ours to judge.
          if (!(error instanceof RemoteProtocolError)) throw error;
        }
      },
    });
  }
}

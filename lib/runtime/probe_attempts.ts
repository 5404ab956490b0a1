import type { ProbedTcp } from "../protocol/probe.ts";
import { formatProbeDatagram } from "../protocol/probe.ts";
import { PROBE_LIMITS } from "../directory/probe_limits.ts";
import type { ProbeAttempts } from "../directory/probe_service.ts";
import { connectTcp } from "./connect_tcp.ts";
import { closeQuietly } from "./tcp_link.ts";
import { UdpSocket } from "./udp_socket.ts";

const encoder = new TextEncoder();

/** Reaches back to who asks, over real sockets. */
export class NetworkAttempts implements ProbeAttempts, Disposable {
  readonly #ending = new AbortController();

  /** @param bug told what no remote can be blamed for */
  constructor(readonly bug: (error: unknown) => void) {}

  time(): number {
    return Date.now();
  }

  async connect(ip: string, port: number): Promise<Exclude<ProbedTcp, "not_tried">> {
    const result = await connectTcp(ip, port, this.#ending.signal, PROBE_LIMITS.connect);
    if (result.kind === "failed") return result.why === "refused" ? "refused" : "no_answer";
    closeQuietly(result.conn);
    return "open";
  }

  async send(ip: string, ports: readonly number[], token: string): Promise<number> {
    if (ports.length === 0 || this.#ending.signal.aborted) return 0;
    const hostname = ip.includes(":") ? "::" : "0.0.0.0";
    const bytes = encoder.encode(formatProbeDatagram(token));
    try {
      await using socket = UdpSocket.open({ hostname, port: 0 }, {
        datagram: () => {},
        bug: this.bug,
      });
      for (const port of ports) await socket.send({ ip, port }, bytes);
      return ports.length - socket.unsent;
    } catch (error) {
      // No descriptor is free: the peer hears that nothing was sent.
      if (!(error instanceof Deno.errors.NotCapable || isSystemError(error))) this.bug(error);
      return 0;
    }
  }

  /** Cuts short what is under way. */
  [Symbol.dispose](): void {
    this.#ending.abort();
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

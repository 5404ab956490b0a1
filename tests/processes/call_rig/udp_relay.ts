/**
 * The process behind `udp_proxy.ts`: relays the datagrams of one call between two ports of
 * 127.0.0.1, each way with what is wrong with it. Its only argument is a {@link RelayPlan} as JSON.
 * It prints its two ports, and its report for each line of its input; it ends with its input.
 *
 * @module
 */
import { seededRandom } from "../../../lib/base/random.ts";
import { isRtcp, parseRtp } from "../../../lib/protocol/rtp.ts";
import { datagramKind } from "../../../lib/wire/datagram_kind.ts";
import { TextLineStream } from "../../bench/text_lines.ts";
import { ImpairedWay, type Impairment, type WayCounts } from "./impairment.ts";
import type { SentPacket } from "./mouth_clock.ts";
import { PcapWriter } from "./pcap.ts";
import { withPort } from "./rewritten_port.ts";

/** What a relay is to do. */
export interface RelayPlan {
  readonly calleePort: number;
  readonly toCallee: Impairment;
  readonly toCaller: Impairment;
  readonly seed: number;
  /** A file for what comes in, as a capture; null for none. */
  readonly capture: string | null;
}

/** Where a relay listens. */
export interface RelayPorts {
  /** In the place of the callee's port, for the caller. */
  readonly forCaller: number;
  /** In the place of the caller's port, for the callee. */
  readonly forCallee: number;
}

/** What a relay saw of one way, and did to it. */
export interface WayReport extends WayCounts {
  /** The packets of sound as they came. */
  readonly sent: readonly SentPacket[];
}

/** What a relay did. */
export interface RelayReport {
  readonly toCallee: WayReport;
  readonly toCaller: WayReport;
  /** By how many milliseconds it was late with a datagram, at the median and at worst. */
  readonly lateness: { readonly median: number; readonly worst: number };
}

const HOST = "127.0.0.1";

class Relay {
  readonly #forCaller = listen();
  readonly #forCallee = listen();
  readonly #toCallee: ImpairedWay;
  readonly #toCaller: ImpairedWay;
  readonly #capture: PcapWriter | null;
  readonly #sent = { toCallee: [] as SentPacket[], toCaller: [] as SentPacket[] };
  readonly #lateness: number[] = [];
  #caller: Deno.NetAddr | null = null;

  constructor(readonly plan: RelayPlan) {
    this.#toCallee = new ImpairedWay(plan.toCallee, seededRandom(plan.seed));
    this.#toCaller = new ImpairedWay(plan.toCaller, seededRandom(plan.seed + 1));
    this.#capture = plan.capture === null ? null : PcapWriter.create(plan.capture);
  }

  get ports(): RelayPorts {
    return { forCaller: portOf(this.#forCaller), forCallee: portOf(this.#forCallee) };
  }

  get report(): RelayReport {
    const sorted = this.#lateness.toSorted((a, b) => a - b);
    return {
      toCallee: { ...this.#toCallee.counts, sent: this.#sent.toCallee },
      toCaller: { ...this.#toCaller.counts, sent: this.#sent.toCaller },
      lateness: { median: sorted[sorted.length >> 1] ?? 0, worst: sorted.at(-1) ?? 0 },
    };
  }

  /** From the caller to the callee, for ever. */
  async relayToCallee(): Promise<void> {
    const callee = { transport: "udp", hostname: HOST, port: this.plan.calleePort } as const;
    for await (const [datagram, from] of this.#forCaller) {
      this.#caller = from as Deno.NetAddr;
      this.#seen("toCallee", datagram, this.#caller.port, this.ports.forCaller);
      const sent = withPort(datagram, "convite", this.ports.forCallee);
      this.#pass(this.#toCallee, sent, this.#forCallee, callee);
    }
  }

  /** From the callee to whoever called last, for ever. */
  async relayToCaller(): Promise<void> {
    for await (const [datagram, from] of this.#forCallee) {
      if (this.#caller === null || (from as Deno.NetAddr).port !== this.plan.calleePort) continue;
      this.#seen("toCaller", datagram, this.plan.calleePort, this.ports.forCallee);
      const sent = withPort(datagram, "resposta_ao_convite", this.ports.forCaller);
      this.#pass(this.#toCaller, sent, this.#forCaller, this.#caller);
    }
  }

  #seen(
    way: "toCallee" | "toCaller",
    datagram: Uint8Array,
    sourcePort: number,
    targetPort: number,
  ): void {
    const at = performance.timeOrigin + performance.now();
    if (datagramKind(datagram) === "media" && !isRtcp(datagram)) {
      this.#sent[way].push({ at, timestamp: parseRtp(datagram).timestamp });
    }
    this.#capture?.add(at, { sourcePort, targetPort, payload: datagram });
  }

  #pass(way: ImpairedWay, datagram: Uint8Array, out: Deno.DatagramConn, to: Deno.NetAddr): void {
    const now = performance.now();
    for (const delay of way.arrivals(datagram)) {
      // A port that is shut by now is no matter: to its sender the datagram is lost.
      const send = () => out.send(datagram, to).catch(() => {});
      if (delay === 0) send();
      else {
        setTimeout(() => {
          this.#lateness.push(performance.now() - now - delay);
          send();
        }, delay);
      }
    }
  }
}

function listen(): Deno.DatagramConn {
  return Deno.listenDatagram({ transport: "udp", hostname: HOST, port: 0 });
}

function portOf(socket: Deno.DatagramConn): number {
  return (socket.addr as Deno.NetAddr).port;
}

if (import.meta.main) {
  const relay = new Relay(JSON.parse(Deno.args[0]!) as RelayPlan);
  relay.relayToCallee();
  relay.relayToCaller();
  console.log(JSON.stringify(relay.ports));
  const lines = Deno.stdin.readable
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const _ of lines) console.log(JSON.stringify(relay.report));
  Deno.exit(0);
}

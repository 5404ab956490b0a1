import { isLoopbackIp } from "../../base/address.ts";
import { RemoteProtocolError } from "../../base/errors.ts";
import { estimateClock } from "../../doctor/clock_estimate.ts";
import type { CannotTell, Finding, PeerPort, Reach } from "../../doctor/findings.ts";
import { DOCTOR_LIMITS } from "../../doctor/limits.ts";
import {
  formatProbeRequest,
  parseProbeAnswer,
  type ProbeReply,
  type ProbeRequest,
} from "../../protocol/probe.ts";
import { PROBE_WIRE } from "../../protocol/probe/limits.ts";
import { askOnce, type Connection } from "../ask_once.ts";
import type { OwnPorts } from "./own_ports.ts";
import { probeToken } from "./probe_token.ts";

/** An answer of the server, with how it came. */
interface Answered extends ProbeReply {
  readonly connection: Connection;
  readonly answeredIn: number;
}

type Address = { readonly host: string; readonly port: number };
type UdpPort = "call" | "music";

const UDP: readonly UdpPort[] = ["call", "music"];
const PORTS: readonly PeerPort[] = ["listen", ...UDP];

/** What only somebody outside can tell: how we are seen, how we are reached, what the time is. */
export class OutsideView {
  /**
   * @param registry the server's port of the registry
   * @param ports our own ports, open
   * @param datagramPatience how long a datagram may be behind the answer, in milliseconds
   */
  constructor(
    readonly registry: Address,
    readonly ports: OwnPorts,
    readonly signal: AbortSignal,
    readonly datagramPatience: number = DOCTOR_LIMITS.datagram,
  ) {}

  /** The findings, in the order in which they are told. */
  async findings(): Promise<Finding[]> {
    const first = await this.#ask({ tcp: null, udp: [] }, DOCTOR_LIMITS.reply);
    const received = Date.now();
    if (typeof first === "string") return [{ kind: "outside", why: first }];
    const { connection: { localIp, remoteIp }, answeredIn, ip } = first;
    const estimate = estimateClock({ received, roundTrip: answeredIn, theirs: first.time });
    const clock: Finding = { kind: "clock", estimate };
    if (localIp === remoteIp || isLoopbackIp(ip)) {
      return [{ kind: "outside", why: "same_machine" }, clock];
    }
    const seen: Finding = { kind: "seen", observedIp: ip, localIp };
    return [seen, ...await this.#reach(ip !== localIp), clock];
  }

  async #reach(behindNat: boolean): Promise<Finding[]> {
    const probed = (which: PeerPort) => {
      const port = this.ports.port(which);
      return port !== null && port >= PROBE_WIRE.leastPort ? port : null;
    };
    const missing = new Set(UDP.filter((which) => probed(which) !== null));
    let tcp: Reach = "no_server";
    const udp = new Map<UdpPort, Reach>();
    for (let round = 0; round < DOCTOR_LIMITS.probes; round++) {
      const token = probeToken();
      const asked = [...missing];
      const answer = await this.#ask(
        {
          tcp: round === 0 ? probed("listen") : null,
          udp: asked.map((which) => probed(which)!),
        },
        DOCTOR_LIMITS.probe,
        token,
      );
      if (round === 0) tcp = this.#tcpReach(answer);
      await Promise.all(asked.map(async (which) => {
        const result = await this.#udpReach(which, token, answer);
        // What a first round could tell stays where the second one cannot.
        if (round === 0 || result === "reached") udp.set(which, result);
        if (result !== "no_answer") missing.delete(which);
      }));
      if (missing.size === 0) break;
    }
    return PORTS.flatMap((which): Finding[] => {
      const port = this.ports.port(which);
      if (port === null) return [];
      const tried = which === "listen" ? tcp : udp.get(which)!;
      const result = probed(which) === null ? "low_port" : tried;
      const lasting = this.ports.wanted[which] !== 0;
      return [{ kind: "reach", which, port, result, behindNat, lasting }];
    });
  }

  #tcpReach(answer: Answered | CannotTell): Reach {
    if (typeof answer === "string") return answer;
    switch (answer.tcp) {
      case "open":
        return this.ports.visits > 0 ? "reached" : "another_machine";
      case "not_tried":
        return "unknown_request";
      default:
        return answer.tcp;
    }
  }

  async #udpReach(which: UdpPort, token: string, answer: Answered | CannotTell): Promise<Reach> {
    if (typeof answer === "string") return answer;
    const { ports, signal, datagramPatience } = this;
    if (await ports.receives(which, token, datagramPatience, signal)) return "reached";
    return answer.udpSent === 0 ? "busy" : "no_answer";
  }

  async #ask(
    request: Omit<ProbeRequest, "token">,
    reply: number,
    token = probeToken(),
  ): Promise<Answered | CannotTell> {
    const { registry, signal } = this;
    const patience = { connect: DOCTOR_LIMITS.connect, reply };
    const asked = formatProbeRequest({ ...request, token });
    const got = await askOnce(registry, asked, signal, patience);
    // A server that closes without a word does not know the request either.
    if (got.kind === "failed") return got.why === "closed" ? "unknown_request" : "no_server";
    try {
      const answer = parseProbeAnswer(got.bytes);
      if (answer.kind === "busy") return "busy";
      if (answer.kind === "unknown") return "unknown_request";
      return { ...answer, connection: got.connection, answeredIn: got.answeredIn };
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return "unknown_request";
    }
  }
}

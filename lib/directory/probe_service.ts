import { isLoopbackIp } from "../base/address.ts";
import type { Awaitable } from "../base/awaitable.ts";
import { TokenBucket } from "../base/token_bucket.ts";
import { SECOND } from "../base/units.ts";
import {
  formatProbeReply,
  PROBE_TYPE,
  probeBusy,
  type ProbedTcp,
  readProbeRequest,
} from "../protocol/probe.ts";
import type { JsonObject } from "../wire/json_line.ts";
import type { DeskEffect } from "./desk.ts";
import { PROBE_LIMITS } from "./probe_limits.ts";
import type { Answer, Asker, RegistryService } from "./registry_desk.ts";

/** How a server reaches back to who asks it. What goes wrong is a result, never an error. */
export interface ProbeAttempts {
  /** The wall clock: milliseconds since 1970. */
  time(): number;
  /** Connects and closes, within `PROBE_LIMITS.connect`. */
  connect(ip: string, port: number): Promise<Exclude<ProbedTcp, "not_tried">>;
  /** Sends one datagram with `token` to each port; how many the system took. */
  send(ip: string, ports: readonly number[], token: string): Promise<number>;
}

/** How often one address may ask, and when it last did. */
interface Visits {
  readonly bucket: TokenBucket;
  last: number;
}

/** After this time without a request, an address has its whole burst again. */
const FORGOTTEN_AFTER = SECOND * PROBE_LIMITS.perAddress.burst / PROBE_LIMITS.perAddress.rate;

/**
 * Answers peers that want to know how they are seen and reached (`docs/doctor.md`). Only the address
 * that the request's own connection came from is ever tried, so that nobody is probed who did not
 * ask; and not the loopback, where a forwarder in front of the server would lend strangers its place.
 */
export class ProbeService implements RegistryService {
  readonly types = [PROBE_TYPE];
  readonly #all = new TokenBucket(PROBE_LIMITS.all);
  /** In the order of their last request. */
  readonly #visits = new Map<string, Visits>();

  constructor(readonly attempts: ProbeAttempts) {}

  answer(object: JsonObject, { ip, port }: Asker, now: number): Awaitable<Answer> {
    const { tcp, udp, token } = readProbeRequest(object);
    if (!this.#mayAsk(ip, now)) throw probeBusy();
    const seen = { ip, port, time: Math.round(this.attempts.time()) };
    if (isLoopbackIp(ip) || (tcp === null && udp.length === 0)) {
      return answered({ ...seen, tcp: "not_tried", udpSent: 0 });
    }
    return Promise.all([
      tcp === null ? "not_tried" as const : this.attempts.connect(ip, tcp),
      this.attempts.send(ip, udp, token),
    ]).then(([connected, udpSent]) => answered({ ...seen, tcp: connected, udpSent }));
  }

  sweep(now: number): readonly DeskEffect[] {
    for (const [ip, { last }] of this.#visits) {
      if (now - last < FORGOTTEN_AFTER) break;
      this.#visits.delete(ip);
    }
    return [];
  }

  #mayAsk(ip: string, now: number): boolean {
    const known = this.#visits.get(ip);
    if (known === undefined && this.#visits.size >= PROBE_LIMITS.addresses) return false;
    const visits = known ?? { bucket: new TokenBucket(PROBE_LIMITS.perAddress), last: now };
    this.#visits.delete(ip);
    this.#visits.set(ip, visits);
    visits.last = now;
    return visits.bucket.take(now) && this.#all.take(now);
  }
}

function answered(reply: Parameters<typeof formatProbeReply>[0]): Answer {
  return {
    reply: formatProbeReply(reply),
    reports: [{ kind: "probed", outcome: reply.tcp, datagrams: reply.udpSent }],
  };
}

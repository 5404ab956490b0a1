import { LIMITS } from "../../lib/base/limits.ts";
import type { LinkId } from "../../lib/base/link.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { type AnyHost, Host, type HostPlan } from "./host.ts";
import { StreamEnd } from "./stream.ts";
import { type StreamPath, USUAL_PATH } from "./stream_path.ts";
import { Timeline } from "./timeline.ts";
import { TraceHash } from "./trace_hash.ts";

/** How a network behaves. */
export interface NetworkPlan {
  readonly seed: number;
  /** The path between two hosts; the same for all where it is no function. */
  readonly path?: StreamPath | ((from: AnyHost, to: AnyHost) => StreamPath);
  /** Whether to keep a hash of everything that happens. */
  readonly trace?: boolean;
  /** Sees every line that a machine is about to get. */
  readonly tap?: (from: AnyHost, to: AnyHost, line: Uint8Array) => void;
}

/**
 * A network in virtual time: hosts at addresses, stream links between them, and what can go wrong.
 * Everything that happens is an event of the timeline; chance comes from the seed alone.
 */
export class Network {
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly trace: TraceHash | undefined;
  readonly tap: NetworkPlan["tap"];
  readonly #plan: NetworkPlan;
  readonly #hosts = new Map<string, AnyHost>();
  readonly #silent = new Set<string>();
  #groups: Map<AnyHost, number> | null = null;
  #nextPort = 32_768;

  constructor(plan: NetworkPlan) {
    this.#plan = plan;
    this.random = seededRandom(plan.seed);
    this.trace = plan.trace ? new TraceHash() : undefined;
    this.tap = plan.tap;
  }

  /** Starts a machine at an address that is free. */
  start<Input, Effect extends { readonly kind: string }>(
    plan: HostPlan<Input, Effect>,
  ): Host<Input, Effect> {
    if (this.#hosts.has(plan.ip)) throw new Error(`${plan.ip} is taken`);
    const host = new Host(this, plan);
    this.#hosts.set(plan.ip, host);
    this.#silent.delete(plan.ip);
    return host;
  }

  /**
   * Separates the hosts: those of different groups cannot talk; those of no group are one more
   * group. What is between them breaks, or freezes: nothing arrives any more and nobody is told.
   */
  separate(groups: readonly (readonly AnyHost[])[], links: "break" | "freeze"): void {
    this.#groups = new Map();
    groups.forEach((group, index) => group.forEach((host) => this.#groups!.set(host, index)));
    for (const end of this.#streams()) {
      if (!this.#separated(end)) continue;
      if (links === "break") end.lose();
      else this.#applyBoth(end);
    }
  }

  /** Ends the separation; what is frozen flows again. */
  heal(): void {
    this.#groups = null;
    for (const end of this.#streams()) this.#applyBoth(end);
  }

  /** Breaks the links between two hosts, as a lost radio contact does: both see a reset. */
  breakLinks(one: AnyHost, two: AnyHost): void {
    for (const end of [...one.ends()]) if (end.other.owner === two) end.lose();
  }

  /** For a host: asks for a connection. The answer comes as an event. */
  connect(from: AnyHost, link: LinkId, ip: string, port: number): void {
    const to = this.#hosts.get(ip);
    const lost = to === undefined ? this.#silent.has(ip) : to.inbound === "nat";
    if (lost || (to !== undefined && this.#apart(from, to))) {
      return this.timeline.after(LIMITS.connect, () => from.unreachable(link, "timed_out"));
    }
    if (to === undefined || to.port !== port || to.inbound === "refuses") {
      return this.timeline.after(2 * USUAL_PATH.delay, () => from.unreachable(link, "refused"));
    }
    const path = typeof this.#plan.path === "function"
      ? this.#plan.path(from, to)
      : this.#plan.path ?? USUAL_PATH;
    this.timeline.after(2 * path.delay, () => this.#join(from, link, to, path));
  }

  /** For a host: its process has ended. `silent` hosts do not even refuse. */
  remove(host: AnyHost, silent: boolean): void {
    this.#hosts.delete(host.ip);
    if (silent) this.#silent.add(host.ip);
  }

  /** For a host: brings a link in line with who reads and who is separated. */
  applyHold(end: StreamEnd): void {
    end.hold(!(end.owner as AnyHost).reading || this.#separated(end));
  }

  #join(from: AnyHost, link: LinkId, to: AnyHost, path: StreamPath): void {
    if (!from.dials(link)) return;
    if (!to.running) return from.unreachable(link, "refused");
    if (this.#apart(from, to)) return from.unreachable(link, "timed_out");
    const far = { owner: to, link: to.nextAccepted() };
    const pair = StreamEnd.pair(this.timeline, this.random, path, { owner: from, link }, far);
    from.adopt(pair[0]);
    to.adopt(pair[1]);
    to.accepted(far.link, from.ip, this.#ephemeralPort());
    from.connected(link);
    if (path.lifetime < Infinity) {
      this.timeline.after(-Math.log(1 - this.random()) * path.lifetime, () => pair[0].lose());
    }
  }

  #ephemeralPort(): number {
    const port = this.#nextPort;
    this.#nextPort = port === 65_535 ? 32_768 : port + 1;
    return port;
  }

  #apart(one: AnyHost, two: AnyHost): boolean {
    return this.#groups !== null && this.#groups.get(one) !== this.#groups.get(two);
  }

  #separated(end: StreamEnd): boolean {
    return this.#apart(end.owner as AnyHost, end.other.owner as AnyHost);
  }

  #applyBoth(end: StreamEnd): void {
    this.applyHold(end);
    this.applyHold(end.other);
  }

  #streams(): StreamEnd[] {
    return [...this.#hosts.values()].flatMap((host) => [...host.ends()]);
  }
}

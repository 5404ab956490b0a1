import { LIMITS } from "../../lib/base/limits.ts";
import type { CloseReason, LinkEffect, LinkId, LinkInput } from "../../lib/base/link.ts";
import type { Machine, Wake } from "../../lib/base/machine.ts";
import type { Network } from "./network.ts";
import type { StreamEnd, StreamOwner } from "./stream.ts";
import type { Actor } from "./timeline.ts";

/** What happens to a connection from outside: taken, lost without an answer (NAT), or refused. */
export type Inbound = "open" | "nat" | "refuses";

/** A machine and where it is to run. */
export interface HostPlan<Input, Effect extends { readonly kind: string }> {
  readonly ip: string;
  readonly port: number;
  readonly inbound?: Inbound;
  readonly machine: Machine<Input | LinkInput | Wake, Effect | LinkEffect>;
  /** Gets every effect that is not about links. It may feed the host, but not disturb links. */
  readonly carryOut?: (effect: Effect, now: number) => void;
}

/** What a {@link Host} is to the rest of the network, whatever machine it runs. */
export interface AnyHost extends StreamOwner {
  readonly ip: string;
  readonly port: number;
  readonly inbound: Inbound;
  /** Whether its process runs. */
  readonly running: boolean;
  /** Whether it reads what arrives. */
  readonly reading: boolean;
  /** The ends of its links. */
  ends(): Iterable<StreamEnd>;
  /** For the network: the number of the next link from outside. */
  nextAccepted(): LinkId;
  /** For the network: a link that it has made; `accepted` or `connected` comes next. */
  adopt(end: StreamEnd): void;
  /** For the network: tells the machine that somebody at `ip` and `port` has connected. */
  accepted(link: LinkId, ip: string, port: number): void;
  /** For the network: tells the machine that the connection it asked for is there. */
  connected(link: LinkId): void;
  /** For the network: the connection that was asked for could not be made. */
  unreachable(link: LinkId, reason: string): void;
  /** For the network: whether the host still wants the connection that it asked for. */
  dials(link: LinkId): boolean;
}

/** More wakes than this at one point of time mean that the machine will never be content. */
const MOST_WAKES_AT_ONCE = 10_000;

const encoder = new TextEncoder();

/** One machine at one address: feeds it what happens, carries out what it answers, wakes it. */
export class Host<Input, Effect extends { readonly kind: string }> implements AnyHost, Actor {
  readonly ip: string;
  readonly port: number;
  readonly inbound: Inbound;
  readonly #plan: HostPlan<Input, Effect>;
  readonly #ends = new Map<LinkId, StreamEnd>();
  readonly #dialing = new Set<LinkId>();
  /** Links that are gone, until the machine has taken that in: it may still use them. */
  readonly #untold = new Set<LinkId>();
  /** Inputs that came while the machine was at work, from whoever carries out its effects. */
  readonly #waiting: (Input | LinkInput | Wake)[] = [];
  #busy = false;
  #running = true;
  #reading = true;
  #nextLink = 2;
  #nextWake = Infinity;
  #wakesAtOnce = 0;
  #lastWake = -1;

  constructor(readonly network: Network, plan: HostPlan<Input, Effect>) {
    this.#plan = plan;
    this.ip = plan.ip;
    this.port = plan.port;
    this.inbound = plan.inbound ?? "open";
    this.#planWake();
  }

  get running(): boolean {
    return this.#running;
  }

  get reading(): boolean {
    return this.#reading;
  }

  /** Lets it stop reading its links, or read again. */
  set reading(reading: boolean) {
    this.#reading = reading;
    for (const end of this.#ends.values()) this.network.applyHold(end);
  }

  ends(): Iterable<StreamEnd> {
    return this.#ends.values();
  }

  /** Gives the machine an input now. Nothing happens once the host has stopped. */
  feed(input: Input | LinkInput | Wake): void {
    if (!this.#running) return;
    this.#waiting.push(input);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next; this.#running && (next = this.#waiting.shift()) !== undefined;) {
        const now = this.network.timeline.now;
        for (const effect of this.#plan.machine.handle(next, now)) this.#carryOut(effect, now);
        if (endsLink(next)) this.#untold.delete(next.link);
      }
    } finally {
      this.#busy = false;
    }
    this.#planWake();
  }

  /**
   * Ends the process. Killed, its links are reset by what is left of the computer; silent, the
   * computer is gone as well and the others notice nothing.
   */
  stop(how: "killed" | "silent"): void {
    this.#running = false;
    for (const end of this.#ends.values()) {
      if (how === "silent") end.fallSilent();
      else end.abort();
    }
    this.#ends.clear();
    this.network.remove(this, how === "silent");
  }

  fire(now: number): void {
    if (now < this.#nextWake) return; // An earlier call took this one's part.
    this.#nextWake = Infinity;
    if (!this.#running) return;
    const wanted = this.#plan.machine.wakeAt();
    if (wanted === null || wanted > now) return this.#planWake();
    this.#wakesAtOnce = now === this.#lastWake ? this.#wakesAtOnce + 1 : 1;
    this.#lastWake = now;
    if (this.#wakesAtOnce > MOST_WAKES_AT_ONCE) {
      throw new Error(`${this.ip} asks to be woken at ${wanted} without end`);
    }
    this.network.trace?.text(`${this.ip} wake`);
    this.feed({ kind: "wake" });
  }

  nextAccepted(): LinkId {
    const link = this.#nextLink;
    this.#nextLink += 2;
    return link;
  }

  adopt(end: StreamEnd): void {
    this.#dialing.delete(end.link);
    this.#ends.set(end.link, end);
    this.network.applyHold(end);
  }

  accepted(link: LinkId, ip: string, port: number): void {
    this.#event({ kind: "accepted", link, ip, port });
  }

  connected(link: LinkId): void {
    this.#event({ kind: "connected", link });
  }

  unreachable(link: LinkId, reason: string): void {
    if (!this.#dialing.delete(link)) return;
    this.#untold.add(link);
    this.#event({ kind: "unreachable", link, reason });
  }

  dials(link: LinkId): boolean {
    return this.#running && this.#dialing.has(link);
  }

  lineArrived(end: StreamEnd, line: Uint8Array): void {
    this.network.trace?.bytes(line);
    const limit = LIMITS.jsonLineBytes;
    if (line.length > limit) {
      this.#event({ kind: "line_too_long", link: end.link, limit });
    } else {
      this.network.tap?.(end.other.owner as AnyHost, this, line);
      this.#event({ kind: "line", link: end.link, bytes: line });
    }
  }

  linesWritten(end: StreamEnd, lines: number): void {
    this.#event({ kind: "written", link: end.link, lines });
  }

  endGone(end: StreamEnd, reason: CloseReason): void {
    this.#ends.delete(end.link);
    this.#untold.add(end.link);
    this.#event({ kind: "closed", link: end.link, reason });
  }

  #event(input: LinkInput): void {
    const trace = this.network.trace;
    if (trace !== undefined) {
      trace.number(this.network.timeline.now);
      trace.text(`${this.ip} ${input.kind}`);
      trace.number(input.link);
    }
    this.feed(input);
  }

  #carryOut(effect: Effect | LinkEffect, now: number): void {
    const linkEffect = effect as LinkEffect;
    switch (linkEffect.kind) {
      case "connect":
        if (linkEffect.link % 2 !== 1 || this.#knows(linkEffect.link)) {
          throw new Error(`${this.ip} dials with link ${linkEffect.link}, not a new odd number`);
        }
        this.#dialing.add(linkEffect.link);
        this.network.connect(this, linkEffect.link, linkEffect.host, linkEffect.port);
        return;
      case "send":
        if (linkEffect.line.includes("\n")) throw new Error(`${this.ip} sends a broken line`);
        this.#end(linkEffect.link)?.send(encoder.encode(linkEffect.line));
        return;
      case "close":
      case "abort":
        if (this.#dialing.delete(linkEffect.link)) return;
        this.#end(linkEffect.link)?.[linkEffect.kind]();
        this.#ends.delete(linkEffect.link);
        return;
      default:
        this.#plan.carryOut?.(effect as Effect, now);
    }
  }

  /** A link that the machine names; undefined for one that it does not know to be gone. */
  #end(link: LinkId): StreamEnd | undefined {
    const end = this.#ends.get(link);
    if (end !== undefined || this.#untold.has(link)) return end;
    throw new Error(`${this.ip} uses link ${link}, which it does not have`);
  }

  #knows(link: LinkId): boolean {
    return this.#ends.has(link) || this.#dialing.has(link);
  }

  #planWake(): void {
    const at = this.#plan.machine.wakeAt();
    if (!this.#running || at === null || at >= this.#nextWake) return;
    this.#nextWake = at;
    this.network.timeline.at(at, this);
  }
}

/** Whether an input is the last that comes for its link. */
function endsLink(input: unknown): input is LinkInput {
  const { kind } = input as LinkInput;
  return kind === "closed" || kind === "unreachable";
}

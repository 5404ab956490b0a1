import { canonicalIp } from "../base/address.ts";
import type { Awaitable } from "../base/awaitable.ts";
import { LIMITS } from "../base/limits.ts";
import {
  type CloseReason,
  isLinkEffect,
  type LinkEffect,
  type LinkId,
  type LinkInput,
} from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import type { WireLine } from "../wire/line_decoder.ts";
import { monotonicNow, TurnClock } from "./clock.ts";
import { connectTcp } from "./connect_tcp.ts";
import { isConnectionError, type LinkOwner, type LinkPolicy, TcpLink } from "./tcp_link.ts";
import { TurnQueue } from "./turn_queue.ts";

/** A machine whose effects may come later; every `Machine` is one whose effects come at once. */
export interface LinkMachine<Input, Effect> {
  handle(input: Input | LinkInput | Wake, now: number): Awaitable<readonly (Effect | LinkEffect)[]>;
  wakeAt(): number | null;
}

/** What a {@link LinkLoop} needs and tells. */
export interface LoopObserver<Effect> {
  /** Carries out or reports an effect that is none on a link. */
  perform(effect: Effect): void;
  /** A line went in or out; for traces. Left out, nothing is done for them. */
  readonly line?: (direction: "in" | "out", link: TcpLink, text: string | Uint8Array) => void;
  /** Something was thrown that no remote can be blamed for: a bug of ours, for the log. */
  bug(error: unknown): void;
}

/**
 * Runs one machine: gives it what happens on its TCP connections and on the clock, and carries out
 * its effects. The only place where a machine of streams meets the world.
 */
export class LinkLoop<Input, Effect extends { readonly kind: string }>
  implements LinkOwner, AsyncDisposable {
  readonly #links = new Map<LinkId, TcpLink>();
  readonly #connecting = new Map<LinkId, AbortController>();
  /** Links that the machine closed and that are still sending or waiting for the other side. */
  readonly #closing = new Set<TcpLink>();
  /** Links with lines to write at the end of this turn: mostly one, the one that asked. */
  #dirty: TcpLink | null = null;
  readonly #alsoDirty = new Set<TcpLink>();
  /** Links with one line that waits for another, until there is one or its time is over. */
  readonly #unhurried = new Set<TcpLink>();
  #unhurriedTimer: ReturnType<typeof setTimeout> | undefined;
  /** How many connections are being made or read, and who waits for there to be none. */
  #running = 0;
  #idle: PromiseWithResolvers<void> | null = null;
  #noneClosing: PromiseWithResolvers<void> | null = null;
  readonly #clock: TurnClock;
  readonly #turns = new TurnQueue<TcpLink>();
  readonly #sweep = setInterval(() => this.#sweepLinks(), LIMITS.linkSweep);
  #sweptAt: number;
  #nextAccepted = 2;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;
  #disposed = false;

  constructor(
    readonly machine: LinkMachine<Input, Effect>,
    readonly policy: LinkPolicy,
    readonly observer: LoopObserver<Effect>,
    now: () => number = monotonicNow,
  ) {
    this.#clock = new TurnClock(now);
    this.#sweptAt = now();
    this.#armTimer();
  }

  /** How many connections there are. */
  get links(): number {
    return this.#links.size;
  }

  /** Gives the machine an input of its own kind. */
  submit(input: Input): void {
    this.#turn(input);
  }

  /**
   * Takes over a connection that a listener accepted.
   *
   * @param ip who is at the other end, canonical
   * @param ended called when nothing of it is left
   * @param first what was read of it already
   */
  accept(
    conn: Deno.TcpConn,
    ip: string,
    ended: () => void,
    first: Uint8Array | null = null,
  ): void {
    if (this.#disposed) {
      conn.close();
      return ended();
    }
    const id = this.#nextAccepted;
    this.#nextAccepted += 2;
    const link = this.#adopt(id, conn, ip, this.policy);
    link.onEnded = ended;
    this.#turn({ kind: "accepted", link: id, ...link.remote });
    link.run(first);
  }

  line(link: TcpLink, line: WireLine): void | Promise<void> {
    if (line.kind === "too_long") {
      return this.#handle({ kind: "line_too_long", link: link.id, limit: line.limit });
    }
    this.observer.line?.("in", link, line.bytes);
    const { bytes, unended } = line;
    if (unended) return this.#handle({ kind: "line", link: link.id, bytes, unended });
    return this.#handle({ kind: "line", link: link.id, bytes });
  }

  endOfRead(): void {
    const link = this.#dirty;
    this.#dirty = null;
    link?.flush();
    if (this.#alsoDirty.size === 0) return;
    for (const also of this.#alsoDirty) also.flush();
    this.#alsoDirty.clear();
  }

  written(link: TcpLink, lines: number): void {
    this.#turn({ kind: "written", link: link.id, lines });
  }

  nextTurn(link: TcpLink): Promise<void> {
    return this.#turns.next(link, link.remote.ip);
  }

  caughtUp(link: TcpLink): void {
    this.#turns.left(link);
  }

  closed(link: TcpLink, reason: CloseReason): void {
    this.#links.delete(link.id);
    this.#turn({ kind: "closed", link: link.id, reason });
  }

  ended(link: TcpLink): void {
    if (this.#closing.delete(link) && this.#closing.size === 0) {
      this.#noneClosing?.resolve();
      this.#noneClosing = null;
    }
    link.onEnded?.();
    this.#leaveRunning();
  }

  bug(error: unknown): void {
    this.observer.bug(error);
  }

  /** Our own address on a connection, canonical, or null where there is no such connection. */
  localIpOf(id: LinkId): string | null {
    const link = this.#links.get(id);
    return link === undefined ? null : canonicalIp(link.conn.localAddr.hostname);
  }

  /** Ends every connection from an address that is not ours any more. */
  dropFrom(ip: string): void {
    for (const [id, link] of [...this.#links]) if (this.localIpOf(id) === ip) link.drop();
  }

  /** Resolves when the closes that were begun are done: the other sides have heard all. */
  async allClosed(): Promise<void> {
    if (this.#closing.size === 0) return;
    this.#noneClosing ??= Promise.withResolvers();
    await this.#noneClosing.promise;
  }

  /** Resolves when no connection is being read, made or closed any more. */
  async idle(): Promise<void> {
    if (this.#running === 0) return;
    this.#idle ??= Promise.withResolvers();
    await this.#idle.promise;
  }

  /** Cuts every connection and resolves when all of it has ended. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#unhurriedTimer);
    clearInterval(this.#sweep);
    for (const controller of this.#connecting.values()) controller.abort();
    for (const link of [...this.#links.values(), ...this.#closing]) link.abort();
    this.#links.clear();
    this.#turns.release();
    await this.idle();
  }

  /** One input from outside the read loops, with everything that it causes written. */
  #turn(input: Input | LinkInput | Wake): void {
    const handled = this.#handle(input);
    if (handled === undefined) this.endOfRead();
    else handled.then(() => this.endOfRead());
  }

  #handle(input: Input | LinkInput | Wake): void | Promise<void> {
    if (this.#disposed) return;
    try {
      const effects = this.machine.handle(input, this.#clock.now());
      if (effects instanceof Promise) {
        return effects.then((late) => this.#perform(late)).catch((bug) => this.observer.bug(bug));
      }
      this.#perform(effects);
    } catch (error) {
      this.observer.bug(error);
    }
  }

  #perform(effects: readonly (Effect | LinkEffect)[]): void {
    for (const effect of effects) {
      if (isLinkEffect(effect)) this.#carryOut(effect);
      else this.observer.perform(effect);
    }
    this.#armTimer();
  }

  #carryOut(effect: LinkEffect): void {
    const link = this.#links.get(effect.link);
    switch (effect.kind) {
      case "send":
        if (link === undefined) return;
        this.observer.line?.("out", link, effect.line);
        link.send(effect.line);
        if (effect.unhurried === true && this.#mayWait(link)) return;
        if (this.#unhurried.size > 0) this.#unhurried.delete(link);
        if (this.#dirty === null || this.#dirty === link) this.#dirty = link;
        else this.#alsoDirty.add(link);
        return;
      case "connect": {
        const controller = new AbortController();
        this.#connecting.set(effect.link, controller);
        this.#connect(effect, controller.signal).catch((error) => this.observer.bug(error));
        return;
      }
      case "close":
      case "abort":
        this.#connecting.get(effect.link)?.abort();
        this.#connecting.delete(effect.link);
        this.#links.delete(effect.link);
        if (effect.kind === "abort") link?.abort();
        else if (link !== undefined) this.#close(link);
        return;
    }
  }

  async #connect(
    { link: id, host, port, lineLimit }: LinkEffect & { readonly kind: "connect" },
    signal: AbortSignal,
  ): Promise<void> {
    this.#running += 1;
    const result = await connectTcp(host, port, signal);
    this.#leaveRunning();
    if (!this.#connecting.delete(id) || this.#disposed) {
      if (result.kind === "connected") result.conn.close();
      return;
    }
    if (result.kind === "failed") {
      this.#turn({ kind: "unreachable", link: id, reason: result.reason });
      return;
    }
    const policy = lineLimit === undefined ? this.policy : { ...this.policy, lineLimit };
    const { hostname } = result.conn.remoteAddr;
    const link = this.#adopt(id, result.conn, canonicalIp(hostname) ?? hostname, policy);
    const localIp = canonicalIp(result.conn.localAddr.hostname) ?? undefined;
    this.#turn({ kind: "connected", link: id, localIp });
    link.run();
  }

  #close(link: TcpLink): void {
    this.#closing.add(link);
    link.close();
  }

  #adopt(id: LinkId, conn: Deno.TcpConn, ip: string, policy: LinkPolicy): TcpLink {
    setOptions(conn, policy);
    const remote = { ip, port: conn.remoteAddr.port };
    const link = new TcpLink(id, conn, remote, policy, this, this.#clock.now);
    this.#links.set(id, link);
    this.#running += 1;
    return link;
  }

  #leaveRunning(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#idle?.resolve();
    this.#idle = null;
  }

  /** Lets the last line of a link wait; false where one waits already: then both go. */
  #mayWait(link: TcpLink): boolean {
    if (this.#unhurried.has(link)) return false;
    this.#unhurried.add(link);
    this.#unhurriedTimer ??= setTimeout(() => {
      this.#unhurriedTimer = undefined;
      for (const waiting of this.#unhurried) waiting.flush();
      this.#unhurried.clear();
    }, LIMITS.unhurried);
    return true;
  }

  #sweepLinks(): void {
    const now = this.#clock.now();
    const stoodStill = now - this.#sweptAt > LIMITS.sweepLate;
    this.#sweptAt = now;
    // Others may have read what we had no time to look at: the next sweep knows.
    if (stoodStill) return;
    for (const link of this.#links.values()) link.sweep(now);
    for (const link of this.#closing) link.sweep(now);
  }

  /** One timer for the whole machine, moved only when it has to fire earlier. */
  #armTimer(): void {
    const at = this.machine.wakeAt() ?? Infinity;
    if (at >= this.#timerAt || this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#turn({ kind: "wake" });
      this.#armTimer();
    }, Math.max(0, at - this.#clock.now()));
  }
}

/** Small lines go out at once. A connection that broke already refuses, and its read will tell. */
function setOptions(conn: Deno.TcpConn, { keepsAlive }: LinkPolicy): void {
  try {
    conn.setNoDelay(true);
    if (keepsAlive === true) conn.setKeepAlive(true);
  } catch (error) {
    if (!isConnectionError(error)) throw error;
  }
}

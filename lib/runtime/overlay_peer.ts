import { LIMITS } from "../base/limits.ts";
import type { OverlayCommand, OverlayEffect, OverlayInput } from "../overlay/contract.ts";
import { OverlayNode } from "../overlay/node.ts";
import type { OverlayReport } from "../overlay/reports.ts";
import { LinkLoop } from "./link_loop.ts";
import type { PeerLine } from "./peer_line.ts";
import { askRendezvous } from "./rendezvous_client.ts";
import type { LinkPolicy } from "./tcp_link.ts";

/** Who a node of the overlay is and where its rendezvous is. */
export interface OverlayPeerOptions {
  readonly name: string;
  readonly namespace: string;
  /** The port that others connect to. */
  readonly port: number;
  readonly rendezvous: { readonly host: string; readonly port: number };
}

/** What an {@link OverlayPeer} tells. */
export interface OverlayObserver {
  report(report: OverlayReport): void;
  /** Messages to and from neighbours. Left out, they are not looked at. */
  readonly line?: (line: PeerLine) => void;
  bug(error: unknown): void;
}

type OwnEffect = Exclude<OverlayEffect, { readonly kind: "send" | "connect" | "close" | "abort" }>;

const POLICY: LinkPolicy = {
  lineLimit: LIMITS.jsonLineBytes,
  lineEnd: "\n",
  // Two peers that each waited for the other to read could wait for ever.
  readsWaitForWrites: false,
  reportsWritten: true,
  lingers: true,
  turn: LIMITS.lineTurn,
};

/** A running node of the overlay: its machine, its connections and its rendezvous. */
export class OverlayPeer implements AsyncDisposable {
  readonly node: OverlayNode;
  readonly #loop: LinkLoop<OverlayInput, OwnEffect>;
  readonly #asking = new AbortController();
  readonly #finished = Promise.withResolvers<void>();

  /** Registers, looks for neighbours and connects to them. */
  constructor(readonly options: OverlayPeerOptions, readonly observer: OverlayObserver) {
    this.node = new OverlayNode({
      ...options,
      random: Math.random,
      wallClock: Date.now,
      newId: () => crypto.randomUUID(),
    });
    const { line } = observer;
    this.#loop = new LinkLoop<OverlayInput, OwnEffect>(this.node, POLICY, {
      perform: (effect) => this.#perform(effect),
      bug: (error) => observer.bug(error),
      line: line &&
        ((direction, { remote }, text) =>
          line({ system: "overlay", direction, name: null, ...remote, text })),
    });
    this.#loop.submit({ kind: "start" });
  }

  /** Takes over a connection, with what was read of it to see that it is ours. */
  accept(conn: Deno.TcpConn, ip: string, ended: () => void, first: Uint8Array): void {
    this.#loop.accept(conn, ip, ended, first);
  }

  /** Does what the person wants. */
  submit(command: OverlayCommand): void {
    this.#loop.submit({ kind: "command", command });
  }

  /** Looks whether the rendezvous still knows us, because it may have been away. */
  lookAgain(): void {
    this.#loop.submit({ kind: "look_again" });
  }

  /** Our address is another one: ends the connections from the one before, and registers again. */
  dropFrom(ip: string): void {
    this.#loop.dropFrom(ip);
    this.#loop.submit({ kind: "moved" });
  }

  /** Says BYE and UNREGISTER, and resolves when that is out or `OVERLAY_LIMITS.farewell` is over. */
  async leave(): Promise<void> {
    this.submit({ kind: "quit", tag: 0 });
    await this.#finished.promise;
    await this.#loop.idle();
  }

  /** Ends at once what is still there. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#asking.abort();
    await this.#loop[Symbol.asyncDispose]();
  }

  #perform(effect: OwnEffect): void {
    if (effect.kind === "rendezvous") {
      this.#ask(effect).catch((error) => this.observer.bug(error));
      return;
    }
    if (effect.report.kind === "finished") this.#finished.resolve();
    this.observer.report(effect.report);
  }

  async #ask({ request }: OwnEffect & { readonly kind: "rendezvous" }): Promise<void> {
    const outcome = await askRendezvous(this.options.rendezvous, request, this.#asking.signal);
    if (this.#asking.signal.aborted) return;
    this.#loop.submit({ kind: "rendezvous_answer", request, outcome });
  }
}

import type { OverlayCommand } from "../../lib/overlay/contract.ts";
import type { OverlayReport } from "../../lib/overlay/reports.ts";
import { Inbox } from "./inbox.ts";
import { fault, NAMESPACE, PATIENCE, somebodyElse, type Stage } from "./world.ts";

/** Messages whose ids are remembered, to see whether one is shown twice. */
const REMEMBERED = 500;

type Command = OverlayCommand extends infer One ? One extends OverlayCommand ? Omit<One, "tag">
  : never
  : never;

/** What a node counts that says of somebody's mistake or of a queue that was full. */
const TROUBLES = [
  "relayFailed",
  "queueFull",
  "overQuota",
  "badFormat",
  "lineTooLong",
  "unknownCommand",
  "unauthorized",
  "unsolicited",
] as const;

/** A person in the overlay: messages to one and to all, and what a person asks now and then. */
export class OverlayScene {
  readonly #inbox = new Inbox<OverlayReport>();
  readonly #shown = new Set<string>();
  #tag = 0;

  constructor(readonly stage: Stage, readonly submit: (command: OverlayCommand) => void) {}

  /** Takes what the overlay tells. */
  take(report: OverlayReport): void {
    const { tally, tell } = this.stage.world;
    this.#inbox.take(report);
    switch (report.kind) {
      case "message":
        return this.#message(report);
      case "fate":
        // Also one that nobody waits for any more.
        if (report.outcome.kind === "delivered") tell({ kind: "delivered", id: report.id });
        return;
      case "neighbour_up":
        return tally.add("overlay: neighbours");
      case "neighbour_down":
        return tally.add(`overlay: neighbours lost, ${report.reason}`);
      case "connect_failed":
        return tally.add(`overlay: connections failed, ${report.fault}`);
      case "remote_error":
        return tally.add(`overlay: remote error, ${report.code}`);
      case "rendezvous_lost":
        return tally.add("overlay: server away");
      case "registration_refused":
        return fault(this.stage, "overlay: registration refused");
    }
  }

  /** A message to one person, with its acknowledgement or the reason why there is none. */
  async tellOne(signal: AbortSignal): Promise<void> {
    await this.#send(`${somebodyElse(this.stage)}@${NAMESPACE}`, signal);
  }

  /** A message to everybody; and a look at what the person can look at. */
  async tellAll(signal: AbortSignal): Promise<void> {
    await this.#send(`#${NAMESPACE}`, signal);
    await this.#ask({ kind: "peers", namespace: NAMESPACE }, "peers", signal);
    await this.#ask({ kind: "routes" }, "routes", signal);
  }

  /** Counts what went wrong in this node, before it goes. */
  async farewell(signal: AbortSignal): Promise<void> {
    const answer = await this.#ask({ kind: "metrics" }, "own_metrics", signal);
    if (answer?.kind !== "own_metrics") return;
    const { tally } = this.stage.world;
    tally.add("overlay: lines sent", answer.counters.sent);
    for (const what of TROUBLES) {
      if (answer.counters[what] > 0) tally.add(`overlay: ${what}`, answer.counters[what]);
    }
  }

  async #send(to: string, signal: AbortSignal): Promise<void> {
    const { tally } = this.stage.world;
    tally.add("overlay: messages sent");
    const report = await this.#ask({ kind: "send", to, text: "bom dia" }, "fate", signal);
    if (report?.kind !== "fate") return tally.add("overlay: messages given up by leaving");
    const { outcome } = report;
    const why = outcome.kind === "not_delivered" ? `, ${outcome.fault}` : "";
    tally.add(`overlay: messages ${outcome.kind}${why}`);
  }

  async #ask(
    command: Command,
    kind: OverlayReport["kind"],
    signal: AbortSignal,
  ): Promise<OverlayReport | null> {
    const tag = ++this.#tag;
    const answer = this.#inbox.next(
      (report) => report.kind === kind && "tag" in report && report.tag === tag,
      PATIENCE,
      signal,
    );
    this.submit({ ...command, tag });
    const came = await answer;
    if (came === null && !signal.aborted) fault(this.stage, `overlay: no ${kind}`);
    return came;
  }

  #message({ id, to }: OverlayReport & { readonly kind: "message" }): void {
    const { tally, tell } = this.stage.world;
    if (this.#shown.has(id)) fault(this.stage, "overlay: a message was shown twice");
    this.#shown.add(id);
    if (this.#shown.size > REMEMBERED) this.#shown.delete(this.#shown.values().next().value!);
    if (to.startsWith("#")) return tally.add("overlay: messages to all received");
    tally.add("overlay: messages received");
    tell({ kind: "shown", id });
  }
}

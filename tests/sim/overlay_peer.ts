import type { LinkEffect } from "../../lib/base/link.ts";
import type { Random } from "../../lib/base/random.ts";
import type {
  ListedPeer,
  OverlayCommand,
  OverlayConfig,
  OverlayEffect,
  OverlayInput,
} from "../../lib/overlay/contract.ts";
import { OverlayNode } from "../../lib/overlay/node.ts";
import type { Outcome, OverlayReport } from "../../lib/overlay/reports.ts";
import type { Host, Inbound } from "./host.ts";
import type { OverlayWorld } from "./overlay_world.ts";

/** What of an overlay node's effects is not about links. */
type Task = Exclude<OverlayEffect, LinkEffect>;
type Reported<Kind extends OverlayReport["kind"]> = Extract<OverlayReport, { kind: Kind }>;

/** Virtual time begins on this day. */
const EPOCH = Date.UTC(2026, 0, 1);

/** Who a simulated peer is. */
export interface OverlayPeerPlan
  extends Partial<Pick<OverlayConfig, "namespace" | "outbound" | "inbound" | "quota" | "pace">> {
  readonly name: string;
  /** What happens to connections from outside; `open` where it is left out. */
  readonly reachable?: Inbound;
  /** Whom it finds when it looks for neighbours; everybody registered where it is left out. */
  readonly finds?: () => readonly ListedPeer[];
}

/** A message that was sent, and how it ended. */
export interface Sent {
  readonly to: string;
  readonly at: number;
  outcome: Outcome | null;
  endedAt: number;
}

/** One overlay node at its host, with all that its person would have seen. */
export class OverlayPeer {
  readonly id: string;
  readonly host: Host<OverlayInput, Task>;
  /** Its neighbours at this moment, by what it reported. */
  readonly neighbours = new Set<string>();
  /** Messages that were shown, in order. */
  readonly shown: Reported<"message">[] = [];
  /** Messages that were sent, by tag. */
  readonly sent = new Map<number, Sent>();
  /** Everything else that was reported, in order. */
  readonly reports: OverlayReport[] = [];
  #tags = 0;

  constructor(
    readonly world: OverlayWorld,
    ip: string,
    random: Random,
    readonly plan: OverlayPeerPlan,
  ) {
    const { name, namespace = "sim", reachable = "open", outbound, inbound, quota, pace } = plan;
    const port = 4000;
    this.id = `${name}@${namespace}`;
    const machine = new OverlayNode({
      name,
      namespace,
      random,
      wallClock: () => EPOCH + world.now,
      port,
      ...(outbound === undefined ? {} : { outbound }),
      ...(inbound === undefined ? {} : { inbound }),
      ...(quota === undefined ? {} : { quota }),
      ...(pace === undefined ? {} : { pace }),
    });
    this.host = world.network.start<OverlayInput, Task>({
      ip,
      port,
      inbound: reachable,
      machine,
      carryOut: (task) => {
        if (task.kind === "rendezvous") world.ask(this, task.request);
        else this.#reported(task.report);
      },
    });
  }

  /** How others find it. */
  get listed(): ListedPeer {
    const { name, namespace = "sim" } = this.plan;
    return { name, namespace, ip: this.host.ip, port: this.host.port };
  }

  /** A number for a command that no other has. */
  nextTag(): number {
    return ++this.#tags;
  }

  command(command: OverlayCommand): void {
    this.host.feed({ kind: "command", command });
  }

  /** Sends text to `name@ns`, `#ns` or `*`; the fate is filled in when it comes. */
  send(to: string, text: string): Sent {
    const tag = this.nextTag();
    const sent: Sent = { to, at: this.world.now, outcome: null, endedAt: NaN };
    this.sent.set(tag, sent);
    this.command({ kind: "send", tag, to, text });
    return sent;
  }

  /** Sends and waits for the fate. */
  sendAndWait(to: string, text: string): Outcome {
    const sent = this.send(to, text);
    this.world.network.timeline.runUntilTrue(() => sent.outcome !== null, 60_000);
    if (sent.outcome === null) throw new Error(`no fate of "${text}" from ${this.id} to ${to}`);
    return sent.outcome;
  }

  /** The texts that were shown. */
  get texts(): string[] {
    return this.shown.map(({ text }) => text);
  }

  /** Says goodbye; the process ends when all is said. */
  quit(): void {
    this.command({ kind: "quit", tag: this.nextTag() });
  }

  /** Ends the process without a goodbye: `killed` resets its links, `silent` tells nobody. */
  stop(how: "killed" | "silent"): void {
    this.host.stop(how);
    this.world.removed(this);
  }

  #reported(report: OverlayReport): void {
    switch (report.kind) {
      case "neighbour_up":
        this.neighbours.add(report.peer);
        break;
      case "neighbour_down":
        this.neighbours.delete(report.peer);
        break;
      case "message":
        this.shown.push(report);
        return;
      case "fate":
        return this.#ended(report);
      case "finished":
        // Stops after the last lines are handed over, as the process would.
        this.world.network.timeline.after(0, () => this.stop("killed"));
        return;
    }
    this.reports.push(report);
  }

  #ended({ tag, outcome }: Reported<"fate">): void {
    const sent = this.sent.get(tag);
    if (sent === undefined) throw new Error(`${this.id} tells the fate of what it did not send`);
    if (sent.outcome !== null) throw new Error(`${this.id} tells two fates of one message`);
    sent.outcome = outcome;
    sent.endedAt = this.world.now;
  }
}

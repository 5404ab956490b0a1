import type { OverlayCommand } from "../overlay/contract.ts";
import type { OverlayReport } from "../overlay/reports.ts";
import { toOverlayCommand, type TypedOverlayCommand } from "./commands/overlay_command.ts";
import type { KnownNames } from "./commands/parse_input.ts";
import type { Translator } from "./messages/catalogue.ts";
import { remember } from "./remember.ts";
import type { Painter } from "./text/painter.ts";
import { overlayLines } from "./views/overlay_view.ts";

/** What an {@link OverlayDialogue} shows with. */
export interface DialogueOptions {
  readonly say: Translator;
  readonly paint: Painter;
  /** One's own namespace, which a name without one is in. */
  readonly namespace: string;
  /** `host:port` of the rendezvous. */
  readonly rendezvous: string;
  /** One's own name, which may still be changed before the overlay starts. */
  readonly name: () => string;
  /** Width of the terminal. */
  readonly columns: () => number;
}

/**
 * One person's side of the overlay: commands become what the node understands, reports become
 * lines, and what lies between them is remembered: which command a report answers, whom the person
 * has to do with, which names there are to complete.
 */
export class OverlayDialogue {
  readonly #asked = new Map<number, OverlayCommand>();
  readonly #neighbours = new Set<string>();
  readonly #peers = new Set<string>();
  readonly #concerned = new Set<string>();
  #tags = 0;
  #registered = false;

  constructor(readonly options: DialogueOptions) {}

  /** Whether a command was not answered yet. */
  get busy(): boolean {
    return this.#asked.size > 0;
  }

  /** What the parser and the completion have to know of the overlay. */
  get names(): Pick<KnownNames, "peers" | "neighbours" | "namespaces"> {
    const namespaces = new Set([this.options.namespace]);
    for (const peer of this.#peers) namespaces.add(peer.slice(peer.lastIndexOf("@") + 1));
    return { peers: this.#peers, neighbours: this.#neighbours, namespaces };
  }

  /** The command for the node; what answers it has to come to {@link lines}. */
  command(typed: TypedOverlayCommand): OverlayCommand {
    const command = toOverlayCommand(typed, ++this.#tags, this.options.namespace);
    this.#asked.set(command.tag, command);
    if (command.kind === "send") this.#concerns(command.to);
    else if (command.kind === "connect") this.#concerns(command.peer);
    return command;
  }

  /**
   * The lines that tell the person a report.
   *
   * @param at the time of the report in milliseconds since 1970
   */
  lines(report: OverlayReport, at: number): string[] {
    const { say, paint, namespace, rendezvous, name, columns } = this.options;
    this.#learn(report);
    const asked = this.#answered(report);
    const lines = overlayLines(report, {
      say,
      paint,
      columns: columns(),
      self: `${name()}@${namespace}`,
      rendezvous,
      asked,
      neighbours: this.#neighbours.size,
      registered: this.#registered,
      concerns: (peer) => this.#concerned.has(peer),
    }, at);
    this.#registered ||= report.kind === "registered";
    return lines;
  }

  #answered(report: OverlayReport): OverlayCommand | null {
    if (!("tag" in report) || report.tag === null) return null;
    const asked = this.#asked.get(report.tag) ?? null;
    this.#asked.delete(report.tag);
    return asked;
  }

  #learn(report: OverlayReport): void {
    switch (report.kind) {
      case "neighbour_up":
        this.#neighbours.add(report.peer);
        return remember(this.#peers, report.peer);
      case "neighbour_down":
        this.#neighbours.delete(report.peer);
        return;
      case "message":
        return remember(this.#peers, report.from);
      case "fate":
        if (report.outcome.kind === "delivered") remember(this.#peers, report.to);
        return;
      case "peers":
        for (const { peer } of report.peers) remember(this.#peers, peer);
    }
  }

  #concerns(target: string): void {
    if (target === "*" || target.startsWith("#")) return;
    remember(this.#concerned, target);
  }
}

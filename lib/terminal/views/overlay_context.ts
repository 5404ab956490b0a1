import type { OverlayCommand } from "../../overlay/contract.ts";
import type { OverlayReport } from "../../overlay/reports.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";

/** What the views of the overlay know besides the report. */
export interface OverlayViewContext {
  readonly say: Translator;
  readonly paint: Painter;
  /** Width to fit tables in. */
  readonly columns: number;
  /** Who this peer is, `name@namespace`. */
  readonly self: string;
  /** `host:port` of the rendezvous. */
  readonly rendezvous: string;
  /** The command that the report answers; null where it answers none. */
  readonly asked: OverlayCommand | null;
  /** Neighbours, the report included. */
  readonly neighbours: number;
  /** Whether REGISTER had worked before: it is renewed for as long as the program runs. */
  readonly registered: boolean;
  /** Whether the person wrote to a peer or asked to be connected to it. */
  readonly concerns: (peer: string) => boolean;
}

/** One report of a kind. */
export type ReportOf<Kind extends OverlayReport["kind"]> = OverlayReport & {
  readonly kind: Kind;
};

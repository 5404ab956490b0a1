import type { MusicReport } from "../../music/music_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";

/** What the views of music know besides what they show. */
export interface MusicViewContext {
  readonly say: Translator;
  readonly paint: Painter;
  /** Width to fit tables and the status in. */
  readonly columns: number;
  /** `host:port` of the catalogue. */
  readonly server: string;
}

/** One report of a kind. */
export type MusicReportOf<Kind extends MusicReport["kind"]> = MusicReport & {
  readonly kind: Kind;
};

/** A narrower terminal shows each song over two lines instead of in a table. */
export const NARROWEST_TABLE = 60;

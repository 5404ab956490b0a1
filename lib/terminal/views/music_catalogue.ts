import type { CatalogueStatus } from "../../music/library_status.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import type { MusicViewContext } from "./music_context.ts";
import { reasonText } from "./reason.ts";

/** The catalogue's words for what is wrong with an entry (`protocols/music.md`). */
const FAULTS: ReadonlyMap<string, MessageKey & `music.catalogue.fault.${string}`> = new Map([
  ["already_registered", "music.catalogue.fault.in_use"],
  ["bad_name", "music.catalogue.fault.name"],
  ["bad_port", "music.catalogue.fault.port"],
  ["bad_files", "music.catalogue.fault.files"],
  ["too_many_files", "music.catalogue.fault.too_many"],
  ["full", "music.catalogue.fault.full"],
]);

/** Columns of a word that is not on the page. */
const FOREIGN_WORD = 40;

/** What a status of the own entry in the catalogue looks like: lines to print. */
export function catalogueLines(
  status: CatalogueStatus,
  { say, paint, server }: Pick<MusicViewContext, "say" | "paint" | "server">,
): string[] {
  switch (status.kind) {
    case "music_registered":
      if (status.again) return [paint.good(say.count("music.catalogue.again", status.files))];
      return [paint.dim(
        status.files === 0
          ? say("music.catalogue.empty")
          : say.count("music.catalogue.registered", status.files),
      )];
    case "music_refused":
      return [
        paint.warn(say("music.catalogue.refused", { fault: faultText(status.error, say) })),
      ];
    case "music_server_away":
      return [paint.warn(say(status.first ? "music.catalogue.never" : "music.catalogue.lost", {
        server,
        reason: reasonText(status.reason, say),
      }))];
    case "music_left":
      return [];
  }
}

/** Why the catalogue said no; another server's own word as it is. */
function faultText(word: string, say: MusicViewContext["say"]): string {
  // A server may put a remark behind its word, in parentheses.
  const known = FAULTS.get(/^\w*/.exec(word)![0]);
  return known === undefined ? cutToWidth(printable(word), FOREIGN_WORD) : say(known);
}

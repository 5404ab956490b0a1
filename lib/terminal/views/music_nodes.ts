import { formatServerAddress } from "../options/server_address.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { shown } from "./chat_view.ts";
import type { MusicReportOf, MusicViewContext } from "./music_context.ts";

/** `/nodes`: who shares music, and where. */
export function nodesTable(
  { nodes }: MusicReportOf<"nodes">,
  { say, paint, columns }: MusicViewContext,
): string[] {
  if (nodes.length === 0) return [say("music.nodes.none")];
  return formatTable({
    header: [say("music.nodes.name"), say("music.nodes.files"), say("music.nodes.address")]
      .map(paint.bold),
    rows: nodes.map(({ name, ip, port, files }) => [
      shown(name, paint),
      String(files),
      printable(formatServerAddress({ host: ip, chatPort: port })),
    ]),
    align: ["left", "right", "left"],
    columns,
  });
}

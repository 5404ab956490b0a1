/** What the tests of the overlay's views show reports with. */
import type { OverlayCommand } from "../../../lib/overlay/contract.ts";
import type { OverlayReport } from "../../../lib/overlay/reports.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import type { OverlayViewContext } from "../../../lib/terminal/views/overlay_context.ts";
import { overlayLines } from "../../../lib/terminal/views/overlay_view.ts";

/** 03:04:05 by the clock of the machine that runs the test. */
export const AT = new Date(2026, 0, 2, 3, 4, 5).getTime();

/** A context without colour, in English, of `ana@UnB`, whom only `bia@UnB` concerns. */
export function contextOf(changes: Partial<OverlayViewContext> = {}): OverlayViewContext {
  return {
    say: translator("en"),
    paint: createPainter(false),
    columns: 100,
    self: "ana@UnB",
    rendezvous: "10.0.0.1:5000",
    asked: null,
    neighbours: 2,
    registered: false,
    concerns: (peer) => peer === "bia@UnB",
    ...changes,
  };
}

/** A report as it is shown. */
export function shown(report: OverlayReport, changes: Partial<OverlayViewContext> = {}): string[] {
  return overlayLines(report, contextOf(changes), AT);
}

/** The command that sent `text`. */
export function sending(text: string): OverlayCommand {
  return { kind: "send", tag: 1, to: "bia@UnB", text };
}

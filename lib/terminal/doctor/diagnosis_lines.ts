import type { Diagnosis, Mark } from "../../doctor/findings.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";
import { wrapLine } from "../text/wrap.ts";
import { deviceNote, noDeviceNote } from "./device_notes.ts";
import { addressesNote, permissionsNote, portNote, terminalNote, udpNote } from "./local_notes.ts";
import type { Note } from "./note.ts";
import { clockNote, outsideNote, reachNote, seenNote } from "./outside_notes.ts";
import { nameNote, serverNote } from "./server_notes.ts";

/** Where and how lines are shown. */
export interface Page {
  readonly say: Translator;
  readonly paint: Painter;
  /** Infinity where nobody looks, and so nothing is to be broken. */
  readonly columns: number;
}

// Each is told from the others without its colour.
const SIGNS: Readonly<Record<Mark, string>> = { ok: "✓", warning: "!", failed: "✗", unknown: "?" };
/** Columns of what goes before a line, and before what to do. */
const LINE_INDENT = 2;
const TO_DO_INDENT = 4;
/** The most that an indent takes of a narrow terminal. */
const INDENT_SHARE = 1 / 4;

/** One check: its line behind a mark, and behind an arrow what to do. */
export function diagnosisLines(diagnosis: Diagnosis, { say, paint, columns }: Page): string[] {
  const { mark } = diagnosis;
  const { text, toDo } = noteOf(diagnosis, say);
  const sign = SIGNS[mark];
  const painted = {
    ok: paint.good(sign),
    warning: paint.warn(sign),
    failed: paint.error(sign),
    unknown: paint.warn(sign),
  }[mark];
  const fit = (line: string, indent: number) =>
    columns === Infinity
      ? [line]
      : wrapLine(line, columns, Math.min(indent, Math.floor(columns * INDENT_SHARE)));
  return [
    ...fit(`${painted} ${text}`, LINE_INDENT),
    ...toDo === undefined ? [] : fit(`  → ${toDo}`, TO_DO_INDENT),
  ];
}

function noteOf({ mark, finding }: Diagnosis, say: Translator): Note {
  switch (finding.kind) {
    case "terminal":
      return terminalNote(finding, say);
    case "permissions":
      return permissionsNote(finding, say);
    case "addresses":
      return addressesNote(finding, say);
    case "port":
      return portNote(finding, say);
    case "udp":
      return udpNote(finding, say);
    case "device":
      return deviceNote(finding, say);
    case "no_device":
      return noDeviceNote(finding, say);
    case "name":
      return nameNote(finding, say);
    case "server":
      return serverNote(finding, say);
    case "seen":
      return seenNote(finding, say);
    case "outside":
      return outsideNote(finding, say);
    case "reach":
      return reachNote(finding, say);
    case "clock":
      return clockNote(finding, mark === "warning", say);
  }
}

import { MIB } from "../../lib/base/units.ts";
import { labelled } from "../command_line/labelled.ts";
import { p99, type Report } from "./conduct.ts";

/** Counters of what a program refuses, drops or ends, among all that it counts. */
const OF_INTEREST = /refused|ended|too_long|dropped/;

const HEAD = ["attack", "what happens", "counted", "memory, MiB", "honest user's p99, ms"];

/** The reports of several attacks as a table in Markdown. */
export function reportTable(reports: readonly Report[]): string {
  return [HEAD, HEAD.map(() => "---"), ...reports.map(cellsOf)]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** The report of one attack for a terminal of `columns`, without its name. */
export function reportBlock(report: Report, columns: number): string {
  const { attack: { deed, outcome } } = report;
  const rows = [
    ["attack", deed],
    ["should", outcome],
    ["seen", observedIn(report)],
    ["counted", refusalsIn(report)],
    ["memory", `${memoryIn(report)} MiB`],
    ["p99", `${waitsIn(report)} ms for the honest user`],
  ];
  return labelled(rows.filter(([, text]) => text !== ""), columns).join("\n");
}

function cellsOf(report: Report): readonly string[] {
  const { attack } = report;
  return [
    `${attack.name}: ${attack.deed}`,
    `${attack.outcome} (${observedIn(report)})`,
    refusalsIn(report),
    memoryIn(report),
    waitsIn(report),
  ];
}

function observedIn({ observed }: Report): string {
  return Object.entries(observed).map(([what, value]) => `${what}: ${value}`).join(", ");
}

function refusalsIn({ counted }: Report): string {
  return [...counted]
    .filter(([name]) => OF_INTEREST.test(name))
    .map(([name, count]) => `${shortened(name)}: ${count}`)
    .join(", ");
}

function memoryIn({ memory: { before, most, after } }: Report): string {
  const mib = (bytes: number) => Math.round(bytes / MIB);
  return `${mib(before)}, at most ${mib(most)}, then ${mib(after)}`;
}

function waitsIn({ honest }: Report): string {
  return `${p99(honest.before)} → ${p99(honest.during)}`;
}

/** `prosa_connections_ended_total{port="chat",reason="cut"}` as `connections ended chat cut`. */
function shortened(name: string): string {
  const [family = "", labels = ""] = name.split("{");
  const words = [...labels.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
  return [family.replace(/^prosa_|_total$/g, "").replaceAll("_", " "), ...words].join(" ");
}

import { MIB } from "../../lib/base/units.ts";
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

function cellsOf({ attack, observed, counted, memory, honest }: Report): readonly string[] {
  const mib = (bytes: number) => Math.round(bytes / MIB);
  const refusals = [...counted]
    .filter(([name]) => OF_INTEREST.test(name))
    .map(([name, count]) => `${shortened(name)}: ${count}`);
  return [
    `${attack.name}: ${attack.deed}`,
    `${attack.outcome} (${
      Object.entries(observed).map(([what, value]) => `${what}: ${value}`).join(", ")
    })`,
    refusals.join(", "),
    `${mib(memory.before)}, at most ${mib(memory.most)}, then ${mib(memory.after)}`,
    `${p99(honest.before)} → ${p99(honest.during)}`,
  ];
}

/** `prosa_connections_ended_total{port="chat",reason="cut"}` as `connections ended chat cut`. */
function shortened(name: string): string {
  const [family = "", labels = ""] = name.split("{");
  const words = [...labels.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
  return [family.replace(/^prosa_|_total$/g, "").replaceAll("_", " "), ...words].join(" ");
}

import {
  type Figure,
  judgedRatio,
  type Measure,
  median,
  processCosts,
  ratioOf,
  reached,
  type Series,
  serversWereTheLimit,
  type Spread,
  type Unit,
  valuesOf,
} from "./figures.ts";
import { markdownTable } from "./table.ts";

/** What was not or could not be measured. */
const NONE = "–";
/** Marks a ratio of processor times. */
const BY_CPU = " CPU";

/** The figures of one suite as Markdown: what was reached, then where the time went. */
export function report(figures: readonly Figure[]): string {
  const names = candidateNames(figures);
  const tables = [markdownTable(
    ["figure", "unit", ...names, `ratio (least–most)`, "goal", "reached"],
    figures.map((figure) => [
      figure.name,
      figure.unit,
      ...columns(figure, names.length, (one) => inUnit(median(valuesOf(one)), figure.unit)),
      ratioText(judgedRatio(figure)) + (serversWereTheLimit(figure) ? "" : BY_CPU),
      goalText(figure),
      reachedText(reached(figure)),
    ]),
  )];
  const timed = figures.filter((figure) => valuesOf(figure.series[0]!, "cpuMicros").length > 0);
  if (timed.length > 0) {
    tables.push(markdownTable(
      ["CPU µs a request", ...names, "ratio (least–most)", "busy", "baseline busy", "load busy"],
      timed.map((figure) => [
        figure.name,
        ...columns(figure, names.length, (one) => middle(one, "cpuMicros").toFixed(1)),
        ratioText(ratioOf(figure, "cpuMicros")),
        ...columns(figure, 2, (one) => percent(middle(one, "serverBusy"))),
        percent(Math.max(...figure.series.slice(0, 2).map((one) => middle(one, "generatorBusy")))),
      ]),
    ));
  }
  const chains = figures.filter(({ series }) => series.some((one) => processCosts(one) !== null));
  if (chains.length > 0) {
    tables.push(markdownTable(
      ["CPU µs a message, process by process", ...names],
      chains.map((figure) => [figure.name, ...columns(figure, names.length, costsText)]),
    ));
  }
  return tables.join("\n\n");
}

function candidateNames(figures: readonly Figure[]): string[] {
  const longest = figures.reduce<readonly Series[]>(
    (most, { series }) => series.length > most.length ? series : most,
    [],
  );
  return longest.map(({ candidate }) => candidate);
}

function columns({ series }: Figure, count: number, text: (one: Series) => string): string[] {
  return Array.from({ length: count }, (_, index) => {
    const one = series[index];
    return one === undefined ? NONE : text(one);
  });
}

function costsText(series: Series): string {
  return processCosts(series)?.map((cost) => cost.toFixed(1)).join(" + ") ?? NONE;
}

function middle(series: Series, field: Measure): number {
  return median(valuesOf(series, field));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** A value as precisely as its unit is worth it. */
function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case "score":
      return value.toFixed(3);
    case "ms":
    case "ms/MB":
    case "MB/s":
    case "%":
    case "% of a core":
      return value.toFixed(1);
    default:
      return whole(value);
  }
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function ratioText(ratio: Spread | null): string {
  if (ratio === null) return NONE;
  const [median, least, most] = [ratio.median, ratio.least, ratio.most].map((n) => n.toFixed(2));
  return `${median} (${least}–${most})`;
}

function goalText({ goal, unit }: Figure): string {
  switch (goal?.kind) {
    case undefined:
      return NONE;
    case "at_most":
      return `≤ ${inUnit(goal.value, unit)}`;
    case "at_least":
      return `≥ ${inUnit(goal.value, unit)}`;
    case "ratio_at_most":
      return `≤ ${goal.ratio.toFixed(2)}`;
    case "ratio_at_least":
      return `≥ ${goal.ratio.toFixed(2)}`;
  }
}

function reachedText(reached: boolean | null): string {
  return reached === null ? NONE : reached ? "yes" : "no";
}

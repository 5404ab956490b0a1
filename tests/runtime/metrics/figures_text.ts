import { strict as assert } from "node:assert";

const LINE = /^([a-z_]+)(?:\{(.*)\})? (-?[0-9.e+-]+)$/;

/** The figures of a text of Prometheus' format, by name and labels as they stand in it. */
export function readFigures(text: string): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  const declared = new Set<string>();
  assert.ok(text.endsWith("\n"), "the last line is complete");
  for (const line of text.trimEnd().split("\n")) {
    if (line === "" || line.startsWith("# HELP ")) continue;
    const type = /^# TYPE ([a-z_]+) (counter|gauge)$/.exec(line);
    if (type !== null) {
      declared.add(type[1]!);
      continue;
    }
    const [, name, labels, value] = LINE.exec(line) ?? assert.fail(`no figure: ${line}`);
    assert.ok(declared.has(name!), `${name} has a type`);
    const key = labels === undefined ? name! : `${name}{${labels}}`;
    assert.ok(!figures.has(key), `${key} comes once`);
    figures.set(key, Number(value));
  }
  return figures;
}

import assert from "node:assert/strict";
import { formatPage } from "./page.ts";

const section = (name: string, tables: string) => ({ name, about: `About ${name}.`, tables });

function namesIn(page: string): string[] {
  return [...page.matchAll(/^## (.*)$/gm)].map(([, name]) => name!);
}

Deno.test("page: a suite that was not run keeps its section", () => {
  const order = ["one", "two", "three"];
  const former = formatPage("old machine", [section("one", "1"), section("two", "2")], order);
  const page = formatPage("new machine", [section("two", "22")], order, former);
  assert.deepEqual(namesIn(page), ["one", "two"]);
  assert.match(page, /## one\n\nMachine: old machine\.\n\nAbout one\.\n\n1\n/);
  assert.match(page, /## two\n\nMachine: new machine\.\n\nAbout two\.\n\n22\n/);
  assert.ok(page.startsWith("# Benchmarks\n"));
});

Deno.test("page: suites stand in their order, and what was written by hand behind them", () => {
  const former = `${formatPage("machine", [section("one", "1")], ["one"])}\n## Profiles\n\nText.\n`;
  const order = ["zero", "one", "two"];
  const page = formatPage("machine", [section("two", "2"), section("zero", "0")], order, former);
  assert.deepEqual(namesIn(page), ["zero", "one", "two", "Profiles"]);
  assert.ok(page.endsWith("## Profiles\n\nText.\n"));
});

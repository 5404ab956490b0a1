import assert from "node:assert/strict";
import { formatPage } from "./page.ts";

const section = (name: string, tables: string) => ({ name, about: `About ${name}.`, tables });

Deno.test("page: a suite that was not run keeps its section", () => {
  const former = formatPage("old machine", [section("one", "1"), section("two", "2")]);
  const page = formatPage("new machine", [section("two", "22"), section("three", "3")], former);
  const order = [...page.matchAll(/^## (.*)$/gm)].map(([, name]) => name);
  assert.deepEqual(order, ["one", "two", "three"]);
  assert.match(page, /## one\n\nMachine: old machine\.\n\nAbout one\.\n\n1\n/);
  assert.match(page, /## two\n\nMachine: new machine\.\n\nAbout two\.\n\n22\n/);
  assert.ok(page.startsWith("# Benchmarks\n"));
});

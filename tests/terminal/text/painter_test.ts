import { strict as assert } from "node:assert";
import { createPainter, type Painter } from "../../../lib/terminal/text/painter.ts";

const METHODS = ["name", "own", "dim", "bold", "good", "warn", "error"] as const;

Deno.test("without colour, text is left as it is", () => {
  const painter = createPainter(false);
  for (const method of METHODS) assert.equal(painter[method]("x"), "x");
});

Deno.test("with colour, each ends what it begins", () => {
  const painter: Painter = createPainter(true);
  for (const method of METHODS) {
    // deno-lint-ignore no-control-regex
    assert.match(painter[method]("x"), /^\x1b\[\d+mx\x1b\[(22|39)m$/);
    assert.equal(painter[method](""), "");
  }
});

Deno.test("a name has one colour, names have several, none has that of errors", () => {
  const { name } = createPainter(true);
  assert.equal(name("João"), name("João"));
  const codes = new Set(Array.from({ length: 100 }, (_, i) => name(`n${i}`).split("m")[0]));
  assert(codes.size >= 6);
  assert(!codes.has("\x1b[31"));
});

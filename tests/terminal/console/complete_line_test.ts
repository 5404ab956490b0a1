import { strict as assert } from "node:assert";
import { completeLine } from "../../../lib/terminal/console/complete_line.ts";

Deno.test("one candidate is put in, nothing is listed", () => {
  assert.deepEqual(completeLine("hi an", { candidates: ["Ana "], replaced: "an" }, 40), {
    typed: "hi Ana ",
    listing: [],
  });
});

Deno.test("of several, what they share is put in and all are listed", () => {
  assert.deepEqual(
    completeLine("/l", { candidates: ["/list ", "/listen ", "/lisp "], replaced: "/l" }, 20),
    { typed: "/lis", listing: ["/list    /listen", "/lisp"] },
  );
});

Deno.test("nothing is taken away where they share less than was typed, or nothing fits", () => {
  for (const candidates of [["Ana", "bea"], []]) {
    assert.equal(completeLine("x a", { candidates, replaced: "a" }, 40).typed, "x a");
  }
  assert.equal(completeLine("x", { candidates: ["yy"], replaced: "y" }, 40).typed, "x");
});

Deno.test("characters are not cut, and hostile names are shown, not obeyed", () => {
  const { typed, listing } = completeLine(
    "",
    { candidates: ["e\u0301\x1b[2J", "e\u0300"], replaced: "" },
    40,
  );
  assert.equal(typed, "");
  assert.deepEqual(listing, ["e\u0301␛[2J  e\u0300"]);
});

Deno.test("very many candidates are not all listed", () => {
  const candidates = Array.from({ length: 500 }, (_, i) => `n${i}`);
  const { listing } = completeLine("", { candidates, replaced: "" }, 12);
  assert.equal(listing.length, 51);
  assert.equal(listing.at(-1), "…");
});

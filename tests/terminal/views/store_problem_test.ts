import { equal, ok } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { type StoreProblem, storeProblem } from "../../../lib/terminal/views/store_problem.ts";

const FAULTS: readonly StoreProblem["fault"][] = [
  "foreign",
  "damaged",
  "newer",
  "in_use",
  "not_permitted",
  "unusable",
  "unreachable",
];

for (const language of LANGUAGES) {
  Deno.test(`store problems in ${language} name the place and are all different`, () => {
    const sentences = FAULTS.map((fault) =>
      storeProblem({ fault, place: "a/place", reason: "why" }, translator(language))
    );
    for (const sentence of sentences) ok(sentence.includes("a/place"), sentence);
    equal(new Set(sentences).size, FAULTS.length);
  });
}

Deno.test("a missing permission names the flags, a failure the system's words", () => {
  const say = translator("en");
  const place = "d/directory.sqlite";
  ok(
    storeProblem({ fault: "not_permitted", place, reason: "" }, say)
      .endsWith("--allow-read --allow-write"),
  );
  ok(storeProblem({ fault: "unusable", place, reason: "disk full" }, say).includes("(disk full)"));
});

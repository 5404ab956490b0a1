import { equal, ok } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { type StoreProblem, storeProblem } from "../../../lib/terminal/views/store_problem.ts";

const FAULTS: readonly StoreProblem["fault"][] = [
  "foreign",
  "damaged",
  "other_version",
  "in_use",
  "not_permitted",
  "unusable",
  "unreachable",
];

for (const language of LANGUAGES) {
  Deno.test(`store problems in ${language} name the place and are all different`, () => {
    const sentences = FAULTS.map((fault) =>
      storeProblem({ fault, place: "a/place", reason: "why", trouble: null }, translator(language))
    );
    for (const sentence of sentences) ok(sentence.includes("a/place"), sentence);
    equal(new Set(sentences).size, FAULTS.length);
  });
}

Deno.test("a missing permission names the flags", () => {
  const problem = { fault: "not_permitted", place: "d", reason: "", trouble: null } as const;
  ok(storeProblem(problem, translator("en")).endsWith("--allow-read --allow-write"));
});

Deno.test("why a store cannot be had is in the person's language, where it is a usual reason", () => {
  const say = translator("pt");
  const disk = { fault: "unusable", place: "d", reason: "File exists (os error 17)" } as const;
  ok(storeProblem({ ...disk, trouble: "no_folder" }, say).includes("(a pasta não existe)"));
  ok(storeProblem({ ...disk, trouble: null }, say).includes("(File exists (os error 17))"));
  const reason = "connect ECONNREFUSED 127.0.0.1:1";
  const store = { fault: "unreachable", place: "a:1", reason, trouble: null } as const;
  ok(storeProblem(store, say).includes("(ninguém escuta lá)"));
});

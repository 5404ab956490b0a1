import { deepEqual, equal, ok } from "node:assert/strict";
import type { DocPage } from "@optique/core/doc";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { formatHelp } from "../../../lib/terminal/options/format_help.ts";
import { plain } from "../../../lib/terminal/options/value_parsers.ts";

const PROGRAM = { program: "peer", brief: "options.peer.brief", examples: ["", "--a 1"] } as const;
const PAGE: DocPage = {
  sections: [{
    title: "Opções",
    entries: [
      {
        term: { type: "option", names: ["--a"], metavar: "N" },
        description: plain("Quantas vezes a frase comprida desta opção é quebrada em linhas."),
      },
      { term: { type: "option", names: ["--help", "-h"] }, description: plain("Show help.") },
      { term: { type: "argument", metavar: "SHELL" }, description: plain("Words of a shell.") },
    ],
  }],
};

Deno.test("help: brief, usage, options and examples, in the person's language", () => {
  deepEqual(formatHelp(PROGRAM, PAGE, translator("pt"), 60).split("\n"), [
    "Conversa diretamente com outras pessoas, que são",
    "encontradas por meio de um servidor.",
    "Uso: peer [opções]",
    "",
    "Opções:",
    "  --a N       Quantas vezes a frase comprida desta opção é",
    "              quebrada em linhas.",
    "  --help, -h  Mostra esta ajuda e termina.",
    "",
    "Exemplos:",
    "  peer",
    "  peer --a 1",
  ]);
});

Deno.test("help: at a narrow terminal a description stands below its option", () => {
  deepEqual(formatHelp(PROGRAM, PAGE, translator("pt"), 30).split("\n"), [
    "Conversa diretamente com",
    "outras pessoas, que são",
    "encontradas por meio de um",
    "servidor.",
    "Uso: peer [opções]",
    "",
    "Opções:",
    "  --a N",
    "      Quantas vezes a frase",
    "      comprida desta opção é",
    "      quebrada em linhas.",
    "  --help, -h",
    "      Mostra esta ajuda e",
    "      termina.",
    "",
    "Exemplos:",
    "  peer",
    "  peer --a 1",
  ]);
});

Deno.test("help: as wide as the terminal, between what is readable and what is comfortable", () => {
  const widest = (columns?: number) =>
    Math.max(
      ...formatHelp(PROGRAM, PAGE, translator("pt"), columns).split("\n").map((line) =>
        line.length
      ),
    );
  for (const columns of [1, 20]) ok(widest(columns) <= 20);
  for (const columns of [30, 59, 60]) ok(widest(columns) <= columns);
  ok(widest(70) <= 70);
  ok(widest(1000) <= 100);
  equal(widest(), widest(100));
});

import { deepEqual, equal } from "node:assert/strict";
import type { CommandRow } from "../../../lib/terminal/commands/command_row.ts";
import { COMMAND_WORDS, COMMANDS, findCommand } from "../../../lib/terminal/commands/commands.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";
import { CATALOGUES } from "../../../lib/terminal/messages/catalogue.ts";

const rows: readonly CommandRow[] = COMMANDS;

Deno.test("commands: no word stands for two commands, all are in lower case", () => {
  equal(new Set(COMMAND_WORDS).size, rows.flatMap((row) => [row.name, ...row.aliases]).length);
  for (const word of COMMAND_WORDS) equal(word, word.toLowerCase());
});

Deno.test("commands: found by name and alias in any case, and by nothing else", () => {
  equal(findCommand("LIST")?.name, "list");
  equal(findCommand("quit")?.name, "exit");
  for (const word of ["", "lis", "toString", "__proto__"]) equal(findCommand(word), undefined);
});

Deno.test("commands: a row's usage begins with its name and shows its arguments", () => {
  for (const row of rows) {
    for (const catalogue of Object.values(CATALOGUES)) {
      const [word, ...shown] = catalogue[row.usage].split(/ (?=[<[])/);
      equal(word, `/${row.name}`);
      const optional = shown.map((argument) => argument.startsWith("["));
      deepEqual(optional, row.arguments.map((argument) => argument.optional ?? false), row.name);
    }
  }
});

Deno.test("commands: only the last arguments are optional, a text is the last", () => {
  for (const row of rows) {
    for (const [i, argument] of row.arguments.entries()) {
      const next = row.arguments[i + 1];
      if (argument.kind === "text") equal(next, undefined, row.name);
      if (argument.optional === true && next !== undefined) equal(next.optional, true, row.name);
    }
  }
});

Deno.test("commands: the examples of a row are that command and right", () => {
  for (const row of rows) {
    for (const example of row.examples) {
      const input = parseInput(example, {
        active: [],
        open: [],
        peers: [],
        neighbours: [],
        namespaces: [],
        callable: [],
      });
      equal(input.kind === "command" && input.command, row.name, example);
    }
  }
});

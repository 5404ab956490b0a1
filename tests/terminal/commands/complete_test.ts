import { deepEqual, equal } from "node:assert/strict";
import { complete } from "../../../lib/terminal/commands/complete.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";

const KNOWN = {
  active: ["João", "Ana", "Bruno", "Ana Maria"],
  open: ["Bruno", "Zé da Silva"],
  peers: ["ana@UnB", "Ana Maria@UnB", "rui@Giga"],
  neighbours: ["rui@Giga"],
  namespaces: ["Giga", "UnB"],
};

const ROWS: readonly (readonly [string, readonly string[], string])[] = [
  ["", [], ""],
  ["oi", [], ""],
  ["//", [], ""],
  [
    "/",
    [
      "/list",
      "/chat ",
      "/to ",
      "/switch ",
      "/bye ",
      "/peers ",
      "/msg ",
      "/connect ",
      "/disconnect ",
      "/routes",
      "/ping ",
      "/metrics ",
      "/watch ",
      "/help ",
      "/exit",
    ],
    "/",
  ],
  ["/c", ["/chat ", "/connect "], "/c"],
  ["/CH", ["/chat "], "/CH"],
  ["/list", ["/list"], "/list"],
  ["/q", ["/quit"], "/q"],
  ["/zz", [], "/zz"],
  ["/zz ", [], ""],
  ["/list ", [], ""],

  ["/chat ", ["Ana", '"Ana Maria"', "Bruno", "João"], ""],
  ["/chat B", ["Bruno"], "B"],
  ["/chat A", ['"Ana"', '"Ana Maria"'], "A"],
  ["/chat Ana M", ['"Ana Maria"'], "Ana M"],
  ['/chat "Ana M', ['"Ana Maria"'], '"Ana M'],
  ['/chat "B', ['"Bruno"'], '"B'],
  ["/chat b", ["Bruno"], "b"],
  ["/chat joa", ["João"], "joa"],
  ["/chat Joa\u0303", ["João"], "Joa\u0303"],
  ["/chat x", [], "x"],

  ["/to ", ["Bruno ", '"Zé da Silva" '], ""],
  ["/to z", ['"Zé da Silva" '], "z"],
  ["/to Bruno o", [], "Bruno o"],
  ["/switch B", ["Bruno"], "B"],
  ["/bye ", ["Bruno", '"Zé da Silva"'], ""],

  ["/peers ", ["*", "Giga", "UnB"], ""],
  ["/connect A", ['"Ana Maria@UnB"'], "A"],
  ["/connect an", ["ana@UnB"], "an"],
  ["/ping ", ["rui@Giga"], ""],
  ["/disconnect ", ["rui@Giga"], ""],
  ["/metrics r", ["rui@Giga"], "r"],
  ["/msg ", ['"@Ana Maria@UnB" ', "@ana@UnB ", "@rui@Giga ", "* ", "#Giga ", "#UnB "], ""],
  ["/msg @r", ["@rui@Giga "], "@r"],
  ["/msg #", ["#Giga ", "#UnB "], "#"],
  ["/msg @rui@Giga o", [], "@rui@Giga o"],
  ["/watch ", ["off", "on"], ""],
  ["/watch of", ["off"], "of"],

  ["/help s", ["switch"], "s"],
  ["/help /s", ["/switch"], "/s"],
];

for (const [line, candidates, replaced] of ROWS) {
  Deno.test(`complete: ${JSON.stringify(line)}`, () => {
    deepEqual(complete(line, KNOWN), { candidates, replaced });
  });
}

Deno.test("complete: what it offers is what the parser reads", () => {
  for (const [line] of ROWS.filter(([line]) => line.startsWith("/chat "))) {
    const { candidates, replaced } = complete(line, KNOWN);
    for (const candidate of candidates) {
      const typed = line.slice(0, line.length - replaced.length) + candidate;
      const input = parseInput(typed, KNOWN);
      equal(
        input.kind === "command" && input.command === "chat" &&
          KNOWN.active.includes(input.values.name),
        true,
        typed,
      );
    }
  }
});

Deno.test("complete: a name that is given twice is offered once", () => {
  deepEqual(complete("/chat ", { ...KNOWN, active: ["José", "Jose\u0301"] }).candidates, ["José"]);
});

import { deepEqual, equal } from "node:assert/strict";
import { complete } from "../../../lib/terminal/commands/complete.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";

const KNOWN = {
  active: ["João", "Ana", "Bruno", "Ana Maria"],
  open: ["Bruno", "Zé da Silva"],
  peers: ["ana@UnB", "Ana Maria@UnB", "rui@Giga"],
  neighbours: ["rui@Giga"],
  namespaces: ["Giga", "UnB"],
  callable: ["Ana", "Maria José", "a:b"],
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
      "/call ",
      "/accept",
      "/reject",
      "/hangup",
      "/who ",
      "/mute ",
      "/volume ",
      "/half-duplex ",
      "/devices",
      "/calltest",
      "/stats",
      "/share ",
      "/unshare ",
      "/files ",
      "/nodes",
      "/play ",
      "/queue ",
      "/next",
      "/pause",
      "/resume",
      "/seek ",
      "/stop",
      "/get ",
      "/downloads",
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
  ["/c", ["/chat ", "/call ", "/calltest", "/connect "], "/c"],
  ["/CH", ["/chat "], "/CH"],
  ["/list", ["/list"], "/list"],
  ["/q", ["/queue "], "/q"],
  ["/qui", ["/quit"], "/qui"],
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

  ["/call ", ["a:b", "Ana", '"Maria José"'], ""],
  ["/call m", ['"Maria José"'], "m"],
  ["/who An", ["Ana"], "An"],
  ["/mute ", ["off", "on"], ""],
  ["/half-duplex o", ["off", "on"], "o"],
  ["/volume 1", [], ""],

  ["/help s", ["switch", "stats", "share", "seek", "stop"], "s"],
  ["/help /s", ["/switch", "/stats", "/share", "/seek", "/stop"], "/s"],
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

import { equal } from "node:assert/strict";
import { COMMAND_WORDS } from "../../../lib/terminal/commands/commands.ts";
import { editDistance, nearest } from "../../../lib/terminal/commands/nearest.ts";

Deno.test("editDistance: wrong, missing, additional and swapped letters count one each", () => {
  const rows = [
    ["", "", 0],
    ["", "abc", 3],
    ["chat", "chat", 0],
    ["caht", "chat", 1],
    ["chta", "chat", 1],
    ["cha", "chat", 1],
    ["chatt", "chat", 1],
    ["shat", "chat", 1],
    ["list", "chat", 3],
  ] as const;
  for (const [a, b, distance] of rows) {
    equal(editDistance(a, b), distance, `${a} ${b}`);
    equal(editDistance(b, a), distance, `${b} ${a}`);
  }
});

Deno.test("nearest: a slip finds its command, anything else finds none", () => {
  const rows = [
    ["caht", "chat"],
    ["lst", "list"],
    ["lists", "list"],
    ["swich", "switch"],
    ["sw", "switch"],
    ["ex", "exit"],
    ["pers", "peers"],
    ["hepl", "help"],
    ["qiut", "quit"],
    ["zzz", null],
    ["banana", null],
    ["home/ana", null],
    ["x".repeat(60_000), null],
  ] as const;
  for (const [typed, command] of rows) equal(nearest(typed, COMMAND_WORDS), command, typed);
});

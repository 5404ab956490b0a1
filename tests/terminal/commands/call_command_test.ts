import { deepEqual, ok } from "node:assert/strict";
import { toCallAction } from "../../../lib/terminal/commands/call_command.ts";
import { callCommands } from "../../../lib/terminal/commands/call_commands.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";

const KNOWN = { active: [], open: [], peers: [], neighbours: [], namespaces: [], callable: [] };

function asked(line: string) {
  const input = parseInput(line, KNOWN);
  ok(input.kind === "command" && input.system === "call", line);
  return toCallAction(input);
}

Deno.test("toCallAction: what each command asks of the telephone or of the sound", () => {
  const rows = [
    ["/who Ana Maria", { kind: "call", command: { kind: "who", name: "Ana Maria" } }],
    ["/call Ana", { kind: "call", command: { kind: "call", name: "Ana" } }],
    ["/accept", { kind: "call", command: { kind: "accept" } }],
    ["/reject", { kind: "call", command: { kind: "reject" } }],
    ["/hangup", { kind: "call", command: { kind: "hangup" } }],
    ["/mute", { kind: "sound", command: { kind: "mute", on: null } }],
    ["/mute on", { kind: "sound", command: { kind: "mute", on: true } }],
    ["/volume", { kind: "sound", command: { kind: "volume", percent: null } }],
    ["/volume 0", { kind: "sound", command: { kind: "volume", percent: 0 } }],
    ["/half-duplex off", { kind: "sound", command: { kind: "half_duplex", on: false } }],
    ["/devices", { kind: "sound", command: { kind: "devices" } }],
    ["/calltest", { kind: "sound", command: { kind: "test" } }],
    ["/stats", { kind: "sound", command: { kind: "stats" } }],
  ] as const;
  for (const [line, action] of rows) deepEqual(asked(line), action, line);
});

Deno.test("toCallAction: every example of every command of calls is one", () => {
  for (const { examples } of callCommands) examples.forEach(asked);
});

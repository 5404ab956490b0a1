import { deepEqual, equal, ok } from "node:assert/strict";
import { toOverlayCommand } from "../../../lib/terminal/commands/overlay_command.ts";
import { overlayCommands } from "../../../lib/terminal/commands/overlay_commands.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";

const KNOWN = { active: [], open: [], peers: [], neighbours: [], namespaces: [], callable: [] };

function asked(line: string) {
  const input = parseInput(line, KNOWN);
  ok(input.kind === "command" && input.system === "overlay", line);
  return toOverlayCommand(input, 7, "UnB");
}

const tag = 7;

Deno.test("toOverlayCommand: a name without a namespace is in one's own", () => {
  const rows = [
    ["/msg @ana oi", { kind: "send", tag, to: "ana@UnB", text: "oi" }],
    ["/msg @ana@Giga oi", { kind: "send", tag, to: "ana@Giga", text: "oi" }],
    ["/msg #Giga oi", { kind: "send", tag, to: "#Giga", text: "oi" }],
    ["/msg * oi", { kind: "send", tag, to: "*", text: "oi" }],
    ["/connect ana", { kind: "connect", tag, peer: "ana@UnB" }],
    ["/disconnect ana@Giga", { kind: "disconnect", tag, peer: "ana@Giga" }],
    ["/ping ana", { kind: "ping", tag, peer: "ana@UnB" }],
    ["/metrics", { kind: "metrics", tag }],
    ["/metrics ana", { kind: "metrics", tag, peer: "ana@UnB" }],
    ["/routes", { kind: "routes", tag }],
    ["/watch off", { kind: "watch", tag, on: false }],
    ["/peers", { kind: "peers", tag, namespace: "UnB" }],
    ["/peers Giga", { kind: "peers", tag, namespace: "Giga" }],
    ["/peers *", { kind: "peers", tag, namespace: undefined }],
  ] as const;
  for (const [line, command] of rows) deepEqual(asked(line), command, line);
});

Deno.test("toOverlayCommand: every example of every command of the overlay is one", () => {
  for (const { examples } of overlayCommands) {
    for (const example of examples) equal(asked(example).tag, 7, example);
  }
});

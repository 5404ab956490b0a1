import { deepEqual, ok } from "node:assert/strict";
import { toMusicCommand } from "../../../lib/terminal/commands/music_command.ts";
import { musicCommands } from "../../../lib/terminal/commands/music_commands.ts";
import { parseInput } from "../../../lib/terminal/commands/parse_input.ts";

const KNOWN = { active: [], open: [], peers: [], neighbours: [], namespaces: [], callable: [] };

function asked(line: string) {
  const input = parseInput(line, KNOWN);
  ok(input.kind === "command" && input.system === "music", line);
  return toMusicCommand(input);
}

Deno.test("toMusicCommand: what each command asks for", () => {
  const third = { kind: "number", number: 3 } as const;
  const bach = { kind: "query", query: "bach" } as const;
  const rows = [
    ["/share", { kind: "share", path: null }],
    ["/share My music", { kind: "share", path: "My music" }],
    ["/unshare", { kind: "unshare", path: null }],
    ['/unshare "My music"', { kind: "unshare", path: "My music" }],
    ["/files", { kind: "files", query: null }],
    ['/files ""', { kind: "files", query: null }],
    ["/files bach", { kind: "files", query: "bach" }],
    ["/nodes", { kind: "nodes" }],
    ["/play 3", { kind: "play", wanted: third }],
    ["/play bach", { kind: "play", wanted: bach }],
    ["/queue", { kind: "queue", wanted: null }],
    ["/queue 3", { kind: "queue", wanted: third }],
    ["/next", { kind: "next" }],
    ["/pause", { kind: "pause" }],
    ["/resume", { kind: "resume" }],
    ["/seek 1:30", { kind: "seek", seconds: 90 }],
    ["/stop", { kind: "stop" }],
    ["/get bach", { kind: "get", wanted: bach, to: null }],
    ["/get 3 --to My music", { kind: "get", wanted: third, to: "My music" }],
    ["/downloads", { kind: "downloads" }],
  ] as const;
  for (const [line, command] of rows) deepEqual(asked(line), command, line);
});

Deno.test("toMusicCommand: every example of every command of music is one", () => {
  for (const { examples } of musicCommands) examples.forEach(asked);
});

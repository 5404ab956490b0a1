import { deepEqual, equal, ok } from "node:assert/strict";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";
import { Welcome } from "../../lib/terminal/welcome.ts";
import { RecordingConsole } from "./screen_fixture.ts";

function open(notes: readonly { text: string; toCopy?: boolean }[]) {
  const console = new RecordingConsole(true);
  const options = { console, say: translator("en"), paint: createPainter(false), server: "h:1" };
  return { console, welcome: new Welcome(options, notes) };
}

Deno.test("welcome: the name, the notes, then the first commands of every system", () => {
  const { console, welcome } = open([{ text: "note" }, { text: "copy me", toCopy: true }]);
  welcome.greet("Ana\x1b");
  deepEqual(console.printed.slice(0, 3), [
    "Hello, Ana␛! You are connected to the server h:1.",
    "note",
    "copy me",
  ]);
  for (const command of ["/chat", "/list", "/call", "/files", "/help"]) {
    ok(console.printed.some((line) => line.includes(command)), command);
  }
});

Deno.test("welcome: the commands are said once", () => {
  const { console, welcome } = open([]);
  welcome.showCommands();
  const { length } = console.printed;
  welcome.showCommands();
  equal(console.printed.length, length);
  welcome.greet("Ana");
  equal(console.printed.length, length + 1);
});

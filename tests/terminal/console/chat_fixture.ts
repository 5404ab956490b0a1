/**
 * A program for the tests of the console: it repeats what it reads, and a few commands make it
 * print, ask and end in the ways that the tests are about.
 */
import type { Console } from "../../../lib/terminal/console/console.ts";
import { wantsColour } from "../../../lib/terminal/console/at_terminal.ts";
import { openConsole } from "../../../lib/terminal/console/open_console.ts";

const WORDS = ["/list", "/listen", "/chat", "João", "Joana", "日本"];

const COMMAND = "npx --yes program --server 192.168.0.10:12000 --registry-port 5001 --name Ana";

await using console = openConsole({
  colour: wantsColour(Deno.args.includes("--no-color")),
  sentences: {
    howToLeave: () => "To leave: /exit",
    linesNotShown: (count) => `${count} lines were not shown`,
    inputCut: (characters) => `cut after ${characters} characters`,
  },
});
console.setPrompt("\x1b[36mAna\x1b[39m> ");
console.setCompleter((line) => {
  const replaced = line.split(" ").at(-1)!;
  const candidates = replaced === "" ? [] : WORDS.filter((word) => word.startsWith(replaced));
  return { candidates, replaced };
});
console.print(`\x1b[32mready\x1b[39m ${console.interactive ? "editor" : "plain"}`);
for await (const line of console.lines()) {
  const [command, value = ""] = line.split(" ");
  if (command === "/exit") break;
  await obey(console, command ?? "", value, line);
}
console.print("bye");

async function obey(console: Console, command: string, value: string, line: string) {
  switch (command) {
    case "/arrive":
      arrive(console, Number(value));
      break;
    case "/status":
      console.setStatus(line.slice("/status ".length) || null);
      break;
    case "/tick":
      tick(console, Number(value));
      break;
    case "/copy":
      console.printToCopy(COMMAND);
      break;
    case "/flood":
      for (let i = 1; i <= Number(value); i++) console.print(`flood line number ${i}`);
      await console.drained();
      console.print("flood over");
      break;
    case "/ask": {
      const answer = await console.ask({
        text: "Your name?",
        initial: value,
        check: (name) => name.length < 3 ? "At least three letters" : null,
      });
      console.print(`answer ${JSON.stringify(answer)}`);
      break;
    }
    case "/throw":
      setTimeout(() => {
        throw new Error("a bug");
      });
      break;
    case "/end":
      Deno.exit(7);
      break;
    default:
      console.print(`got ${JSON.stringify(line)}`);
  }
}

/** Shows `count` statuses, one in each of as many turns. */
function tick(console: Console, count: number, from = 1) {
  if (from > count) return;
  console.setStatus(`tick ${from} of ${count}`);
  setTimeout(() => tick(console, count, from + 1), 10);
}

/** Prints `count` lines, one in each of as many turns. */
function arrive(console: Console, count: number, from = 1) {
  if (from > count) return;
  console.print(`arrived ${from} 日本語 ${"é".repeat(from * 3)}.`);
  setTimeout(() => arrive(console, count, from + 1), 20);
}

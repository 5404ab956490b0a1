import { strict as assert } from "node:assert";
import { VirtualTerminal } from "./virtual_terminal.ts";

Deno.test("size, typing, a new size and the exit code", async () => {
  await using terminal = await VirtualTerminal.start({
    command: "sh",
    args: ["-c", "stty size; read x; stty size; echo got $x $Y; exit 7"],
    columns: 37,
    rows: 10,
    env: { Y: "why" },
  });
  await terminal.waitFor("10 37");
  terminal.resize(50, 12);
  terminal.type("olá");
  terminal.press("enter");
  await terminal.waitFor(/12 50\ngot olá why/);
  assert.equal(await terminal.exit, 7);
  assert.equal(terminal.screen().length, 12);
});

Deno.test("a text that does not come is an error that shows the screen", async () => {
  await using terminal = await VirtualTerminal.start({ command: "echo", args: ["hello"] });
  await assert.rejects(terminal.waitFor("never"), /waited for never.*ended\nhello/);
});

Deno.test("disposing ends the program", async () => {
  let exit: Promise<number>;
  {
    await using terminal = await VirtualTerminal.start({ command: "sleep", args: ["60"] });
    exit = terminal.exit;
  }
  assert.equal(await exit, 128 + 9);
});

import { deepStrictEqual, rejects } from "node:assert/strict";
import { endAllPrograms, portsIn, Program } from "./process.ts";

function evaluate(code: string): Program {
  return new Program([Deno.execPath(), "eval", code]);
}

Deno.test("the ports of a line are those of 127.0.0.1", () => {
  deepStrictEqual(portsIn("chat 127.0.0.1:4000, registry 127.0.0.1:4001, at 10:30"), [4000, 4001]);
  deepStrictEqual(portsIn("listening"), []);
});

Deno.test("a program is heard until it has named its ports, and ended by its id", async () => {
  await using program = evaluate(
    `console.log("chat 127.0.0.1:1"); console.log("registry 127.0.0.1:2"); setInterval(() => {}, 1e6)`,
  );
  deepStrictEqual(await program.ports(2), [1, 2]);
});

Deno.test("a program that ends instead of listening is an error with its own words", async () => {
  await using program = evaluate(`console.error("no such port"); Deno.exit(3)`);
  await rejects(program.ports(1), /ended with 3: no such port/);
});

Deno.test("all programs that still run can be ended at once", async () => {
  const program = evaluate(`console.log("up"); setInterval(() => {}, 1e6)`);
  await program.nextLine();
  await endAllPrograms();
  await rejects(program.nextLine(), /ended with/);
});

Deno.test("a program that ends by itself has ended well with 0 only, and has the variables it was given", async () => {
  const code = `Deno.exit(Deno.env.get("HOW") === "well" ? 0 : 4)`;
  const ending = (how: string) => new Program([Deno.execPath(), "eval", code], ".", { HOW: how });
  await using well = ending("well");
  await well.endedWell();
  await using badly = ending("badly");
  await rejects(badly.endedWell(), /ended with 4/);
});

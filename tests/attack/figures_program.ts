/**
 * Shows a server's figures to who cannot reach it: for each line of standard input all of them, as
 * one line of JSON. `ADDRESS` of `/metrics`.
 *
 * @module
 */
import { createInterface } from "node:readline";
import process from "node:process";

for await (const _ of createInterface({ input: process.stdin })) {
  const text = await (await fetch(Deno.args[0]!)).text();
  console.log(`figures ${JSON.stringify(text)}`);
}

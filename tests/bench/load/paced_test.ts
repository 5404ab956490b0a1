/** The load generator, in C where there is a compiler and in TypeScript, beside the bare echo. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { packRecords } from "./records.ts";
import { Program } from "../process.ts";
import { compile, denoRun } from "../workbench.ts";

const here = import.meta.dirname!;
const CONNECTIONS = 20;
/** Milliseconds in which each connection has its turn. */
const INTERVAL = 50;
const MEASURED = 500;

/** Counts of a paced load on a bare server, which answers the first line of each connection only. */
async function pacedLoad(generator: readonly string[], folder: string) {
  const record = async (name: string, text: string) => {
    const path = join(folder, name);
    await Deno.writeFile(path, packRecords([new TextEncoder().encode(text)]));
    return path;
  };
  const echo = denoRun(join(here, "..", "baselines", "deno_echo.ts"));
  await using server = new Program([...echo, "paced", "6:9"]);
  const [port] = await server.ports(1);
  const numbers = [port, CONNECTIONS, INTERVAL, 0, MEASURED].map(String);
  const files = [await record("requests", "KEEP\r\n"), await record("setup", "USER a:1\r\n")];
  await using load = new Program([...generator, "paced", ...numbers, ...files]);
  deepStrictEqual([await load.nextLine(), await load.nextLine()], ["begin", "end"]);
  return JSON.parse(await load.nextLine());
}

async function mustSendUnanswered(generator: readonly string[], folder: string) {
  const { requests, replyBytes, failures } = await pacedLoad(generator, folder);
  ok(requests > 0);
  deepStrictEqual({ replyBytes, failures }, { replyBytes: 0, failures: 0 });
}

Deno.test("a paced load is sent by both generators, and nothing is answered", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await mustSendUnanswered(denoRun(join(here, "load.ts"), "--allow-read"), folder);
    const compiled = await compile(join(here, "load.c"), join(folder, "load"));
    if (compiled !== null) await mustSendUnanswered([compiled], folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

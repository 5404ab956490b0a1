import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";
import { eventually } from "../stores/eventually.ts";
import { OpenTelemetryCollector } from "./open_telemetry_collector.ts";

const PROGRAM = fileURLToPath(new URL("open_telemetry_program.ts", import.meta.url));

/** The program with `--allow-net` alone; what it said of the API, while `during` ran. */
async function run(env: Record<string, string>, during: () => Promise<void>): Promise<string> {
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-net", PROGRAM],
    env,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  try {
    await during();
  } finally {
    await child.stdin.close();
  }
  const { code, stdout } = await child.output();
  assert.equal(code, 0);
  return new TextDecoder().decode(stdout);
}

Deno.test("Deno's exporter gets the figures where it is on, with --allow-net alone", async () => {
  await using collector = new OpenTelemetryCollector();
  const said = await run(
    collector.environment,
    () => eventually(() => /prosa_present/.test(collector.received), "the figures arrive"),
  );
  assert.equal(said, "active");
  assert.match(collector.received, /prosa_asked_total/);
  assert.match(collector.received, /port[^a-z]+chat/);
});

Deno.test("without it the API does nothing", async () => {
  assert.equal(await run({ OTEL_DENO: "false" }, () => Promise.resolve()), "inactive");
});

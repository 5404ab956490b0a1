import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";
import { until } from "../line_client.ts";

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
  let received = "";
  await using collector = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      // Names and labels stand in the binary message as they are.
      if (request.url.endsWith("/v1/metrics")) received += await request.text();
      else await request.body?.cancel();
      return new Response();
    },
  );
  const said = await run({
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
    OTEL_METRIC_EXPORT_INTERVAL: "50",
    OTEL_DENO_CONSOLE: "ignore",
  }, () => until(() => /prosa_present/.test(received), "the figures arrive"));
  assert.equal(said, "active");
  assert.match(received, /prosa_asked_total/);
  assert.match(received, /port[^a-z]+chat/);
});

Deno.test("without it the API does nothing", async () => {
  assert.equal(await run({ OTEL_DENO: "false" }, () => Promise.resolve()), "inactive");
});

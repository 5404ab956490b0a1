import { strict as assert } from "node:assert";
import { join } from "node:path";
import { runPiped, startPiped } from "../../processes/programs.ts";
import { readFigures } from "./figures_text.ts";

const PORTS = ["--host", "127.0.0.1", "--chat-port", "0", "--registry-port", "0", "--lang", "en"];

Deno.test("the server shows its figures with --allow-net alone, at an address that it says", async () => {
  await using program = startPiped("server", [...PORTS, "--metrics-port", "0"]);
  const [, address] = await program.waitFor(/^Figures: (http:\/\/127\.0\.0\.1:\d+\/metrics)$/m);
  const figures = readFigures(await (await fetch(address!)).text());
  assert.equal(figures.get('prosa_connections{port="chat"}'), 0);
  assert.equal(figures.get('prosa_users{service="chat"}'), 0);
  const health = await fetch(new URL("/health", address));
  assert.equal(health.status, 200);
  await health.body?.cancel();
});

Deno.test("a port of figures that is taken is a sentence and exit code 1", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const { code, errors } = await runPiped("server", [...PORTS, "--metrics-port", `${port}`]);
  assert.equal(code, 1);
  assert.equal(errors, `Error: Port ${port} is taken. Choose another with --metrics-port\n`);
});

Deno.test("a host of figures without their port is a sentence and exit code 2", async () => {
  const { code, errors } = await runPiped("server", [
    "--lang",
    "en",
    "--metrics-host",
    "127.0.0.1",
  ]);
  assert.equal(code, 2);
  assert.match(errors, /--metrics-host needs --metrics-port too/);
});

Deno.test("the log has the figures when the server ends", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "prosa.log");
    const permissions = ["--allow-net", "--allow-write"];
    await using program = startPiped("server", [...PORTS, "--log-file", file], { permissions });
    await program.waitFor("Ctrl-C ends the server.");
    program.kill("SIGINT");
    await program.ended();
    const records = (await Deno.readTextFile(file)).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    const counts = records.find(({ event }) => event === "counts");
    assert.equal(counts["prosa_connections{port=chat}"], 0);
    assert.ok("prosa_store_outages_total" in counts);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

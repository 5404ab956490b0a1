/**
 * The real programs as single files for this machine, run as an ordinary user from an empty
 * folder. Compiled with `deno compile` where its base binary is at hand; nothing is downloaded.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { build, bundleAll } from "../../../lib/runtime/packaging/build.ts";
import { writeChecksums } from "../../../lib/runtime/packaging/checksums.ts";
import { hasBaseBinary } from "../../../lib/runtime/packaging/deno_compile.ts";
import { PROGRAMS } from "../../../lib/runtime/packaging/permissions.ts";
import { ordinaryUser, outcome } from "./ordinary_user.ts";
import { here, ROOT } from "./probe_program.ts";

const dist = await Deno.makeTempDir({ prefix: "single files " });
await Deno.chmod(dist, 0o755);
globalThis.addEventListener("unload", () => Deno.removeSync(dist, { recursive: true }));

const files: Record<string, string> = {};
const compile = await hasBaseBinary(here());
const scripts = await bundleAll(ROOT, PROGRAMS);
for await (const file of build(scripts, { out: dist, targets: [here()], level: 1, compile })) {
  if ("error" in file) throw file.error;
  assert.equal(file.tried, true);
  files[file.program.name] = file.path;
}

/** The file of one of the programs. */
function fileOf(name: string): string {
  const file = files[name];
  assert(file !== undefined, `there is a file for ${name}`);
  return file;
}

Deno.test("The checksums of the single files are right", async () => {
  const names = await writeChecksums(dist, (name) => /^(server|peer)-/.test(name));
  assert.equal(names.length, 2);
  await using user = await ordinaryUser();
  const { code, stdout } = await outcome(
    user.command("sha256sum", ["-c", "SHA256SUMS"], { cwd: dist }),
  );
  assert.deepEqual([code, stdout], [0, names.map((name) => `${name}: OK\n`).join("")]);
});

for (const name of ["server", "peer"]) {
  Deno.test(`The single file of ${name} tells its version and its options`, async () => {
    await using user = await ordinaryUser();
    const version = await outcome(user.command(fileOf(name), ["--version"]));
    assert.deepEqual([version.code, version.stderr], [0, ""]);
    assert.match(version.stdout, /\d+\.\d+\.\d+/);
    const help = await outcome(user.command(fileOf(name), ["--help"]));
    assert.deepEqual([help.code, help.stderr], [0, ""]);
    for (const option of ["--chat-port", "--registry-port", "--log-file"]) {
      assert.ok(help.stdout.includes(option), `${option} is among the options`);
    }
    assert.deepEqual([...Deno.readDirSync(user.work)], []);
  });
}

Deno.test("The single file of server listens, writes its log, and ends when asked to", async () => {
  await using user = await ordinaryUser();
  const ports = ["--host", "127.0.0.1", "--chat-port", "0", "--registry-port", "0"];
  const log = ["--quiet", "--lang", "en", "--log-file", join(user.work, "server log")];
  const server = user.command(fileOf("server"), [...ports, ...log]).spawn();
  const errors = new Response(server.stderr).text();
  const output = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  // Both ports, as it prints them: what follows the address, and never 0.
  const listening = () => [...printed.matchAll(/127\.0\.0\.1:(\d+)/g)].map((match) => match[1]);
  try {
    while (new Set(listening()).size < 2) {
      const { value, done } = await output.read();
      assert(!done, `it ended: ${printed}`);
      printed += value;
    }
    for (const port of new Set(listening())) {
      (await Deno.connect({ hostname: "127.0.0.1", port: Number(port) })).close();
    }
  } finally {
    server.kill("SIGTERM");
    while (!(await output.read()).done);
  }
  assert.deepEqual([(await server.status).code, await errors], [0, ""]);
  assert.deepEqual([...Deno.readDirSync(user.work)].map((entry) => entry.name), ["server log"]);
});

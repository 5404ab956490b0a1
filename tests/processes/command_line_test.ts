import { strict as assert } from "node:assert";
import denoJson from "../../deno.json" with { type: "json" };
import { type ProgramName, runPiped } from "./programs.ts";

const PROGRAMS: readonly ProgramName[] = ["server", "peer"];
const WITHOUT_PERMISSION = { permissions: [] };

for (const program of PROGRAMS) {
  Deno.test(`${program}: help, version and completion need no permission`, async () => {
    const run = (...args: string[]) => runPiped(program, args, WITHOUT_PERMISSION);
    const [english, portuguese, version, completion] = await Promise.all([
      run("--help", "--lang", "en"),
      run("--help", "--lang", "pt"),
      run("--version"),
      run("--completion", "bash"),
    ]);
    for (const { code, errors } of [english, portuguese, version, completion]) {
      assert.deepEqual({ code, errors }, { code: 0, errors: "" });
    }
    assert.match(english.output, new RegExp(`^Usage: ${program} \\[options\\]`, "m"));
    assert.match(portuguese.output, /^Opções/m);
    for (const help of [english, portuguese]) assert.match(help.output, /--chat-port/);
    assert.equal(version.output, `prosa ${denoJson.version}\n`);
    assert.match(completion.output, new RegExp(`${program}`));
  });

  Deno.test(`${program}: what is wrong on the command line is said, exit code 2`, async () => {
    const run = (...args: string[]) => runPiped(program, [...args, "--lang", "pt"]);
    const [unknown, value] = await Promise.all([
      run("--chat-prot", "1"),
      run("--chat-port", "1e9"),
    ]);
    for (const { code, output } of [unknown, value]) {
      assert.deepEqual({ code, output }, { code: 2, output: "" });
    }
    assert.match(unknown.errors, /--chat-prot.*--chat-port\?\n.*--help\n$/);
    assert.match(value.errors, /--chat-port .*65535.*“1e9”.*\n.*--help\n$/);
  });

  Deno.test(`${program}: without a permission it says which flag gives it`, async () => {
    const args = { server: [], peer: ["--server", "127.0.0.1", "--name", "Ana"] }[program];
    const { code, output, errors } = await runPiped(
      program,
      [...args, "--lang", "pt"],
      WITHOUT_PERMISSION,
    );
    assert.deepEqual({ code, output: output.includes("porta") }, { code: 1, output: false });
    assert.equal(
      errors,
      "Erro: Falta uma permissão para isso. Inicie o programa com --allow-net\n",
    );
  });
}

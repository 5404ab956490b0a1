import { strict as assert } from "node:assert";
import { wrapLine } from "../../lib/terminal/text/wrap.ts";
import { RawClient } from "./raw_client.ts";
import { exitCode, portArgs, runPiped, startAtTerminal, startServer } from "./programs.ts";

// deno-lint-ignore no-control-regex
const ESCAPE_CODE = /\x1b/;

Deno.test("the server says what it listens on, then every message and every change of its table", async () => {
  await using server = await startServer();
  const { program, chatPort, registryPort } = server;
  assert.notEqual(chatPort, registryPort);
  assert.match(
    program.output,
    new RegExp(`As pessoas entram com:\\n.* --server 127\\.0\\.0\\.1:${chatPort}( .*)?\n`),
  );

  await using ana = await RawClient.connect(chatPort);
  ana.send("USER Ana:20000\r\nLIST\r\n");
  await program.waitFor(/^\d\d:\d\d:\d\d ← 127\.0\.0\.1:\d+ {2}USER Ana:20000$/m);
  await program.waitFor(/^\d\d:\d\d:\d\d ← Ana 127\.0\.0\.1:\d+ {2}LIST$/m);
  await program.waitFor(/^\d\d:\d\d:\d\d → Ana 127\.0\.0\.1:\d+ {2}LIST $/m);
  await program.waitFor(
    /^Chat direto, 1 usuário ativo:\nNome +Endereço IP +Porta\nAna +127\.0\.0\.1 +20000\n/m,
  );
  await using bruno = await RawClient.connect(chatPort);
  bruno.send("USER Bruno:21500\r\n");
  await program.waitFor(
    /^Chat direto, 2 usuários ativos:\n.*\nAna .*\nBruno +127\.0\.0\.1 +21500\n/m,
  );

  await using visitor = await RawClient.connect(registryPort);
  visitor.send('{"type":"DISCOVER"}\n');
  await program.waitFor(/^\d\d:\d\d:\d\d ← 127\.0\.0\.1:\d+ {2}\{"type":"DISCOVER"\}$/m);
  await program.waitFor(/^\d\d:\d\d:\d\d → 127\.0\.0\.1:\d+ {2}\{.*\}$/m);
  assert.doesNotMatch(program.output, ESCAPE_CODE);
});

Deno.test("a quiet server shows its table and no message", async () => {
  await using server = await startServer(["--quiet"]);
  await using ana = await RawClient.connect(server.chatPort);
  ana.send("USER Ana:20000\r\nLIST\r\n");
  await ana.waitFor("LIST \r\n");
  await server.program.waitFor(/^Ana +127\.0\.0\.1 +20000$/m);
  server.program.kill("SIGTERM");
  const { output } = await server.program.ended();
  assert.doesNotMatch(output, /←|→|LIST/);
});

Deno.test("a message cannot write to the operator's terminal", async () => {
  await using server = await startServer();
  await using client = await RawClient.connect(server.chatPort);
  client.send("\x1b]0;owned\x07\r\nUSER A\u202ena:20000\r\nLIST\r\n");
  await client.waitFor("LIST \r\n");
  await server.program.waitFor("␛]0;owned␇");
  await server.program.waitFor(/^A\\u\{202e\}na +127/m);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(server.program.output, /[\x1b\x07\u202e]/);
});

Deno.test("a taken port is one sentence that names the option", async () => {
  await using server = await startServer();
  const { chatPort, registryPort } = server;
  const host = ["--host", "127.0.0.1", "--lang"];
  const [chat, registry] = await Promise.all([
    runPiped("server", [...host, "pt", ...portArgs({ chatPort, registryPort: 0 })]),
    runPiped("server", [...host, "en", ...portArgs({ chatPort: 0, registryPort })]),
  ]);
  assert.deepEqual(chat, {
    code: 1,
    output: "",
    errors: `Erro: A porta ${chatPort} está ocupada. Escolha outra com --chat-port\n`,
  });
  assert.deepEqual(registry, {
    code: 1,
    output: "",
    errors: `Error: Port ${registryPort} is taken. Choose another with --registry-port\n`,
  });
});

Deno.test("a terminal gets whole words of what is wrong at the start", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const host = ["--host", "127.0.0.1", "--lang", "pt"];
  const args = [...host, ...portArgs({ chatPort: port, registryPort: 0 })];
  await using terminal = await startAtTerminal("server", args, { columns: 26, rows: 12 });
  const sentence = `Erro: A porta ${port} está ocupada. Escolha outra com --chat-port`;
  const expected = wrapLine(sentence, 26);
  assert.ok(expected.length > 1);
  await terminal.waitFor(expected.join("\n"));
  assert.equal(await exitCode(terminal), 1);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${signal} closes everything`, async () => {
    await using server = await startServer();
    const { program, chatPort, registryPort } = server;
    await using registered = await RawClient.connect(chatPort);
    registered.send("USER Ana:20000\r\nLIST\r\n");
    await registered.waitFor("LIST \r\n");
    await using silent = await RawClient.connect(registryPort);
    program.kill(signal);
    const { code, output, errors } = await program.ended();
    assert.equal(code, 0);
    assert.match(output, /O servidor foi encerrado\.\n$/);
    assert.equal(errors, "");
    await registered.closed();
    await silent.closed();
    await assert.rejects(RawClient.connect(chatPort), { code: "ECONNREFUSED" });
    await assert.rejects(RawClient.connect(registryPort), { code: "ECONNREFUSED" });
  });
}

Deno.test("Ctrl-C at a terminal ends the server", async () => {
  const args = ["--host", "127.0.0.1", ...portArgs({ chatPort: 0, registryPort: 0 })];
  await using terminal = await startAtTerminal("server", args);
  await terminal.waitFor("Ctrl-C ");
  terminal.press("ctrl-c");
  assert.equal(await exitCode(terminal), 0);
});

Deno.test("connections beyond the most are refused, those that are there stay", async () => {
  await using server = await startServer(["--max-connections", "2"]);
  await using ana = await RawClient.connect(server.chatPort);
  ana.send("USER Ana:20000\r\nLIST\r\n");
  await ana.waitFor("LIST \r\n");
  await using bruno = await RawClient.connect(server.chatPort);
  bruno.send("USER Bruno:21500\r\nLIST\r\n");
  await bruno.waitFor("LIST Ana\r\n");
  await using camila = await RawClient.connect(server.chatPort);
  await camila.closed();
  ana.send("LIST\r\n");
  await ana.waitFor("LIST Bruno\r\n");
});

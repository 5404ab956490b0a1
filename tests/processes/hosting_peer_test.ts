import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  portArgs,
  startAtTerminal,
  startPiped,
  startServer,
  WELCOMED,
} from "./programs.ts";

const HOSTING = ["--serve", "--chat-port", "0", "--registry-port", "0", "--lang", "pt"];

Deno.test("a peer hosts the server, and others join with what it prints", async () => {
  await using ana = await startAtTerminal("peer", HOSTING);
  await ana.waitFor("Nome de usuário:");
  enter(ana, "Ana");
  await ana.waitFor(
    "O servidor roda neste programa. Quando ele termina, o servidor também termina.",
  );
  await ana.waitFor("Os outros entram com:");
  await ana.waitFor(/inicie o programa com\s+--allow-sys=networkInterfaces\n/);
  await ana.waitFor(WELCOMED);
  // The terminal puts a line together again that it has broken itself: so it can be copied.
  const [, command = ""] = /Os outros entram com:\n.* (--server \S+.*)\n/.exec(
    ana.lines().join("\n"),
  )!;

  await using bruno = startPiped("peer", [
    ...command.split(" "),
    ...["--name", "Bruno", "--lang", "pt"],
  ]);
  await bruno.waitFor(/Olá, Bruno! Você está conectado ao servidor 127\.0\.0\.1:\d+\./);
  await bruno.say("/chat Ana");
  await ana.waitFor("Conectado a Bruno (confirmado)");
  enter(ana, "bem-vindo");
  await bruno.waitFor("Ana: bem-vindo\n");
  enter(ana, "/exit");
  assert.equal(await exitCode(ana), 0);
  await bruno.waitFor("Ana encerrou a conversa.\n");
  await bruno.waitFor("O servidor caiu.");
});

Deno.test("a hosting peer whose port is taken says which option to change", async () => {
  await using server = await startServer();
  await using taken = startPiped("peer", [
    ...["--serve", "--name", "Ana", "--lang", "pt"],
    ...portArgs({ ...server, registryPort: 0 }),
  ]);
  const { code, errors } = await taken.ended();
  assert.equal(code, 1);
  assert.equal(
    errors,
    `Erro: A porta ${server.chatPort} está ocupada. Escolha outra com --chat-port\n`,
  );
});

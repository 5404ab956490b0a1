import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  promptOf,
  startPeer,
  startPeerAtTerminal,
  startServer,
} from "./programs.ts";

Deno.test("the server is killed: said once, the conversation goes on, then registered again", async () => {
  await using first = await startServer();
  const { chatPort, registryPort } = first;
  await using ana = await startPeer(first, "Ana");
  await using bruno = await startPeerAtTerminal(first, "Bruno");
  await ana.say("/chat Bruno");
  await bruno.waitFor("Conectado a Ana");

  first.program.kill("SIGKILL");
  await Promise.all([ana, bruno].map((peer) => peer.waitFor("O servidor caiu.")));
  await ana.say("ainda aí?");
  await bruno.waitFor("Ana: ainda aí?");
  enter(bruno, "sim");
  await ana.waitFor("Bruno: sim\n");
  await ana.say("/list");
  await ana.waitFor("O servidor está fora do ar agora, por isso não é possível fazer isso.");
  await ana.say("/to Camila oi");
  await ana.waitFor("Não enviado a Camila: oi");

  await first.program.ended();
  await using second = await startServer([], { chatPort, registryPort });
  await ana.waitFor("O servidor voltou, e você está ativo de novo como Ana.\n");
  await bruno.waitFor("O servidor voltou, e você está ativo de novo como Bruno.");
  await second.program.waitFor(/^Chat direto, 2 usuários ativos:$/m);
  await ana.say("/list");
  await ana.waitFor("Ativos (além de você): Bruno\n");
  enter(bruno, "tudo certo");
  await ana.waitFor("Bruno: tudo certo\n");
  for (const text of [ana.output, bruno.text]) {
    assert.equal(text.match(/O servidor caiu\./g)?.length, 1);
    assert.equal(text.match(/Conectado a/g)?.length, 1);
  }
});

Deno.test("a peer that is killed: the other is told, and the server forgets the name", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using bruno = await startPeerAtTerminal(server, "Bruno");
  enter(bruno, "/chat Ana");
  await ana.waitFor("Conectado a Bruno");
  await bruno.waitFor("Conectado a Ana");
  ana.kill("SIGKILL");
  await bruno.waitFor("A conversa com Ana caiu sem despedida. Para chamar de novo: /chat Ana\n");
  await promptOf(bruno, ">");
  enter(bruno, "/list");
  await bruno.waitFor("Ninguém mais está ativo.");
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${signal} to a peer: it says goodbye to everyone, exit code 0`, async () => {
    await using server = await startServer();
    await using ana = await startPeer(server, "Ana");
    await using bruno = await startPeer(server, "Bruno");
    await bruno.say("/chat Ana");
    await ana.waitFor("Conectado a Bruno");
    bruno.kill(signal);
    const { code, output, errors } = await bruno.ended();
    assert.deepEqual({ code, errors }, { code: 0, errors: "" });
    assert.match(output, /Até logo!\n$/);
    await ana.waitFor("Bruno encerrou a conversa.\n");
    await ana.say("/list");
    await ana.waitFor("Ninguém mais está ativo.\n");
  });
}

Deno.test("SIGTERM to a peer at a terminal gives the terminal back", async () => {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana");
  ana.type("isto não foi enviado");
  await ana.waitFor("> isto não foi enviado");
  Deno.kill(ana.pid, "SIGTERM");
  assert.equal(await exitCode(ana), 0);
  await ana.waitFor("Até logo!");
  assert.doesNotMatch(ana.text, /isto não foi enviado/);
  // Bracketed paste was switched on at the start, so it is switched off at the end.
  assert.ok(ana.raw.lastIndexOf("\x1b[?2004l") > ana.raw.lastIndexOf("\x1b[?2004h"));
});

import { strict as assert } from "node:assert";
import { RawClient } from "./raw_client.ts";
import { enter, promptOf, startPeer, startPeerAtTerminal, startServer } from "./programs.ts";

Deno.test("a caller whose name is not registered stays marked", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using caller = await RawClient.connect(ana.port);
  caller.send("USER Bruno\r\nsou eu\r\n");
  await ana.waitFor(/^Conectado a \?Bruno\n/m);
  await ana.waitFor("Bruno não foi confirmado pelo servidor, que não conhece nenhum usuário ativo");
  await ana.waitFor(/^\d\d:\d\d:\d\d \?Bruno \(não confirmado\): sou eu$/m);
  await ana.say("quem é?");
  await caller.waitFor("quem é?\r\n");
  await ana.say("/peers");
  await ana.waitFor("  ?Bruno (não confirmado, atual)\n");
  caller.send("DISC\r\n");
  await ana.waitFor("?Bruno encerrou a conversa.\n");
  await caller.closed();
});

Deno.test("a caller from another address than the registered one stays marked", async () => {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana");
  await using registered = await RawClient.connect(server.chatPort, "127.0.0.2");
  registered.send("USER Dora:20000\r\nLIST\r\n");
  await registered.waitFor("LIST Ana\r\n");
  await using impostor = await RawClient.connect(ana.port, "127.0.0.1");
  impostor.send("USER Dora\r\nOi\r\n");
  await ana.waitFor("Conectado a ?Dora\n");
  await ana.waitFor("quem chama vem de outro endereço.");
  await ana.waitFor(/^\d\d:\d\d:\d\d \?Dora \(não confirmado\): Oi$/m);
  await promptOf(ana, "?Dora>");
  await using dora = await RawClient.connect(ana.port, "127.0.0.2");
  dora.send("USER Dora\r\nsou a verdadeira\r\n");
  await ana.waitFor(/^Conectado a Dora \(confirmado\)$/m);
  await ana.waitFor(/^\d\d:\d\d:\d\d Dora: sou a verdadeira$/m);
  enter(ana, "/to Dora só para você");
  await dora.waitFor("só para você\r\n");
  assert.equal(impostor.came, "");
});

Deno.test("what a caller sends is shown and never obeyed by the terminal", async () => {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana");
  await using piped = await startPeer(server, "Bruno");
  const hostile = "\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b1A\rfim\u202e.";
  const shown = "␛]0;owned␇␛[2J␛[31m\\u{9b}1A␍fim\\u{202e}.";
  for (const peer of [ana, piped]) {
    const caller = await RawClient.connect(peer.port);
    await using _ = caller;
    caller.send(`USER Cam\u202eila\r\n${hostile}\r\n`);
    await peer.waitFor("Conectado a ?Cam\\u{202e}ila\n");
    await peer.waitFor(`?Cam\\u{202e}ila (não confirmado): ${shown}\n`);
    await using nameless = await RawClient.connect(peer.port);
    nameless.send("USER \x1b[2JEva\r\nnada\r\n");
    await nameless.closed();
  }
  for (const raw of [ana.raw, piped.output]) {
    assert.doesNotMatch(raw, /[\u009b\u202e]|Eva|nada/);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(raw, /\x1b\]0|\x1b\[2J|\x07/);
  }
});

Deno.test("who connects and does not say who they are is let go of and not shown", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  for (const first of ["olá\r\n", "USER\r\n", "DISC\r\n", "GET / HTTP/1.1\r\n", "x".repeat(9000)]) {
    await using caller = await RawClient.connect(ana.port);
    caller.send(first);
    await caller.closed();
  }
  await ana.say("/peers");
  await ana.waitFor("Nenhuma conversa aberta.");
  assert.doesNotMatch(ana.output, /Conectado a|olá|HTTP|xxx/);
});

import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  promptOf,
  startPeer,
  startPeerAtTerminal,
  startServer,
} from "./programs.ts";

Deno.test("several conversations at a terminal: /to, /switch, /peers, /bye with a name", async () => {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana");
  await using bruno = await startPeerAtTerminal(server, "Bruno");
  await using clara = await startPeer(server, "Ana Clara");

  enter(ana, "/chat Bruno");
  await ana.waitFor(/^Conectado a Bruno \(confirmado\)$/m);
  await promptOf(ana, "Bruno>");
  await bruno.waitFor(/^Conectado a Ana \(confirmado\)$/m);
  await promptOf(bruno, "Ana>");

  // Who calls while one talks does not take the floor, and can be answered without switching.
  await clara.say("/chat Bruno");
  await bruno.waitFor(/^Conectado a Ana Clara \(confirmado\)$/m);
  await promptOf(bruno, "Ana>");
  await clara.say("oi de Clara");
  await bruno.waitFor("Ana Clara: oi de Clara");
  enter(bruno, '/to "Ana Clara" um momento');
  await clara.waitFor("Bruno: um momento\n");
  enter(bruno, "/to Ana Clara já vou");
  await clara.waitFor("Bruno: já vou\n");
  enter(bruno, "isto é para Ana");
  await ana.waitFor("Bruno: isto é para Ana");

  enter(bruno, "/peers");
  await bruno.waitFor(
    "2 conversas abertas:\n  Ana (confirmado, atual)\n  Ana Clara (confirmado)\n",
  );
  enter(bruno, "/switch Ana Clara");
  await bruno.waitFor(/^O que você digita agora vai para Ana Clara\.$/m);
  await promptOf(bruno, "Ana Clara>");
  enter(bruno, "agora sim");
  await clara.waitFor("Bruno: agora sim\n");

  enter(bruno, "/bye Ana");
  await bruno.waitFor(/^Você encerrou a conversa com Ana\.$/m);
  await promptOf(bruno, "Ana Clara>");
  await ana.waitFor("Bruno encerrou a conversa.\n");
  await promptOf(ana, ">");
  enter(bruno, "//barra");
  await clara.waitFor("Bruno: /barra\n");
  enter(bruno, "/bye");
  await bruno.waitFor(/^Você encerrou a conversa com Ana Clara\.$/m);
  await promptOf(bruno, ">");
  await clara.waitFor("Bruno encerrou a conversa.");

  assert.doesNotMatch(clara.output, /para Ana/);
  assert.doesNotMatch(ana.text, /agora sim|momento|barra/);
  for (const terminal of [ana, bruno]) enter(terminal, "/exit");
  assert.deepEqual(await Promise.all([ana, bruno].map(exitCode)), [0, 0]);
});

Deno.test("Tab completes commands and names", async () => {
  await using server = await startServer();
  await using _ana = await startPeer(server, "Ana Clara");
  await using bruno = await startPeerAtTerminal(server, "Bruno");
  bruno.type("/ch");
  bruno.press("tab");
  await bruno.waitFor(/^> \/chat$/m);
  bruno.type("An");
  bruno.press("tab");
  await bruno.waitFor(/^> \/chat "?Ana Clara"?$/m);
  bruno.press("enter");
  await bruno.waitFor("Conectado a Ana Clara (confirmado)\n");
  await promptOf(bruno, "Ana Clara>");
});

Deno.test("two who call each other at once have one conversation", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using bruno = await startPeer(server, "Bruno");
  await Promise.all([ana.say("/chat Bruno"), bruno.say("/chat Ana")]);
  await Promise.all([ana.waitFor("Conectado a Bruno"), bruno.waitFor("Conectado a Ana")]);
  await Promise.all([ana.say("de Ana"), bruno.say("de Bruno")]);
  await Promise.all([ana.waitFor("Bruno: de Bruno\n"), bruno.waitFor("Ana: de Ana\n")]);
  await ana.say("/peers");
  await ana.waitFor("1 conversa aberta:\n  Bruno (confirmado, atual)\n");
  await ana.say("/bye");
  await Promise.all([
    ana.waitFor("Você encerrou a conversa com Bruno."),
    bruno.waitFor("Ana encerrou a conversa."),
  ]);
});

Deno.test("without colours nothing is coloured, with them names are", async () => {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana");
  await using bruno = await startPeerAtTerminal(server, "Bruno", {
    args: ["--no-color"],
  });
  enter(bruno, "/chat Ana");
  await promptOf(bruno, "Ana>");
  await promptOf(ana, "Bruno>");
  // deno-lint-ignore no-control-regex
  const colour = /\x1b\[[\d;]*[1-9][\d;]*m/;
  assert.match(ana.raw, colour);
  assert.doesNotMatch(bruno.raw, colour);
});

import { strict as assert } from "node:assert";
import { peerArgs, startPeer, startPiped, startServer } from "./programs.ts";

Deno.test("the end of input ends the program: goodbye to everyone, exit code 0", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using bruno = await startPeer(server, "Bruno");
  await bruno.say("/chat Ana");
  await ana.waitFor("Conectado a Bruno");
  await bruno.endInput();
  const { code, output, errors } = await bruno.ended();
  assert.deepEqual({ code, errors }, { code: 0, errors: "" });
  assert.match(output, /Até logo!\n$/);
  await ana.waitFor("Bruno encerrou a conversa.");
  await ana.say("/list");
  await ana.waitFor("Ninguém mais está ativo.");
});

Deno.test("a script given all at once is carried out line by line", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using script = startPiped("peer", peerArgs(server, "Roteiro"));
  await script.say("/list\n/chat Ana\nprimeira\n//segunda\r\nDISC\n\n/bye\nninguém\n/list");
  await script.endInput();
  const answers = [
    "Ativos (além de você): Ana",
    "Conectado a Ana (confirmado)",
    "Você encerrou a conversa com Ana.",
    "Nenhuma conexão P2P ativa",
    "Ativos (além de você): Ana",
    "Até logo!",
  ];
  for (const answer of answers) await script.waitFor(`${answer}\n`);
  assert.equal((await script.ended()).code, 0);
  await ana.waitFor("Conectado a Roteiro (confirmado)\n");
  for (const text of ["primeira", "/segunda", "DISC "]) await ana.waitFor(`Roteiro: ${text}\n`);
  await ana.waitFor("Roteiro encerrou a conversa.\n");
});

Deno.test("no escape codes through pipes", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await ana.say("/help");
  await ana.waitFor("/exit");
  await ana.say("/nada");
  await ana.say("/chat Zé");
  await ana.waitFor("Zé não é um usuário ativo.");
  await ana.say("/exit");
  const { code, output, errors } = await ana.ended();
  assert.deepEqual({ code, errors }, { code: 0, errors: "" });
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(output, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

Deno.test("mistakes are said with the right form", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  const answers: readonly [typed: string, answer: string][] = [
    ["/lits", "O comando /lits não existe. Você quis dizer /list? A forma correta: /list\n"],
    ["/xyzzyx", "O comando /xyzzyx não existe. /help mostra todos. Para enviar um texto"],
    ["/", "O comando vem logo depois da barra. /help mostra todos.\n"],
    ["/chat", "Falta alguma coisa. A forma correta: /chat <nome>. Exemplo: /chat Ana\n"],
    ["/to Bruno", "Falta alguma coisa. A forma correta: /to <nome> <texto>. Exemplo: /to Ana Oi!"],
    ["/list todos", "/list não recebe “todos”. A forma correta: /list\n"],
    ["/chat a:b", "“a:b” não pode ser um nome de usuário."],
    ["/chat Ana", "Ana é você."],
    ["/switch Bruno", "Não há conversa aberta com Bruno. Inicie uma com /chat Bruno\n"],
    ["/bye Bruno", "Não há conversa aberta com Bruno. Inicie uma com /chat Bruno\n"],
    ["/bye", "Nenhuma conexão P2P ativa\n"],
    ["/chat Ninguém", "Ninguém não é um usuário ativo. /list mostra quem está ativo.\n"],
    ["/to Ninguém Oi", "Não enviado a Ninguém: Oi\n"],
    ["/help to", "/to <nome> <texto>"],
    ["/quit", "Até logo!\n"],
  ];
  for (const [typed, answer] of answers) {
    await ana.say(typed);
    await ana.waitFor(answer);
  }
  assert.equal((await ana.ended()).code, 0);
});

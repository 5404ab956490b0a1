import { strict as assert } from "node:assert";
import {
  canBeCalled,
  enter,
  exitCode,
  promptOf,
  startPeer,
  startPeerAtTerminal,
  startServer,
} from "./programs.ts";

const SILENT = ["--mic", "none", "--speaker", "none"];

Deno.test("a call at two terminals, with a third caller, and chat beside it", async () => {
  await using server = await startServer();
  await using joao = await startPeerAtTerminal(server, "João", { args: SILENT });
  await using maria = await startPeerAtTerminal(server, "Maria", { args: SILENT });
  await using zeca = await startPeer(server, "Zeca", ...SILENT);
  await canBeCalled(server, 3);

  // An invitation rings, and leaves alone what is being typed.
  maria.type("/exi");
  enter(joao, "/call Maria");
  await maria.waitFor(/João está ligando para você \(127\.0\.0\.1:\d+\)\. Para atender: \/accept/);
  await maria.waitFor(/^\(João está ligando\) > \/exi$/m);
  for (let n = 0; n < "/exi".length; n++) maria.press("backspace");
  enter(maria, "/accept");
  await maria.waitFor(/^Você está em ligação com João \(opus\/48000, full-duplex\)/m);
  await joao.waitFor(/^Maria atendeu\. Vocês estão em ligação \(opus\/48000, full-duplex\)/m);
  await promptOf(joao, "(ligação: Maria) >");

  // Who is in a call is busy for others, and does not notice.
  await zeca.say("/call Maria");
  await zeca.waitFor("usuário destino ocupado\n");
  assert.doesNotMatch(maria.text, /Zeca/);

  // Chat goes on.
  enter(maria, "/chat João");
  await joao.waitFor(/^Conectado a Maria \(confirmado\)$/m);
  await maria.waitFor(/^Conectado a João \(confirmado\)$/m);
  enter(maria, "você me ouve?");
  await joao.waitFor("Maria: você me ouve?");
  await promptOf(joao, "(ligação: Maria) Maria>");

  enter(joao, "/mute");
  await joao.waitFor(/^Seu microfone está fechado\. Para abrir: \/mute off$/m);
  enter(joao, "/volume 150");
  await joao.waitFor(/^Volume do outro lado: 150 %$/m);
  enter(joao, "/stats");
  await joao.waitFor(/^Qualidade \(MOS\)/m);
  enter(joao, "/hangup");
  await joao.waitFor(/^Você desligou\. A ligação com Maria durou 0:\d\d\.$/m);
  await maria.waitFor(/^João desligou\. A ligação durou 0:\d\d\.$/m);
  await promptOf(joao, "Maria>");

  // Now she is free.
  await zeca.say("/call Maria");
  await maria.waitFor(/Zeca está ligando para você/);
  enter(maria, "/reject");
  await maria.waitFor(/^Você recusou a ligação de Zeca\.$/m);
  await zeca.waitFor("usuário destino ocupado\n");

  for (const terminal of [joao, maria]) enter(terminal, "/exit");
  assert.deepEqual(await Promise.all([joao, maria].map(exitCode)), [0, 0]);
});

Deno.test("the messages of calls and their registry are shown, by both programs", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana", ...SILENT);
  await using bia = await startPeer(server, "Bia", ...SILENT);
  await canBeCalled(server, 2);
  assert.match(server.program.output, /"type":"registro","nome":"Ana","ip":"127\.0\.0\.1"/);
  assert.match(server.program.output, /"type":"registro_ok","nome":"Bia"/);

  assert.doesNotMatch(ana.output, /registro_ok/, "--quiet keeps them back");
  await ana.say("/watch on");
  await ana.waitFor("é mostrada ao passar");
  await ana.say("/who Ninguém");
  await ana.waitFor(/→ 127\.0\.0\.1:\d+ {2}{"type":"consulta","nome":"Ninguém"}\n/);
  await ana.waitFor(/← 127\.0\.0\.1:\d+ {2}{"type":"consulta_erro","nome":"Ninguém"/);
  await ana.waitFor("Ninguém não está registrado para ligações.");
  await ana.say("/who Bia");
  await ana.waitFor(/Bia recebe ligações em 127\.0\.0\.1:\d+\. Para ligar: \/call Bia\n/);
  await ana.say("/call Bia");
  await ana.waitFor(/→ 127\.0\.0\.1:\d+ {2}{"type":"convite","call_id":"[^"]+","nome":"Ana"/);
  await bia.waitFor("Ana está ligando para você");
  await bia.say("/accept");
  await ana.waitFor(/← 127\.0\.0\.1:\d+ {2}{"type":"resposta_ao_convite".*"resposta":"aceito"/);
  await bia.say("/hangup");
  await ana.waitFor(/← 127\.0\.0\.1:\d+ {2}{"type":"encerrar_ligação"/);
  await ana.say("/exit");
  assert.equal((await ana.ended()).code, 0);
  await server.program.waitFor(/"type":"encerramento","nome":"Ana"/);
  await server.program.waitFor(/"type":"encerramento_ok","nome":"Ana"/);
});

Deno.test("a partner whose program is killed is told from one who hangs up", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana", ...SILENT);
  await using bia = await startPeer(server, "Bia", ...SILENT);
  await canBeCalled(server, 2);
  await ana.say("/call Bia");
  await bia.waitFor("Ana está ligando para você");
  await bia.say("/accept");
  await ana.waitFor("Bia atendeu.");
  Deno.kill(bia.pid, "SIGKILL");
  await ana.waitFor("Há 3 s não chega som. O que verificar:\n");
  await ana.waitFor(/Nada mais chega de Bia, por isso a ligação foi encerrada depois de 0:\d\d\./);
  await ana.say("/call Bia");
  await ana.waitFor("Bia não está registrado para ligações.");
});

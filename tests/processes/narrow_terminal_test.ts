import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  promptOf,
  startPeer,
  startPeerAtTerminal,
  startServer,
} from "./programs.ts";

const NARROW = { columns: 60, rows: 24 };

Deno.test("a message that arrives does not disturb one that is being typed over several rows", async () => {
  await using server = await startServer();
  await using bruno = await startPeerAtTerminal(server, "Bruno", { size: NARROW });
  await using camila = await startPeer(server, "Camila");
  enter(bruno, "/chat Camila");
  await camila.waitFor("Conectado a Bruno");
  await promptOf(bruno, "Camila>");

  const typed = "Não é fácil escrever uma mensagem comprida num terminal estreito quando alguém " +
    "fala ao mesmo tempo, mas nada do que se digita se perde: ação, coração, 日本語 e 👩‍👩‍👧 também.";
  const words = typed.split(" ");
  for (const [i, word] of words.entries()) {
    bruno.type(i === 0 ? word : ` ${word}`);
    if (i % 8 !== 4) continue;
    const incoming = `interrupção ${i}: ` + "palavras e mais palavras ".repeat(4) + "fim";
    await camila.say(incoming);
    await bruno.waitFor(({ text }) => unbroken(text).includes(`Camila: ${incoming} `));
  }
  await bruno.waitFor(({ text }) => squeezed(text).endsWith(squeezed(`Camila> ${typed}`)));
  bruno.press("enter");
  await camila.waitFor(`Bruno: ${typed}\n`);
  await promptOf(bruno, "Camila>");
  const seen = unbroken(bruno.text);
  assert.equal(seen.match(/Camila: interrupção \d+: .*? fim/g)?.length, 4);
  assert.equal(squeezed(bruno.text).split(squeezed(`Camila> ${typed}`)).length, 2);
});

Deno.test("Ctrl-C clears the line, then tells how to leave, then leaves", async () => {
  await using server = await startServer();
  await using bruno = await startPeerAtTerminal(server, "Bruno", { size: NARROW });
  await using camila = await startPeer(server, "Camila");
  enter(bruno, "/chat Camila");
  await promptOf(bruno, "Camila>");
  bruno.type("isto é mais comprido do que uma linha deste terminal estreito e não será enviado");
  await bruno.waitFor("será enviado");
  bruno.press("ctrl-c");
  await bruno.waitFor(({ text }) => !text.includes("isto é mais comprido"));
  enter(bruno, "continuo aqui");
  await camila.waitFor("Bruno: continuo aqui\n");
  bruno.press("ctrl-c");
  await bruno.waitFor("Para sair, digite /exit ou tecle Ctrl-C mais uma vez.");
  bruno.press("ctrl-c");
  assert.equal(await exitCode(bruno), 0);
  await bruno.waitFor("Até logo!");
  await camila.waitFor("Bruno encerrou a conversa.");
  assert.doesNotMatch(camila.output, /comprido/);
});

Deno.test("Ctrl-D on an empty line leaves", async () => {
  await using server = await startServer();
  await using bruno = await startPeerAtTerminal(server, "Bruno", { size: NARROW });
  bruno.press("ctrl-d");
  assert.equal(await exitCode(bruno), 0);
});

/** The text of a screen as it was before it was broken into rows at blanks and indented. */
function unbroken(screen: string): string {
  return screen.replace(/\s+/g, " ") + " ";
}

/** The text without white space: where a row was broken in a word is then no matter. */
function squeezed(screen: string): string {
  return screen.replace(/\s+/g, "");
}

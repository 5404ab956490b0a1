/**
 * What strangers write reaches the screen of a person: it is shown, nothing of it is obeyed, and
 * names that can be taken for others are marked.
 *
 * @module
 */
import assert from "node:assert/strict";
import { ScriptedNeighbour } from "../processes/overlay_neighbour.ts";
import { enter, startPeerAtTerminal, startServer } from "../processes/programs.ts";
import { RawClient } from "../processes/raw_client.ts";
import { HostileSocket } from "./hostile_socket.ts";

/** Sets the title, clears the screen, moves the cursor, turns the text round, ends the line. */
const HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b1A\u202emif\u2028\u2066";
const SHOWN = "␛]0;owned␇␛[2J\\u{9b}1A\\u{202e}mif\\u{2028}\\u{2066}";
/** Ana with a Cyrillic letter; and a whole word of them that looks like Capa. */
const MIXED = "\u0410na";
const COPY = "\u0421\u0430\u0440\u0430";

const encoder = new TextEncoder();

Deno.test("attack: escapes and look-alike names of strangers stay letters on the screen", async () => {
  await using server = await startServer();
  const devices = ["--mic", "none", "--speaker", "none"];
  await using bia = await startPeerAtTerminal(server, "Bia", { args: devices });
  await bia.waitFor(/registrado para ligações: UDP \S+:\d+/);
  const [, callPort] = /registrado para ligações: UDP \S+:(\d+)/.exec(bia.text)!;

  await using copy = await RawClient.connect(server.chatPort);
  await using capa = await RawClient.connect(server.chatPort);
  for (const [client, name] of [[copy, COPY], [capa, "Capa"]] as const) {
    client.send(`USER ${name}:20000\r\nLIST\r\n`);
    await client.waitFor(/^LIST .*\r\n/m);
  }
  enter(bia, "/list");
  await bia.waitFor(new RegExp(`≈${COPY}.*\n≈${COPY} se parece com Capa`));
  assert.ok(!bia.text.includes("≈Capa"));

  await using caller = await RawClient.connect(bia.port);
  caller.send(`USER ${MIXED}\u202e\r\n${HOSTILE}\r\n`);
  caller.send(new Uint8Array([0x4f, 0x69, 0xff, 0xc0, 0x80, 0x0d, 0x0a]));
  await bia.waitFor(`≈?${MIXED}\\u{202e} (não confirmado): ${SHOWN}`);
  await bia.waitFor(`≈${MIXED}\\u{202e} mistura letras de escritas diferentes`);
  await bia.waitFor("Oi\ufffd\ufffd\ufffd");

  await using neighbour = await ScriptedNeighbour.join(bia.port, `${MIXED}@x`);
  neighbour.say({
    ...{ type: "PUB", msg_id: "1", src: `${MIXED}@x`, dst: "*", payload: HOSTILE, ttl: 1 },
  });
  await bia.waitFor(`≈${MIXED}@x: ${SHOWN}`);

  await using telephone = new HostileSocket("127.0.0.1");
  const convite = { type: "convite", call_id: "1", nome: `${MIXED}\u2066`, codecs: [] };
  await telephone.send(encoder.encode(JSON.stringify(convite)), Number(callPort));
  await bia.waitFor(`≈${MIXED}\\u{2066} está ligando para você`);
  await bia.waitFor("não foi confirmado pelo registro de ligações, onde ninguém tem esse nome");
  await bia.waitFor(`(≈?${MIXED}\\u{2066} está`);
  enter(bia, "/stats");
  await bia.waitFor("Você ainda não está em ligação com");
  enter(bia, "/reject");

  // The catalogue takes no controls; what turns the direction of a text round is the reader's.
  for (const [title, answer] of [[HOSTILE, "bad_files"], ["\u202emif\u2066", "OK"]] as const) {
    await using catalogue = await RawClient.connect(server.registryPort);
    const file = { id: "5".repeat(64), name: "a.mp3", size: 1, title, artist: "x" };
    const node = { type: "NODE_REGISTER", name: MIXED, port: 9, ttl: 60, files: [file] };
    catalogue.send(`${JSON.stringify(node)}\n`);
    await catalogue.waitFor(`"${answer}"`);
  }
  enter(bia, "/files");
  await bia.waitFor("\\u{202e}mif\\u{2066}  x");
  enter(bia, "/nodes");
  await bia.waitFor(new RegExp(`^≈${MIXED} +1 +127\\.0\\.0\\.1:9$`, "m"));

  assert.doesNotMatch(bia.raw, /[\u009b\u202e\u2028\u2066]/);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(bia.raw, /\x1b\]0|\x1b\[2J/);
});

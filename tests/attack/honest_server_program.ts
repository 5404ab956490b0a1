/**
 * The process of a {@link HonestServerUser}: registers with the four systems, then uses all of them
 * in turn and checks every answer. Each line of standard input is answered with the times so far.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { createInterface } from "node:readline";
import { RawClient } from "../processes/raw_client.ts";
import { HONEST } from "./honest_identity.ts";
import type { HonestStart } from "./honest_server_user.ts";
import { RequestLoop } from "./request_loop.ts";

const { name, namespace, port, song } = HONEST;

type Request = Readonly<Record<string, unknown>>;

const { chatPort, registryPort, host, from }: HonestStart = JSON.parse(Deno.args[0]!);

const chat = await RawClient.connect(chatPort, from, host);
const calls = await RawClient.connect(registryPort, from, host);
await register();
const loop = new RequestLoop([
  async () => {
    chat.send("KEEP\r\nLIST\r\n");
    await chat.waitFor(/^LIST .*\r\n/m);
  },
  async () => {
    chat.send(`ADDR ${name}\r\n`);
    const [, address] = await chat.waitFor(/^ADDR (\S+)\r\n/m);
    assert.equal(address, `${from}:${port}`);
  },
  async () => {
    const { peers } = await askOnce({ type: "DISCOVER", namespace });
    assert.ok(peers.some(isMine), JSON.stringify(peers));
  },
  async () => {
    const { observed_ip } = await askOnce({ type: "REGISTER", namespace, name, port });
    assert.equal(observed_ip, from);
  },
  async () => {
    const answer = await ask(calls, { type: "consulta", nome: name });
    assert.deepEqual(answer, { type: "consulta_ok", nome: name, ip: from, porta: port });
  },
  findSong,
]);
console.log("begun");
for await (const _ of createInterface({ input: process.stdin })) {
  try {
    console.log(`times ${JSON.stringify(await loop.times())}`);
  } catch (error) {
    console.log(`problem ${String(error).replaceAll("\n", " ")}`);
  }
}
// Whoever started it has ended, in whatever way.
Deno.exit();

async function register(): Promise<void> {
  chat.send(`USER ${name}:${port}\r\nLIST\r\n`);
  await chat.waitFor(/^LIST .*\r\n/m);
  await ask(calls, { type: "registro", nome: name, porta: port });
  await askOnce({ type: "REGISTER", namespace, name, port });
  const file = { id: "5".repeat(64), name: "aguas.mp3", size: 1, title: song };
  await askOnce({ type: "NODE_REGISTER", name, port, ttl: 3600, files: [file] });
}

/** Looks for the user's own song, page by page. */
async function findSong(): Promise<void> {
  let after: string | null = null;
  do {
    const { nodes, next } = await askOnce({ type: "NODE_LIST", query: song, after });
    if (nodes.some(isMine)) return;
    after = next;
  } while (after !== null);
  assert.fail("the song is not in the catalogue");
}

function isMine(listed: Request): boolean {
  return listed.name === name && listed.ip === from;
}

/** One request on a connection of its own. */
async function askOnce(request: Request) {
  await using client = await RawClient.connect(registryPort, from, host);
  const answer = await ask(client, request);
  assert.equal(answer.status, "OK", JSON.stringify(answer));
  return answer;
}

async function ask(client: RawClient, request: Request) {
  client.send(JSON.stringify(request) + "\n");
  const [line] = await client.waitFor(/.*\n/);
  return JSON.parse(line);
}

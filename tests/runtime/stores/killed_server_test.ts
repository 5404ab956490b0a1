/**
 * A real server is killed at any moment, again and again, while it is written to: whatever it has
 * acknowledged is there when it is started again, with the time that is left.
 *
 * @module
 */
import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import { runPiped, startServer } from "../../processes/programs.ts";
import { LineClient } from "../line_client.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

const ROUNDS = 12;
const WRITERS = 8;
const TTL = 600;

type Reply = { status: string; ttl: number; peers: { name: string; expires_in: number }[] };

async function ask(port: number, request: unknown): Promise<Reply | null> {
  using client = await LineClient.connect(port);
  await client.send(JSON.stringify(request) + "\n");
  const line = await client.readLine();
  return line === null ? null : JSON.parse(line);
}

function permissions(folder: TemporaryFolder): string[] {
  return ["--allow-net", `--allow-read=${folder.path}`, `--allow-write=${folder.path}`];
}

Deno.test("a server that is killed while it writes has all that it acknowledged", async () => {
  using folder = new TemporaryFolder();
  const random = seededRandom(9);
  const options = { permissions: permissions(folder) };
  const acknowledged = new Map<string, number>();
  const attempted = new Set<string>();
  const removed = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    await using server = await startServer(["--data", folder.path, "--quiet"], options);
    const found = await ask(server.registryPort, { type: "DISCOVER", namespace: "g" });
    const peers = new Map(found!.peers.map((peer) => [peer.name, peer.expires_in]));
    for (const [name, at] of acknowledged) {
      const left = TTL - (performance.now() - at) / 1000;
      const told = peers.get(name);
      assert.ok(told !== undefined, `${name} is lost in round ${round}`);
      assert.ok(told > left - 2 && told <= Math.ceil(left) + 1, `${name}: ${told} s, not ${left}`);
    }
    for (const name of peers.keys()) assert.ok(attempted.has(name), `${name} was made up`);
    for (const name of removed) assert.ok(!peers.has(name), `${name} has come back`);

    let killed = false;
    const write = async (writer: number) => {
      for (let i = 0; !killed; i++) {
        const name = `r${round}w${writer}n${i}`;
        attempted.add(name);
        try {
          const request = { type: "REGISTER", namespace: "g", name, port: 7000 + writer, ttl: TTL };
          const at = performance.now();
          const reply = await ask(server.registryPort, request);
          if (reply?.status === "OK") acknowledged.set(name, at);
          if (reply?.status !== "OK" || i % 5 !== 0) continue;
          // From here on, its fate is open until the reply has come.
          acknowledged.delete(name);
          const bye = { type: "UNREGISTER", namespace: "g", name };
          if ((await ask(server.registryPort, bye))?.status === "OK") removed.add(name);
        } catch (error) {
          if (!killed) throw error;
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
    const before = acknowledged.size;
    while (acknowledged.size < before + 5) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, random() * 60));
    killed = true;
    Deno.kill(server.program.pid, "SIGKILL");
    await Promise.all(writers);
    await server.program.ended();
  }
  assert.ok(acknowledged.size > 5 * ROUNDS);
});

Deno.test("a catalogue survives a kill; people in the chat do not", async () => {
  using folder = new TemporaryFolder();
  const options = { permissions: permissions(folder) };
  const file = {
    id: "a".repeat(64),
    name: "song.wav",
    title: "Song",
    artist: "Band",
    size: 1000,
    seconds: 1,
    type: "audio/wav",
    pieces: "b".repeat(64),
  };
  const node = { type: "NODE_REGISTER", name: "Ana", port: 7001, files: [file] };
  {
    await using server = await startServer(["--data", folder.path, "--quiet"], options);
    const reply = await ask(server.registryPort, node);
    assert.equal(reply?.status, "OK", JSON.stringify(reply));
    using chat = await LineClient.connect(server.chatPort);
    await chat.send("USER Bia:20000\r\nLIST\r\n");
    assert.equal(await chat.readLine(), "LIST ");
    Deno.kill(server.program.pid, "SIGKILL");
    await server.program.ended();
  }
  await using server = await startServer(["--data", folder.path, "--quiet"], options);
  const listed = await ask(server.registryPort, { type: "NODE_LIST" });
  assert.match(JSON.stringify(listed), /"Song"/);
  using chat = await LineClient.connect(server.chatPort);
  await chat.send("USER Caio:20001\r\nLIST\r\n");
  assert.equal(await chat.readLine(), "LIST ");
});

Deno.test("a server says in a sentence why it cannot have its folder", async () => {
  using folder = new TemporaryFolder();
  const args = ["--data", folder.path, "--chat-port", "0", "--registry-port", "0", "--lang", "en"];
  const forbidden = await runPiped("server", args);
  assert.equal(forbidden.code, 1);
  assert.match(forbidden.errors, /^Error: No permission .* --allow-read --allow-write\n$/);
  Deno.writeTextFileSync(folder.file("directory.sqlite"), "a diary");
  const foreign = await runPiped("server", args, { permissions: permissions(folder) });
  assert.equal(foreign.code, 1);
  assert.match(foreign.errors, /^Error: \S*directory\.sqlite was not made by this program .*\n$/);
  assert.equal(Deno.readTextFileSync(folder.file("directory.sqlite")), "a diary");
  Deno.removeSync(folder.file("directory.sqlite"));
  await using first = await startServer(["--data", folder.path], {
    permissions: permissions(folder),
  });
  assert.ok(first.registryPort > 0);
  const second = await runPiped("server", args, { permissions: permissions(folder) });
  assert.equal(second.code, 1);
  assert.match(second.errors, /^Error: Another server uses .*\n$/);
});

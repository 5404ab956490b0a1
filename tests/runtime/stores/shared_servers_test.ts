/**
 * Two real servers, without any permission but the network, and one Redis between them.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type RunningServer, runPiped, startServer } from "../../processes/programs.ts";
import { LineClient } from "../line_client.ts";
import { eventually } from "./eventually.ts";
import { RedisProcess } from "./redis_process.ts";

async function user(server: RunningServer, name: string, port: number): Promise<LineClient> {
  const client = await LineClient.connect(server.chatPort);
  await client.send(`USER ${name}:${port}\r\nLIST\r\n`);
  assert.match(await client.readLine() ?? "closed", /^LIST /, name);
  return client;
}

async function list(client: LineClient): Promise<string> {
  await client.send("LIST\r\n");
  return (await client.readLine())?.slice("LIST ".length) ?? "closed";
}

async function ask(server: RunningServer, request: unknown) {
  using client = await LineClient.connect(server.registryPort);
  await client.send(JSON.stringify(request) + "\n");
  const line = await client.readLine();
  return line === null ? null : JSON.parse(line);
}

Deno.test("two servers and one Redis: found through the other, taken at both: one winner", async () => {
  await using redis = await RedisProcess.start();
  const args = ["--store", redis.url, "--quiet"];
  await using one = await startServer(args);
  await using two = await startServer(args);

  using ana = await user(one, "Ana", 20001);
  using bia = await user(two, "Bia", 20002);
  await eventually(async () => await list(ana) === "Bia", "Bia at one");
  await eventually(async () => await list(bia) === "Ana", "Ana at two");
  await bia.send("ADDR Ana\r\n");
  assert.equal(await bia.readLine(), "ADDR 127.0.0.1:20001");

  const registered = await ask(one, { type: "REGISTER", namespace: "g", name: "n", port: 7070 });
  assert.equal(registered.status, "OK");
  await eventually(async () => {
    return (await ask(two, { type: "DISCOVER", namespace: "g" })).peers.length === 1;
  }, "the rendezvous at two");
  const gone = await ask(two, { type: "UNREGISTER", namespace: "g", name: "n" });
  assert.equal(gone.status, "OK");
  await eventually(async () => {
    return (await ask(one, { type: "DISCOVER", namespace: "g" })).peers.length === 0;
  }, "unregistered at one");

  using called = await LineClient.connect(one.registryPort);
  await called.send('{"type":"registro","nome":"Eva","porta":6000}\n');
  assert.match(await called.readLine() ?? "closed", /"registro_ok"/);
  using caller = await LineClient.connect(two.registryPort);
  await caller.send('{"type":"registro","nome":"Eva","porta":6050}\n');
  assert.match(await caller.readLine() ?? "closed", /"nome_em_uso"/);
  await eventually(async () => {
    await caller.send('{"type":"consulta","nome":"Eva"}\n');
    const reply = await caller.readLine();
    return reply === '{"type":"consulta_ok","nome":"Eva","ip":"127.0.0.1","porta":6000}';
  }, "Eva can be called through two");

  for (let i = 0; i < 20; i++) {
    const clients = await Promise.all(
      [one, two].map(({ chatPort }) => LineClient.connect(chatPort)),
    );
    await Promise.all(
      clients.map((client, at) => client.send(`USER x${i}:${21000 + at}\r\nLIST\r\n`)),
    );
    const replies = await Promise.all(clients.map((client) => client.readLine()));
    for (const client of clients) client[Symbol.dispose]();
    assert.equal(replies.filter((reply) => reply !== null).length, 1, `x${i}: ${replies}`);
  }
});

Deno.test("two servers and one Redis: a killed server's users go with their leases", async () => {
  await using redis = await RedisProcess.start();
  const args = ["--store", redis.url, "--quiet"];
  await using two = await startServer(args);
  using bia = await user(two, "Bia", 20002);
  {
    await using one = await startServer(args);
    using ana = await user(one, "Ana", 20001);
    await eventually(async () => await list(bia) === "Ana", "Ana at two");
    assert.equal(await list(ana), "Bia");
    Deno.kill(one.program.pid, "SIGKILL");
    await one.program.ended();
  }
  assert.equal(await list(bia), "Ana", "the lease goes on");
  {
    using early = await LineClient.connect(two.chatPort);
    await early.send("USER Ana:20077\r\nLIST\r\n");
    assert.equal(await early.readLine(), null, "still taken");
  }
  // What is left of the lease is Redis's to end; it is made short here.
  const row = `prosa:1:row:${JSON.stringify(["chat", "", "Ana"])}`;
  assert.match(await redis.command("PTTL", row), /^:1[0-5]\d{3}\r\n$/);
  await redis.command("PEXPIRE", row, "50");
  const gone = async () => await redis.command("EXISTS", row) === ":0\r\n";
  await eventually(gone, "the lease has ended");
  using ana = await user(two, "Ana", 20077);
  assert.equal(await list(ana), "Bia");
});

Deno.test("two servers and one Redis: Redis killed and started again", async () => {
  await using redis = await RedisProcess.start();
  const args = ["--store", redis.url, "--quiet"];
  await using one = await startServer(args);
  await using two = await startServer(args);
  using ana = await user(one, "Ana", 20001);
  using bia = await user(two, "Bia", 20002);
  await eventually(async () => await list(ana) === "Bia", "Bia at one");
  await redis.kill();
  const failed = /^O armazenamento do diretório falhou \(.*\)/m;
  for (const { program } of [one, two]) await program.waitFor(failed);
  for (const client of [ana, bia]) await client.send("KEEP\r\n");
  assert.equal(await list(ana), "Bia");
  await ana.send("ADDR Bia\r\n");
  assert.equal(await ana.readLine(), "ADDR 127.0.0.1:20002");
  // Whether a name is free nobody can say: who asks is neither entered nor answered.
  using unheard = await LineClient.connect(one.chatPort);
  await unheard.send("USER Davi:20009\r\nLIST\r\n");
  await redis.again();
  for (const { program } of [one, two]) {
    await program.waitFor("O armazenamento do diretório voltou.");
  }
  await eventually(async () => await list(ana) === "Bia" && await list(bia) === "Ana", "both");
  using davi = await user(one, "Davi", 20009);
  await eventually(async () => (await list(bia)).includes("Davi"), "Davi at two");
  assert.match(await list(davi), /Ana:Bia|Bia:Ana/);
  for (const { program } of [one, two]) {
    assert.equal(program.output.split("falhou").length, 2, "said once");
  }

  // Another server gets the name while one is not asked: the loser is cut at its next KEEP.
  const row = `prosa:1:row:${JSON.stringify(["chat", "", "Ana"])}`;
  await redis.command("DEL", row);
  using winner = await user(two, "Ana", 20077);
  await ana.send("KEEP\r\n");
  await ana.closed();
  assert.ok((await list(winner)).includes("Bia"));
  await bia.send("ADDR Ana\r\n");
  assert.equal(await bia.readLine(), "ADDR 127.0.0.1:20077");
});

Deno.test("a server says in a sentence that it has no Redis, without its password", async () => {
  await using redis = await RedisProcess.start();
  const { port } = redis;
  await redis.kill();
  const url = `redis://user:secret@127.0.0.1:${port}`;
  const ports = ["--chat-port", "0", "--registry-port", "0", "--lang", "en"];
  const { code, errors } = await runPiped("server", ["--store", url, ...ports]);
  assert.equal(code, 1);
  assert.equal(
    errors,
    `Error: Redis at 127.0.0.1:${port} cannot be used (nobody listens there). ` +
      "Start it, or choose another with --store\n",
  );
});

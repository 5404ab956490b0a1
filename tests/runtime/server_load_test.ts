import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import type { LineClient } from "./line_client.ts";
import { until } from "./line_client.ts";
import { RunningServer } from "./running_server.ts";

/** Enters users by the store, 65 bytes of a LIST reply each. */
function fill(running: RunningServer, count: number): void {
  for (let index = 0; index < count; index += 1) {
    running.store.claim({
      service: "chat",
      group: "",
      id: `${index}`.padStart(LIMITS.nameCharacters, "0"),
      owner: "10.0.0.1:1",
      holder: "other/1",
      payload: { ip: "10.0.0.1", port: 1 },
      expiresAt: Infinity,
    }, running.now());
  }
}

Deno.test("two thousand connections at once are all accepted and all served", async () => {
  await using running = await RunningServer.open();
  const all = 2000;
  const clients: LineClient[] = await Promise.all(
    Array.from({ length: all }, () => running.chat()),
  );
  try {
    await running.links(all);
    await Promise.all(
      clients.map((client, index) => client.send(`USER user ${index}:${index + 1}\r\nKEEP\r\n`)),
    );
    await until(() => running.count("user_added") === all, "everyone is registered");
    await Promise.all(clients.map((client, index) => client.send(`ADDR user ${index}\r\n`)));
    const replies = await Promise.all(clients.map((client) => client.readLine()));
    replies.forEach((reply, index) => assert.equal(reply, `ADDR 127.0.0.1:${index + 1}`));
    await clients[0]!.send("LIST\r\n");
    const list = await clients[0]!.readLine() ?? "";
    assert.equal(list.slice(5).split(":").length, all - 1);
  } finally {
    for (const client of clients) client[Symbol.dispose]();
  }
  await running.links(0);
  assert.equal(running.count("user_removed"), all);
});

Deno.test("a client that never reads is not read either, then dropped; others are served", async () => {
  await using running = await RunningServer.open();
  fill(running, 5000);
  using greedy = await running.user("Greedy", 1);
  using modest = await running.user("Modest", 2);
  const asked = 2000;
  await greedy.send("LIST\r\n".repeat(asked));
  await until(() => running.lines.length > 10, "the flood has begun");
  const answered = () =>
    running.lines.filter(({ direction, name }) => direction === "out" && name === "Greedy").length;
  let [before, polls] = [-1, 0];
  await until(() => {
    const now = answered();
    polls = now === before ? polls + 1 : 0;
    before = now;
    return polls === 50;
  }, "the server waits for the reader");
  await modest.send("LIST\r\n");
  assert.equal((await modest.readLine())?.length, 5 + 5001 * 65 - 1 - 65 + 7);
  running.ahead += LIMITS.sendStall;
  await modest.send("KEEP\r\n");
  await until(() => running.count("user_removed") === 1, "the one who never reads is dropped");
  await modest.send("ADDR Greedy\r\nADDR Modest\r\n");
  assert.equal(await modest.readLine(), "ADDR 127.0.0.1:2");
  assert.ok(answered() < asked / 4, `${answered()} replies were made for nobody`);
  assert.equal(running.count("refused", "lease_expired"), 0, "it was not its lease that ended");
});

Deno.test("a client that asks much and reads late gets every reply", async () => {
  await using running = await RunningServer.open();
  fill(running, 500);
  using client = await running.user("Late", 1);
  const asked = 400;
  await client.send("LIST\r\n".repeat(asked));
  await until(() => running.lines.length > 10, "the server has begun to answer");
  for (let reply = 0; reply < asked; reply += 1) {
    assert.equal((await client.readLine())?.length, 5 + 500 * 65 - 1);
  }
});

Deno.test("a reply larger than every buffer arrives whole, and delays no other", async () => {
  await using running = await RunningServer.open();
  const stored = LIMITS.recordsPerOwner;
  for (let index = 0; index < stored; index += 1) {
    running.store.claim({
      service: "rendezvous",
      group: "UnB",
      id: `${index}`,
      owner: "10.0.0.1",
      holder: "10.0.0.1",
      payload: { name: `${index}`, ip: "10.0.0.1", port: 1, ttl: 60, observedPort: 1 },
      expiresAt: Infinity,
    }, running.now());
  }
  using slow = await running.registry();
  await slow.send('{"type":"DISCOVER"}\n');
  await until(() => running.lines.length === 2, "the reply is on its way");
  using quick = await running.registry();
  await quick.send('{"type":"DISCOVER","namespace":"nobody"}\n');
  assert.equal(await quick.readLine(), '{"status":"OK","peers":[]}');
  const reply = JSON.parse(await slow.readLine() ?? "");
  assert.equal(reply.peers.length, stored);
});

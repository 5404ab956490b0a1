import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { askOnce } from "../../lib/runtime/ask_once.ts";
import { until } from "./line_client.ts";
import { OneShotServer } from "./one_shot_server.ts";

const never = new AbortController().signal;

async function asked(server: OneShotServer, request = "oi"): Promise<string> {
  const reply = await askOnce(server.address, request, never);
  return reply.kind === "line" ? new TextDecoder().decode(reply.bytes) : `failed: ${reply.reason}`;
}

for (
  const [name, sent, read] of [
    ["a line", "sim\n", "sim"],
    ["a line that ends with CR LF", "sim\r\n", "sim"],
    ["a line that ends with the stream", '{"a":1}', '{"a":1}'],
    ["two lines: the first", "sim\nnão\n", "sim"],
    ["an empty line", "\nsim\n", ""],
  ] as const
) {
  Deno.test(`the reply is ${name}`, async () => {
    await using server = new OneShotServer(() => sent);
    assert.equal(await asked(server, "olá"), read);
    assert.deepEqual(server.requests, ["olá"]);
  });
}

Deno.test("a reply can be far longer than a message of a peer", async () => {
  const long = "x".repeat(1_000_000);
  await using server = new OneShotServer(() => long + "\n");
  assert.equal((await asked(server)).length, long.length);
});

Deno.test("a reply over the limit is a failure", async () => {
  const endless = new Uint8Array(LIMITS.serverReplyBytes + 1).fill(0x78);
  await using server = new OneShotServer(() => endless);
  assert.equal(await asked(server), "failed: the reply is too long");
});

Deno.test("a server that closes without a word is a failure", async () => {
  await using server = new OneShotServer(() => "");
  assert.equal(await asked(server), "failed: closed without an answer");
});

Deno.test("a server that ends in the middle of its reply has not answered", async () => {
  await using server = new OneShotServer(() => '{"status":"OK","peers":[{"ip":"127.0.0.1"}');
  assert.equal(await asked(server), "failed: closed without an answer");
});

Deno.test("nobody there is a failure with the system's reason", async () => {
  const reply = await askOnce(await deadAddress(), "oi", never);
  assert.ok(reply.kind === "failed" && /refused/i.test(reply.reason));
});

Deno.test("a server that does not answer in time is a failure, and rid of the connection", async () => {
  await using server = new OneShotServer(() => null);
  const reply = await askOnce(server.address, "oi", never, { connect: LIMITS.connect, reply: 20 });
  assert.ok(reply.kind === "failed");
  assert.deepEqual([reply.why, reply.reason], ["silent", "no answer in time"]);
  assert.equal(reply.connection?.remoteIp, "127.0.0.1");
  await until(() => server.ended === 1, "the connection is closed");
});

Deno.test("a request can be given up", async () => {
  await using server = new OneShotServer(() => null);
  const controller = new AbortController();
  const reply = askOnce(server.address, "oi", controller.signal);
  await until(() => server.requests.length === 1, "the request arrives");
  controller.abort();
  assert.equal((await reply).kind, "failed");
  await until(() => server.ended === 1, "the connection is closed");
});

async function deadAddress() {
  await using server = new OneShotServer(() => null);
  return server.address;
}

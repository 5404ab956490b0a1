import assert from "node:assert/strict";
import type { Finding } from "../../../lib/doctor/findings.ts";
import { checkChat, checkRegistry } from "../../../lib/runtime/doctor/directory_check.ts";
import { until } from "../line_client.ts";
import { type Answer, OneShotServer } from "../one_shot_server.ts";
import { RunningServer } from "../running_server.ts";

const never = new AbortController().signal;

/** What both checks find where both ports are this one. */
async function checkBoth({ host, port }: { host: string; port: number }): Promise<Finding[]> {
  const server = { host, chatPort: port, registryPort: port };
  return await Promise.all([checkChat(server, 45_000, never), checkRegistry(server, never)]);
}

function resultOf(finding: Finding) {
  assert.ok(finding.kind === "server");
  return finding.result.kind === "directory" ? "directory" : finding.result.why;
}

async function resultsOf(answer: Answer): Promise<string[]> {
  await using server = new OneShotServer(answer);
  return (await checkBoth(server.address)).map(resultOf);
}

Deno.test("a server of ours: both ports answer, with the time that it took", async () => {
  await using running = await RunningServer.open();
  const { chat: chatPort, registry: registryPort } = running.server.ports;
  const server = { host: "127.0.0.1", chatPort, registryPort };
  for (
    const found of [await checkChat(server, 45_000, never), await checkRegistry(server, never)]
  ) {
    assert.ok(found.kind === "server" && found.result.kind === "directory");
    assert.ok(found.result.madeIn >= 0 && found.result.answeredIn > 0);
  }
});

Deno.test("the conversation with a directory leaves nobody behind in it", async () => {
  await using running = await RunningServer.open();
  const { chat: chatPort, registry: registryPort } = running.server.ports;
  const server = { host: "127.0.0.1", chatPort, registryPort };
  await checkChat(server, 45_000, never);
  await checkRegistry(server, never);
  await running.links(0);
  assert.deepEqual(await running.server.users("chat"), []);
  assert.deepEqual(await running.server.users("rendezvous"), []);
  const kinds = running.reports.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["user_added", "user_removed"]);
});

Deno.test("nobody listens: refused", async () => {
  const server = new OneShotServer(() => null);
  const { address } = server;
  await server[Symbol.asyncDispose]();
  assert.deepEqual((await checkBoth(address)).map(resultOf), ["refused", "refused"]);
});

Deno.test("who closes without a word is told from who answers", async () => {
  assert.deepEqual(await resultsOf(() => ""), ["closed", "closed"]);
});

Deno.test("another service is told from a directory", async () => {
  for (
    const answer of [
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      "SSH-2.0-OpenSSH_9.6\r\n",
      "\r\n",
      '{"status":"OK"}\n',
      '{"status":"ERROR","message":"Unknown command"}\n',
      new Uint8Array([0x15, 0x03, 0x01, 0, 2, 2, 0x46, 10]),
    ]
  ) {
    assert.deepEqual(await resultsOf(() => answer), ["another_service", "another_service"]);
  }
});

Deno.test("the ports of a directory mixed up are each another service", async () => {
  const chat = await resultsOf(() => "LIST Ana:Bruno\r\n");
  assert.deepEqual(chat, ["directory", "another_service"]);
  const registry = await resultsOf(() => '{"status":"OK","peers":[]}\n');
  assert.deepEqual(registry, ["another_service", "directory"]);
});

Deno.test("who says nothing at all is given up, and rid of the connection", async () => {
  await using server = new OneShotServer(() => null);
  const { host, port } = server.address;
  const found = await checkRegistry({ host, chatPort: port, registryPort: port }, never, {
    connect: 10_000,
    reply: 20,
  });
  assert.equal(resultOf(found), "silent");
  await until(() => server.ended === 1, "the connection is closed");
});

Deno.test("a check that is cut short ends at once", async () => {
  await using server = new OneShotServer(() => null);
  const { host, port } = server.address;
  const ending = new AbortController();
  const checking = checkChat({ host, chatPort: port, registryPort: port }, 1, ending.signal);
  await until(() => server.requests.length === 1, "the request is there");
  ending.abort();
  assert.notEqual(resultOf(await checking), "directory");
});

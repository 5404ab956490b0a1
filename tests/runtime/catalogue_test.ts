import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { parseCatalogueReply, splitRegistration } from "../../lib/protocol/music.ts";
import { songs } from "../directory/catalogue_probe.ts";
import { RunningServer } from "./running_server.ts";

Deno.test("the catalogue: a list in parts, its pages, the table of nodes, and leaving", async () => {
  await using running = await RunningServer.open();
  const ask = async (request: string) => {
    const replies = await running.ask(request);
    assert.equal(replies.length, 1, "one reply, then the end");
    return JSON.parse(replies[0]!);
  };
  const lines = splitRegistration({ name: "ana", port: 7000, ttl: 120 }, songs(500));
  assert.ok(lines.length > 2);
  let registered = 0;
  for (const line of lines) ({ registered } = await ask(line));
  assert.equal(registered, 500);
  assert.equal(running.count("user_added"), 1);
  assert.deepEqual(await running.server.users("music"), [
    { name: "ana", ip: "127.0.0.1", port: 7000 },
  ]);

  const names: string[] = [];
  let after: string | null = null;
  do {
    const [line = ""] = await running.ask(
      JSON.stringify({ type: "NODE_LIST", query: "artist", after }),
    );
    const bytes = new TextEncoder().encode(line);
    assert.ok(bytes.length <= LIMITS.jsonLineBytes);
    const reply = parseCatalogueReply(bytes);
    assert.ok(reply.kind === "nodes");
    for (const { ip, port, files } of reply.nodes) {
      assert.deepEqual([ip, port], ["127.0.0.1", 7000]);
      names.push(...files.map(({ name }) => name));
    }
    after = reply.next;
  } while (after !== null);
  assert.deepEqual(names, songs(500).map(({ name }) => name));

  const removal = { status: "OK", removed: true };
  assert.deepEqual(await ask('{"type":"NODE_REMOVE","name":"ana"}'), removal);
  assert.deepEqual(await ask('{"type":"NODE_LIST"}'), { status: "OK", nodes: [], next: null });
});

Deno.test("the catalogue: a lease that runs out takes its node along, beside other systems", async () => {
  await using running = await RunningServer.open();
  await running.ask('{"type":"NODE_REGISTER","name":"ana","port":7000,"ttl":1,"files":[]}');
  await running.ask('{"type":"REGISTER","namespace":"n","name":"ana","port":7070}');
  assert.equal((await running.server.users("music")).length, 1);
  running.ahead += 1000;
  assert.deepEqual(await running.server.users("music"), []);
  assert.equal((await running.server.users("rendezvous")).length, 1);
  assert.deepEqual(await running.ask('{"type":"NODE_REGISTER","name":"","port":1}'), [
    '{"status":"ERROR","error":"bad_name"}',
  ]);
});

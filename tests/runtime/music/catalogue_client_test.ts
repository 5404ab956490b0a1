import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import type { CatalogueStatus } from "../../../lib/music/library_status.ts";
import {
  askCatalogue,
  CatalogueClient,
  searchCatalogue,
} from "../../../lib/runtime/music/catalogue_client.ts";
import { songs } from "../../directory/catalogue_probe.ts";
import { until } from "../line_client.ts";
import { OneShotServer } from "../one_shot_server.ts";
import { RunningServer } from "../running_server.ts";

const never = new AbortController().signal;
const LIST = '{"type":"NODE_LIST"}';

/** A node at a server, and what it told. */
function client(server: { readonly host: string; readonly port: number }) {
  const told: CatalogueStatus[] = [];
  const bugs: unknown[] = [];
  const node = new CatalogueClient(
    server,
    { name: "ana", port: 7000, random: seededRandom(1) },
    { report: (status) => told.push(status), bug: (error) => bugs.push(error) },
  );
  return { node, told, bugs };
}

Deno.test("catalogue client: registers, is found, sends what changed, leaves", async () => {
  await using running = await RunningServer.open();
  const server = { host: "127.0.0.1", port: running.server.ports.registry };
  const { node, told, bugs } = client(server);
  await using _ = node;
  node.share(songs(500));
  node.start();
  await until(() => told.length > 0, "registered");
  const all = await searchCatalogue(server, "", never);
  assert.ok(all.kind === "found");
  assert.equal(all.listing.songs.length, 500);
  assert.deepEqual(all.listing.nodes, [
    { name: "ana", ip: "127.0.0.1", port: 7000, files: 500 },
  ]);
  node.share(songs(2));
  await until(() => told.length > 1, "registered anew");
  const some = await searchCatalogue(server, "title 1", never);
  assert.ok(some.kind === "found" && some.listing.songs.length === 1);
  await node.leave();
  assert.deepEqual(await running.server.users("music"), []);
  assert.deepEqual(told.map(({ kind }) => kind), [
    "music_registered",
    "music_registered",
    "music_left",
  ]);
  assert.deepEqual(bugs, []);
});

Deno.test("catalogue client: what is no reply is a refusal, no answer is none", async () => {
  for (const [answer, error] of [["HTTP/1.1 400\r\n", "invalid_json"], ["{}\n", "bad_reply"]]) {
    await using server = new OneShotServer(() => answer!);
    assert.deepEqual(await askCatalogue(server.address, LIST, never), {
      kind: "reply",
      reply: { kind: "error", error },
    });
    assert.deepEqual(await searchCatalogue(server.address, "x", never), { kind: "refused", error });
  }
  await using server = new OneShotServer(() => "");
  const outcome = await searchCatalogue(server.address, "x", never);
  assert.deepEqual(outcome, { kind: "unreachable", reason: "closed without an answer" });
});

Deno.test("catalogue client: ends in the middle of a request", async () => {
  await using server = new OneShotServer(() => null);
  const { node, told, bugs } = client(server.address);
  node.start();
  await until(() => server.requests.length > 0, "asked");
  await node[Symbol.asyncDispose]();
  node.start();
  assert.deepEqual([told, bugs], [[], []]);
});

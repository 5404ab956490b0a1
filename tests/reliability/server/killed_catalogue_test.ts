/**
 * A server is killed while nodes announce their music to it in parts, leave, and search.
 *
 * @module
 */
import assert from "node:assert/strict";
import { splitRegistration } from "../../../lib/protocol/music.ts";
import { CatalogueClient, searchCatalogue } from "../../../lib/runtime/music/catalogue_client.ts";
import type { CatalogueStatus } from "../../../lib/music/library_status.ts";
import { songs } from "../../directory/catalogue_probe.ts";
import { LineClient } from "../../runtime/line_client.ts";
import { eventually } from "../../runtime/stores/eventually.ts";
import { type HeldLine, KillableServer, type Store } from "./killable_server.ts";

const SONGS = songs(500);

/** What the server counts after each part of the list. */
function counted(): number[] {
  let sum = 0;
  return [...splitRegistration({ name: "node", port: 7000, ttl: 120 }, SONGS)].map((line) =>
    sum += JSON.parse(line).files.length
  );
}

const request: HeldLine = [
  "registry",
  { direction: "forth", line: /"NODE_REGISTER"/, after: "nothing" },
];
const counts = (files: number): HeldLine => [
  "registry",
  { direction: "back", line: new RegExp(`"registered":${files}\\b`), after: "nothing" },
];
const removed: HeldLine = ["registry", { direction: "back", line: /"removed"/, after: "nothing" }];
const page: HeldLine = ["registry", { direction: "back", line: /"nodes"/, after: "half" }];

/** Where each node stands when the server is killed. */
const STEPS: Readonly<Record<string, HeldLine | null>> = {
  "first-part-not-there": request,
  "first-part-not-answered": counts(counted()[0]!),
  "second-part-not-answered": counts(counted()[1]!),
  "last-part-not-answered": counts(SONGS.length),
  "all-there": null,
};

for (const store of ["memory", "data", "redis"] as const satisfies readonly Store[]) {
  Deno.test(`a server (${store}) is killed at each part of a list: all of it is found again`, async () => {
    assert.ok(counted().length > 2);
    await using server = await KillableServer.start(store);
    await using nodes = new AsyncDisposableStack();
    const bugs: unknown[] = [];
    const start = (name: string, ...lines: readonly HeldLine[]) => {
      const taps = server.tapped(...lines);
      const told: CatalogueStatus[] = [];
      const client = nodes.use(
        new CatalogueClient(
          { host: "127.0.0.1", port: taps.registry.port },
          { name, port: 7000, random: Math.random },
          { report: (status) => told.push(status), bug: (error) => bugs.push(error) },
        ),
      );
      client.share(SONGS);
      client.start();
      const has = (kind: string) => eventually(() => told.some((one) => one.kind === kind), kind);
      return { client, told, taps, has };
    };
    const leaving = start("leaving");
    const all = Object.entries(STEPS).map(([name, line]) => ({
      line,
      ...start(name, ...line === null ? [] : [line]),
    }));
    await leaving.has("music_registered");
    server.hold(leaving.taps, removed);
    const left = leaving.client.leave();
    await all.find(({ line }) => line === null)!.has("music_registered");
    const port = server.tapped(page).registry.port;
    const asked = { host: "127.0.0.1", port };
    const search = searchCatalogue(asked, "", new AbortController().signal);

    await server.killAtTheHolds();
    await left;
    assert.deepEqual(await search, { kind: "unreachable", reason: "closed without an answer" });
    for (const { has, line } of all) if (line !== null) await has("music_server_away");

    await server.restart();
    // As a peer does whose chat server is back: the catalogue may have been lost with it.
    for (const { client, line } of all) if (line === null) client.share(SONGS);
    for (const { has } of all) await has("music_registered");
    const expected = Object.fromEntries(Object.keys(STEPS).map((name) => [name, SONGS.length]));
    await eventually(
      async () => JSON.stringify(await catalogue(server)) === JSON.stringify(expected),
      `each node's list in ${JSON.stringify(await catalogue(server))}`,
    );
    for (const { told } of all) {
      for (const status of told) {
        if (status.kind === "music_registered") assert.equal(status.files, SONGS.length);
      }
    }
    assert.deepEqual(bugs, []);
  });
}

/** How many files each node of the catalogue has, by its name. */
async function catalogue({ ports }: KillableServer): Promise<Record<string, number>> {
  const files = new Map<string, number>();
  let after: string | null = null;
  do {
    using client = await LineClient.connect(ports.registryPort);
    await client.send(JSON.stringify({ type: "NODE_LIST", query: "", after }) + "\n");
    const reply = JSON.parse(await client.readLine() ?? "{}");
    for (const node of reply.nodes) {
      files.set(node.name, (files.get(node.name) ?? 0) + node.files.length);
    }
    after = reply.next;
  } while (after !== null);
  const order = Object.keys(STEPS);
  return Object.fromEntries(
    [...files].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  );
}

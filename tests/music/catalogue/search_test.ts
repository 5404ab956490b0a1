import assert from "node:assert/strict";
import { CATALOGUE_NODE_LIMITS } from "../../../lib/music/catalogue/limits.ts";
import { CatalogueSearch } from "../../../lib/music/catalogue/search.ts";
import type { CatalogueReply, ListedNode } from "../../../lib/protocol/music.ts";
import { song, songs } from "../../directory/catalogue_probe.ts";

type Page = CatalogueReply & { kind: "nodes" };

function node(name: string, files: ListedNode["files"], port = 7000): ListedNode {
  return { name, ip: "203.0.113.7", port, files };
}

function page(nodes: readonly ListedNode[], next: string | null = null): Page {
  return { kind: "nodes", nodes, next };
}

/** Gives pages until the search has enough; what it found, and how many it took. */
function search(pages: Iterable<Page>) {
  const search = new CatalogueSearch("bach");
  let step = search.start();
  let count = 0;
  for (const one of pages) {
    assert.equal(step.kind, "ask");
    count += 1;
    step = search.take(one);
    if (step.kind !== "ask") break;
  }
  assert.ok(step.kind === "found");
  return { ...step.listing, count };
}

Deno.test("search: asks page by page", () => {
  const search = new CatalogueSearch("bach");
  const ask = (after: string | null) => ({
    kind: "ask",
    line: JSON.stringify({ type: "NODE_LIST", query: "bach", after }),
  });
  assert.deepEqual(search.start(), ask(null));
  assert.deepEqual(search.take(page([], "m1")), ask("m1"));
  assert.deepEqual(search.take(page([])), {
    kind: "found",
    listing: { songs: [], nodes: [], cut: false },
  });
});

Deno.test("search: a node over several pages is one, a song at several nodes too", () => {
  const { songs: found, nodes } = search([
    page([node("bia", [song(1)])], "a"),
    page([node("bia", [song(2)]), node("ana", [song(1, { title: "Other" })], 7001)]),
  ]);
  assert.deepEqual(nodes.map(({ name, files }) => [name, files]), [["ana", 1], ["bia", 2]]);
  assert.deepEqual(found.map(({ title, sources }) => [title, sources.map(({ name }) => name)]), [
    ["Title 1", ["bia", "ana"]],
    ["Title 2", ["bia"]],
  ]);
});

Deno.test("search: by artist and title, without regard to case and accents; the nameless last", () => {
  const { songs: found } = search([page([node("ana", [
    song(1, { artist: "", title: "A" }),
    song(2, { artist: "Zé", title: "Track 10" }),
    song(3, { artist: "ze", title: "Track 9" }),
    song(4, { artist: "Águas", title: "" }),
    song(5, { artist: "aguas", title: "5" }),
  ])])]);
  assert.deepEqual(found.map(({ id }) => Number(`0x${id}`)), [4, 5, 3, 2, 1]);
});

Deno.test("search: what one node does not know, another does", () => {
  const { songs: [found] } = search([page([
    node("ana", [song(1, { title: "", artist: "", seconds: null })]),
    node("bia", [song(1, { title: "T", artist: "A", seconds: 9, pieces: "f".repeat(64) })]),
  ])]);
  const { title, artist, seconds, pieces } = found!;
  assert.deepEqual([title, artist, seconds, pieces], ["T", "A", 9, "f".repeat(64)]);
});

Deno.test("search: of two lists of pieces the one that most vouch for; of as many, none", () => {
  const [right, wrong] = ["a".repeat(64), "b".repeat(64)];
  const of = (...lists: (string | undefined)[]) =>
    search([page(lists.map((pieces, i) => node(`n${i}`, [song(1, { pieces })])))]).songs[0]!;
  assert.equal(of(wrong, right, right).pieces, right);
  assert.deepEqual(of(wrong, right, right).sources.map(({ name }) => name), ["n1", "n2", "n0"]);
  assert.equal(of(wrong, right).pieces, null);
  assert.equal(of(undefined, undefined, right).pieces, right);
  assert.equal(of(undefined).pieces, null);
});

Deno.test("search: a node that lies about a size does not change the song", () => {
  const { songs: [found] } = search([page([
    node("ana", [song(1, { size: 5, pieces: "b".repeat(64) })]),
    node("bia", [song(1)]),
    node("rui", [song(1)]),
  ])]);
  assert.equal(found!.size, song(1).size);
  assert.equal(found!.pieces, null);
  assert.equal(found!.sources.at(-1)!.name, "ana");
});

Deno.test("search: errors are the server's word", () => {
  assert.deepEqual(new CatalogueSearch("").take({ kind: "error", error: "bad_query" }), {
    kind: "refused",
    error: "bad_query",
  });
  assert.deepEqual(new CatalogueSearch("").take({ kind: "removed", removed: true }), {
    kind: "refused",
    error: "bad_reply",
  });
});

Deno.test("search: a server that goes round, or gives marks without end, is not followed", () => {
  const round = search(Array.from({ length: 10 }, () => page([], "same")));
  assert.deepEqual([round.count, round.cut], [2, true]);
  const endless = search(Array.from({ length: 10_000 }, (_, i) => page([], `m${i}`)));
  assert.deepEqual([endless.count, endless.cut], [CATALOGUE_NODE_LIMITS.pages + 1, true]);
  assert.equal(search([page([], "m".repeat(1000))]).cut, true);
});

Deno.test("search: songs, nodes and sources are bounded", () => {
  const { songs: most, nodes, sourcesPerSong } = CATALOGUE_NODE_LIMITS;
  const many = search([page([node("ana", songs(most + 10))], "m"), page([])]);
  assert.deepEqual([many.songs.length, many.cut, many.count], [most, true, 1]);
  const crowd = Array.from({ length: nodes + 10 }, (_, i) => node(`n${i}`, [song(1)]));
  const found = search([page(crowd)]);
  assert.deepEqual([found.nodes.length, found.cut], [nodes, true]);
  assert.equal(found.songs[0]!.sources.length, sourcesPerSong);
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMITS } from "../../lib/base/limits.ts";
import { CATALOGUE_LIMITS } from "../../lib/directory/catalogue_limits.ts";
import { FileList, type IndexedNode } from "../../lib/directory/catalogue_index.ts";
import { catalogueReply } from "../../lib/directory/catalogue_page.ts";
import { folded } from "../../lib/directory/catalogue_search.ts";
import { bytesOf } from "../vectors/vector.ts";
import { CatalogueProbe, HERE, song, songs, THERE } from "./catalogue_probe.ts";

/** A catalogue with some music in it. */
async function library(): Promise<CatalogueProbe> {
  const catalogue = new CatalogueProbe();
  await catalogue.register("Ana", [
    song(1, { title: "Águas de Março", artist: "Elis Regina", name: "01.mp3" }),
    song(2, { title: "Suite nº 1", artist: "J. S. Bach", name: "bwv1007.flac" }),
    song(3, { title: "", artist: "", name: "Construção.ogg" }),
  ]);
  await catalogue.register("joão", [
    song(1, { title: "Águas de Março", artist: "Elis Regina", name: "aguas.mp3" }),
    song(4, { title: "Wachet auf", artist: "J. S. Bach", name: "bwv140.flac" }),
  ], THERE);
  await catalogue.register("zé", []);
  return catalogue;
}

const ALL = [
  ...["Ana/01.mp3", "Ana/bwv1007.flac", "Ana/Construção.ogg"],
  ...["joão/aguas.mp3", "joão/bwv140.flac", "zé/"],
];

for (
  const [query, found] of [
    ["", ALL],
    [" \t ", ALL],
    ["bach", ["Ana/bwv1007.flac", "joão/bwv140.flac"]],
    ["BACH suite", ["Ana/bwv1007.flac"]],
    ["suite bach", ["Ana/bwv1007.flac"]],
    ["bwv", ["Ana/bwv1007.flac", "joão/bwv140.flac"]],
    ["wv14", ["joão/bwv140.flac"]],
    ["aguas março", ["Ana/01.mp3", "joão/aguas.mp3"]],
    ["ÁGUAS MARCO", ["Ana/01.mp3", "joão/aguas.mp3"]],
    ["A\u0301guas", ["Ana/01.mp3", "joão/aguas.mp3"]],
    ["construcao", ["Ana/Construção.ogg"]],
    ["ana", ["Ana/01.mp3", "Ana/bwv1007.flac", "Ana/Construção.ogg"]],
    ["ana bach", ["Ana/bwv1007.flac"]],
    ["JOAO bach", ["joão/bwv140.flac"]],
    ["ze", ["zé/"]],
    ["ze bach", []],
    ["regina bach", []],
    ["nobody", []],
    ["mp3flac", []],
  ] as const
) {
  Deno.test(`NODE_LIST: ${JSON.stringify(query)} finds ${found.length}`, async () => {
    const catalogue = await library();
    assert.deepEqual(await catalogue.found(query), found);
  });
}

Deno.test("pages: none is longer than a line, and together they are all", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.registerAll("ana", songs(400));
  await catalogue.register("bia", []);
  await catalogue.registerAll("cid", songs(300), THERE);
  let after: string | null = null;
  const found: string[] = [];
  let pages = 0;
  do {
    const line = await catalogue.line({ type: "NODE_LIST", after });
    assert.ok(bytesOf(line).length <= LIMITS.jsonLineBytes);
    const { nodes, next } = JSON.parse(line);
    for (const { name, files } of nodes) {
      if (files.length === 0) found.push(name);
      for (const file of files) found.push(`${name} ${file.id}`);
    }
    after = next;
    pages += 1;
  } while (after !== null);
  assert.ok(pages >= 4, String(pages));
  assert.deepEqual(found, [
    ...songs(400).map(({ id }) => `ana ${id}`),
    "bia",
    ...songs(300).map(({ id }) => `cid ${id}`),
  ]);
});

Deno.test("pages: what comes and goes between them makes nothing else appear twice or get lost", async () => {
  const catalogue = new CatalogueProbe();
  const [even, odd] = [0, 1].map((rest) => songs(400).filter((_, i) => i % 2 === rest));
  for (const name of ["ana", "bia", "cid", "eva"]) await catalogue.registerAll(name, even!);
  let step = 0;
  const found = await catalogue.found("", async () => {
    step += 1;
    if (step === 1) {
      // A list that pages are being made from changes under them; nodes before and behind come.
      await catalogue.registerAll("ana", [...odd!, ...even!]);
      await catalogue.register("aaa", songs(2));
      await catalogue.register("zoe", songs(2));
    }
    if (step === 2) await catalogue.ask({ type: "NODE_REMOVE", name: "aaa" });
    if (step === 3) await catalogue.ask({ type: "NODE_REMOVE", name: "cid" });
    if (step === 4) await catalogue.registerAll("bia", odd!);
  });
  assert.equal(new Set(found).size, found.length, "something appeared twice");
  for (const { name } of even!) {
    assert.ok(found.includes(`ana/${name}`), `ana/${name}`);
    assert.ok(found.includes(`eva/${name}`), `eva/${name}`);
  }
  assert.ok(found.includes("zoe/1.mp3"));
});

Deno.test("pages: any mark is taken", async () => {
  const catalogue = await library();
  for (const [after, first] of [["", 0], [":", 0], ["Zoe", 3], [":joão", 5], ["x:y", 5]] as const) {
    const { nodes, next } = await catalogue.page("", after);
    assert.equal(next, null);
    const files = nodes.flatMap((node: { files: unknown[] }) => node.files).length;
    assert.equal(files, Math.max(0, 5 - first), after);
  }
  assert.equal((await catalogue.page("", "\ud800:\0")).next, null);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 80 }), async (after) => {
      const { status } = await catalogue.page("", after);
      assert.equal(status, "OK");
    }),
    { seed: 1, numRuns: 200 },
  );
});

/** A node with a list that has so many units to search, none of which is found. */
function longNode(name: string, units: number): IndexedNode {
  const each = 255 * 3 + 3;
  const text = "x".repeat(255);
  const files = songs(Math.ceil(units / each)).map((file) => ({
    ...file,
    name: text,
    title: text,
    artist: text,
  }));
  return { address: { name, ip: HERE, port: 1 }, foldedName: name, list: new FileList(files) };
}

Deno.test("pages: a search that takes long is cut, and goes on where it was", () => {
  const nodes = ["a", "b", "c", "d", "e"].map((name) =>
    longNode(name, CATALOGUE_LIMITS.searchedUnits / 2)
  );
  nodes.push({
    address: { name: "f", ip: HERE, port: 1 },
    foldedName: "f",
    list: new FileList([song(1, { title: "bach" })]),
  });
  // The lists are made ready one at a request, at first.
  const marks: (string | null)[] = [];
  for (let after: string | null = null, i = 0; i === 0 || after !== null; i += 1) {
    const reply = JSON.parse(catalogueReply(nodes, "bach", after));
    after = reply.next as string | null;
    marks.push(after);
    assert.equal(reply.nodes.length, after === null ? 1 : 0);
  }
  assert.deepEqual(marks, [":a", ":b", ":c", ":d", ":e", null]);
  assert.equal(JSON.parse(catalogueReply(nodes, "bach", null)).next, ":b");
  assert.equal(JSON.parse(catalogueReply(nodes, "bach", ":d")).next, null);
});

Deno.test("search: a page is what looking at each file by itself finds", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "A", "á", "b", "ç", "c", " ", "中", "각", "😀"),
    maxLength: 8,
  });
  const files = fc.array(fc.record({ title: text, artist: text, name: text }), { maxLength: 12 });
  fc.assert(
    fc.property(files, text, text, (fields, nodeName, query) => {
      const list = fields.map((field, i) => song(i, field));
      const node: IndexedNode = {
        address: { name: `n${nodeName}`, ip: HERE, port: 1 },
        foldedName: folded(nodeName),
        list: new FileList(list),
      };
      const words = folded(query).split(" ").filter((word) => word !== "");
      const expected = list.filter((file) =>
        words.every((word) =>
          [file.title, file.artist, file.name, nodeName].some((one) => folded(one).includes(word))
        )
      );
      const { nodes } = JSON.parse(catalogueReply([node], query, null));
      const ids = (nodes[0]?.files ?? []).map(({ id }: { id: string }) => id);
      assert.deepEqual(ids, expected.map(({ id }) => id));
    }),
    { seed: 7, numRuns: 2000 },
  );
});

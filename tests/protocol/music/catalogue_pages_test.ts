import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import {
  type CatalogueFile,
  formatCatalogueReply,
  type ListedNode,
  NodePage,
  parseCatalogueReply,
  parseCatalogueRequest,
  splitRegistration,
} from "../../../lib/protocol/music.ts";
import { SUITE } from "../../vectors/music.ts";
import { bytesOf } from "../../vectors/vector.ts";

const ANA = { name: "ana", port: 7000, ttl: 120 };
const AT = { name: "ana", ip: "192.0.2.7", port: 7000 };

/** Files of every size, with texts of one, two, three and four bytes a character and with quotes. */
function files(count: number): CatalogueFile[] {
  return Array.from({ length: count }, (_, i) => ({
    ...SUITE,
    id: i.toString(16).padStart(64, "0"),
    title: ["a", "ú", "中", "😀", '"', "\\"][i % 6]!.repeat(i % 128),
    pieces: i % 2 === 0 ? SUITE.pieces : undefined,
  }));
}

Deno.test("a list is split into lines that fit, all but the last with more", () => {
  const all = files(700);
  const lines = splitRegistration(ANA, all);
  assert.ok(lines.length >= 5 && lines.length < 20, String(lines.length));
  const requests = lines.map((line) => {
    const bytes = bytesOf(line);
    assert.ok(bytes.length <= LIMITS.jsonLineBytes);
    const request = parseCatalogueRequest(bytes);
    assert.ok(request.kind === "NODE_REGISTER");
    assert.deepEqual([request.name, request.port, request.ttl], ["ana", 7000, 120]);
    return request;
  });
  assert.deepEqual(requests.flatMap(({ files }) => files), all);
  assert.deepEqual(
    requests.map(({ more }) => more),
    lines.map((_, at) => at < lines.length - 1),
  );
});

Deno.test("a line is filled up to its last byte", () => {
  const all = Array.from({ length: 200 }, () => SUITE);
  const [first = ""] = splitRegistration(ANA, all);
  const spare = LIMITS.jsonLineBytes - bytesOf(first).length;
  assert.ok(spare >= 0 && spare < bytesOf(JSON.stringify(SUITE)).length + 1, String(spare));
});

Deno.test("no files are one line", () => {
  assert.deepEqual(splitRegistration(ANA, []), [
    '{"type":"NODE_REGISTER","name":"ana","port":7000,"ttl":120,"files":[],"more":false}',
  ]);
});

Deno.test("a page is what formatCatalogueReply writes", () => {
  const [one, two, three] = files(3) as [CatalogueFile, CatalogueFile, CatalogueFile];
  const bia = { ...AT, name: "bia" };
  const cid = { ...AT, name: '"cid"' };
  const page = new NodePage();
  assert.ok(page.add(AT, one) && page.add(AT, two));
  assert.ok(page.add(bia, null));
  assert.ok(page.add(cid, three));
  const nodes: ListedNode[] = [
    { ...AT, files: [one, two] },
    { ...bia, files: [] },
    { ...cid, files: [three] },
  ];
  assert.equal(page.finish("x"), formatCatalogueReply({ kind: "nodes", nodes, next: "x" }));
  const empty = formatCatalogueReply({ kind: "nodes", nodes: [], next: null });
  assert.equal(new NodePage().finish(null), empty);
});

Deno.test("a full page takes no more, does not change, and fits with the longest mark", () => {
  const page = new NodePage();
  const all = files(700);
  const taken = all.findIndex((file) => !page.add(AT, file));
  assert.ok(taken > 60, String(taken));
  assert.equal(page.add({ ...AT, name: "x".repeat(64) }, all[127]!), false);
  const line = page.finish("中".repeat(512));
  assert.ok(bytesOf(line).length <= LIMITS.jsonLineBytes);
  const reply = parseCatalogueReply(bytesOf(line));
  assert.ok(reply.kind === "nodes");
  assert.deepEqual(reply.nodes, [{ ...AT, files: all.slice(0, taken) }]);
});

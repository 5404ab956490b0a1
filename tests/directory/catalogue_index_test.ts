import assert from "node:assert/strict";
import { CatalogueIndex } from "../../lib/directory/catalogue_index.ts";
import { CatalogueProbe, HERE, songs, THERE } from "./catalogue_probe.ts";

Deno.test("index: a list is made ready for searching once, however often its node renews", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", songs(3));
  const index = new CatalogueIndex();
  const list = async () => {
    const registrations = await catalogue.store.list("music", {}, catalogue.probe.now);
    const nodes = index.nodesOf(registrations);
    assert.equal(index.nodesOf(registrations), nodes);
    return nodes[0]!.list;
  };
  const first = await list();
  assert.equal(first.ready, false);
  assert.ok(first.haystack.length > 0 && first.ready);
  await catalogue.register("bia", [], THERE);
  await catalogue.register("ana", undefined, HERE, { port: 9 });
  assert.equal(await list(), first);
  await catalogue.register("ana", songs(3));
  assert.notEqual(await list(), first);
});

Deno.test("index: nodes are in the order of their names", async () => {
  const catalogue = new CatalogueProbe();
  for (const name of ["zoe", "João", "ana", "Ana"]) await catalogue.register(name, []);
  const registrations = await catalogue.store.list("music", {}, catalogue.probe.now);
  const nodes = new CatalogueIndex().nodesOf(registrations);
  assert.deepEqual(nodes.map(({ address }) => address.name), ["Ana", "João", "ana", "zoe"]);
  assert.deepEqual(nodes.map(({ foldedName }) => foldedName), ["ana", "joao", "ana", "zoe"]);
});

import assert from "node:assert/strict";
import type { CatalogueEntry } from "../../lib/directory/catalogue_entry.ts";
import { CATALOGUE_LIMITS } from "../../lib/directory/catalogue_limits.ts";
import { CatalogueUse } from "../../lib/directory/catalogue_use.ts";
import type { Registration } from "../../lib/directory/store.ts";
import { HERE, THERE } from "./catalogue_probe.ts";

/** A registration that counts so many bytes. */
function taken(id: string, owner: string, bytes: number): Registration {
  const payload: CatalogueEntry = { port: 1, list: id, bytes, files: [] };
  return { service: "music", group: "", id, owner, holder: id, payload, expiresAt: Infinity };
}

const NEW = { owner: HERE, bytes: 1000, files: 1 };

Deno.test("caps: files and bytes of a node", () => {
  const use = new CatalogueUse();
  const { filesPerNode: files, bytesPerNode: bytes } = CATALOGUE_LIMITS;
  const fault = (more: object) => use.faultOf({ ...NEW, ...more }, [], [], []);
  assert.equal(fault({ files, bytes }), null);
  assert.equal(fault({ files: files + 1 }), "too_many_files");
  assert.equal(fault({ bytes: bytes + 1 }), "too_many_files");
});

Deno.test("caps: bytes of an address, with lists that are being sent, and of all", () => {
  const { bytesPerAddress, bytes } = CATALOGUE_LIMITS;
  const use = new CatalogueUse();
  const nodes = [taken("a", HERE, bytesPerAddress - 5000), taken("b", THERE, bytesPerAddress)];
  const parts = [taken("c", HERE, 4000)];
  assert.equal(use.faultOf(NEW, nodes, parts, []), null);
  assert.equal(use.faultOf({ ...NEW, bytes: 1001 }, nodes, parts, []), "full");
  assert.equal(use.faultOf({ ...NEW, bytes: 5000 }, nodes, parts, parts), null);
  assert.equal(use.faultOf({ ...NEW, bytes: 5001 }, nodes, parts, [...parts, null]), "full");
  assert.equal(use.faultOf({ ...NEW, owner: THERE }, nodes, parts, []), "full");
  const everyone = [taken("d", "10.0.0.1", bytes - 1000)];
  assert.equal(use.faultOf(NEW, everyone, [], []), null);
  assert.equal(use.faultOf(NEW, everyone, [taken("e", "10.0.0.2", 1)], []), "full");
});

Deno.test("caps: nodes of an address and of all", () => {
  const { nodesPerAddress, nodes: most } = CATALOGUE_LIMITS;
  const use = new CatalogueUse();
  const many = (count: number, owner: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => taken(`n${i}`, owner(i), 1));
  const mine = many(nodesPerAddress - 1, () => HERE);
  assert.equal(use.faultOf(NEW, mine, [], []), null);
  const oneSending = [taken("p", HERE, 1)];
  assert.equal(use.faultOf(NEW, mine, oneSending, []), "full");
  assert.equal(use.faultOf(NEW, mine, oneSending, oneSending), null);
  const all = many(most, (i) => `10.0.${i >> 8}.${i & 255}`);
  assert.equal(use.faultOf(NEW, all, [], []), "full");
  assert.equal(use.faultOf(NEW, all, [], [all[7]!]), null);
});

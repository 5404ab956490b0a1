import assert from "node:assert/strict";
import { bytesOfFiles } from "../../lib/directory/catalogue_entry.ts";
import { CATALOGUE_LIMITS } from "../../lib/directory/catalogue_limits.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { CatalogueProbe, HERE, song, songs, THERE } from "./catalogue_probe.ts";

Deno.test("caps: the arithmetic of the page on limits", () => {
  const usual = song(1, { name: "n".repeat(40), title: "t".repeat(25), artist: "a".repeat(15) });
  assert.equal(bytesOfFiles([usual]), 1090);
  const { bytesPerNode, bytesPerAddress, bytes } = CATALOGUE_LIMITS;
  assert.deepEqual(
    [bytesPerNode, bytesPerAddress, bytes].map((most) => Math.floor(most / 1090)),
    [15_391, 61_567, 492_542],
  );
});

Deno.test("caps: a million files are refused when they are too many, and the memory is given back", async () => {
  const store = new MemoryStore();
  const catalogue = new CatalogueProbe(store);
  const long = (from: number) =>
    Array.from({ length: 12 }, (_, i) => song(from + i, { title: "t".repeat(255) }));
  let files = 0;
  let error: string | undefined;
  while (error === undefined && files < 1_000_000) {
    const reply = await catalogue.register("bomb", long(files), HERE, { more: true });
    error = reply.error;
    files += 12;
  }
  assert.equal(error, "too_many_files");
  assert.ok(bytesOfFiles(long(files)) / 12 * files < CATALOGUE_LIMITS.bytesPerNode * 1.01);
  assert.equal(store.size, 0);
  assert.deepEqual(await catalogue.found(), []);
  // An honest node beside it is served.
  assert.equal((await catalogue.register("ana", songs(3), THERE)).registered, 3);
});

Deno.test("caps: a list that is too long leaves the one before as it was", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  const replies = await catalogue.registerAll("ana", songs(CATALOGUE_LIMITS.filesPerNode + 1));
  const refused = replies.filter(({ error }) => error === "too_many_files");
  assert.equal(refused.length, 1);
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3"]);
});

Deno.test("caps: a store that is full says so", async () => {
  const catalogue = new CatalogueProbe(new MemoryStore({ records: 1, recordsPerOwner: 1 }));
  await catalogue.register("ana", [song(1)]);
  assert.equal((await catalogue.register("bia", [song(1)])).error, "full");
  assert.equal((await catalogue.register("bia", [song(1)], THERE, { more: true })).error, "full");
});

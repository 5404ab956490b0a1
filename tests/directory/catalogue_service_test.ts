import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { CATALOGUE_LIMITS } from "../../lib/directory/catalogue_limits.ts";
import { CatalogueService, type SearchTurns } from "../../lib/directory/catalogue_service.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { CatalogueProbe, HERE, song, songs, THERE } from "./catalogue_probe.ts";
import { refusals } from "./desk_probe.ts";
import { LateStore } from "./late_store.ts";

Deno.test("NODE_REGISTER: the reply has the ttl and the files, and the table gets the node", async () => {
  const catalogue = new CatalogueProbe();
  assert.deepEqual(await catalogue.register("ana", [song(1), song(2)]), {
    status: "OK",
    ttl: 120,
    registered: 2,
  });
  assert.deepEqual(
    catalogue.effects.filter(({ kind }) => kind === "user_added"),
    [{ kind: "user_added", service: "music", name: "ana" }],
  );
  assert.deepEqual(await catalogue.service.users(catalogue.probe.now), [
    { name: "ana", ip: HERE, port: 7000 },
  ]);
  assert.deepEqual(await catalogue.list(), [
    {
      name: "ana",
      ip: HERE,
      port: 7000,
      files: JSON.parse(JSON.stringify([song(1), song(2)])),
    },
  ]);
});

Deno.test("the lease: gone when it runs out, 120 s where none is asked for", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  await catalogue.register("bia", [song(2)], THERE, { ttl: 3600 });
  catalogue.probe.now += 120 * SECOND - 1;
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3", "bia/2.mp3"]);
  catalogue.probe.now += 1;
  assert.deepEqual(await catalogue.found(), ["bia/2.mp3"]);
  assert.equal((await catalogue.register("ana", [song(3)], THERE)).status, "OK");
  catalogue.probe.now += 3600 * SECOND;
  assert.deepEqual(await catalogue.found(), []);
});

Deno.test("renewing: without files the list stays, with files it is replaced", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", songs(3));
  catalogue.probe.now += 60 * SECOND;
  assert.equal((await catalogue.register("ana", undefined, HERE, { ttl: 240 })).registered, 3);
  assert.deepEqual(catalogue.effects.filter(({ kind }) => kind === "user_added"), []);
  catalogue.probe.now += 200 * SECOND;
  assert.equal((await catalogue.found()).length, 3);
  await catalogue.register("ana", [song(9)]);
  assert.deepEqual(catalogue.effects.filter(({ kind }) => kind === "user_added"), []);
  assert.deepEqual(await catalogue.found(), ["ana/9.mp3"]);
  await catalogue.register("ana", []);
  assert.deepEqual(await catalogue.found(), ["ana/"]);
});

Deno.test("renewing: another port is taken over, with the files", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", songs(2));
  const renewal = await catalogue.register("ana", undefined, HERE, { port: 7001 });
  assert.deepEqual(renewal, { status: "OK", ttl: 120, registered: 2 });
  const [ana] = await catalogue.list();
  assert.deepEqual([ana?.port, ana?.files.length], [7001, 2]);
});

Deno.test("renewing: a node whose lease ran out is told that nothing is registered", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", songs(2));
  catalogue.probe.now += 121 * SECOND;
  assert.equal((await catalogue.register("ana")).registered, 0);
  assert.deepEqual(await catalogue.found(), ["ana/"]);
});

Deno.test("a name belongs to the address that registered it", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  const taken = { status: "ERROR", error: "already_registered" };
  for (const files of [[song(2)], [], undefined]) {
    assert.deepEqual(await catalogue.register("ana", files, THERE), taken);
    assert.deepEqual(refusals(catalogue.effects), ["already_registered"]);
  }
  assert.deepEqual(await catalogue.register("ana", [song(2)], THERE, { more: true }), taken);
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3"]);
});

Deno.test("of two addresses that send lists under one name, the first to finish has it", async () => {
  const catalogue = new CatalogueProbe();
  assert.equal((await catalogue.register("ana", [song(1)], HERE, { more: true })).registered, 1);
  assert.equal((await catalogue.register("ana", [song(2)], THERE, { more: true })).registered, 1);
  assert.equal((await catalogue.register("ana", [song(3)], THERE)).registered, 2);
  const { error } = await catalogue.register("ana", [song(4)], HERE);
  assert.equal(error, "already_registered");
  assert.deepEqual(await catalogue.found(), ["ana/2.mp3", "ana/3.mp3"]);
});

Deno.test("NODE_REMOVE: only by the registering address, and it says whether", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  const remove = (ip: string) => catalogue.ask({ type: "NODE_REMOVE", name: "ana" }, ip);
  assert.deepEqual(await remove(THERE), { status: "OK", removed: false });
  assert.deepEqual(refusals(catalogue.effects), ["not_owner"]);
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3"]);
  assert.deepEqual(await remove(HERE), { status: "OK", removed: true });
  assert.deepEqual(
    catalogue.effects.filter(({ kind }) => kind === "user_removed"),
    [{ kind: "user_removed", service: "music", name: "ana" }],
  );
  assert.deepEqual(await catalogue.found(), []);
  assert.deepEqual(await remove(HERE), { status: "OK", removed: false });
  assert.deepEqual(refusals(catalogue.effects), [], "nothing was there");
});

/** Turns that are given by the test. */
class ManualTurns {
  readonly waiting: { readonly ip: string; readonly go: () => void }[] = [];
  left = 0;

  readonly turns: SearchTurns = {
    next: (_link, ip) => new Promise((go) => this.waiting.push({ ip, go })),
    left: () => this.left += 1,
  };
}

/** A catalogue of some files, its searches' turns, and a search of it. */
async function searched(files: number) {
  const manual = new ManualTurns();
  const store = new MemoryStore();
  const service = new CatalogueService(store, "s1", manual.turns);
  const object = { type: "NODE_REGISTER", name: "ana", port: 1, files: songs(files) };
  await service.answer(object, { link: 2, ip: HERE, port: 1 }, 0);
  const search = (now: number, query = "title") =>
    service.answer({ type: "NODE_LIST", query }, { link: 4, ip: THERE, port: 1 }, now);
  // How large the catalogue is shows when somebody searches it.
  await search(0);
  return { manual, search };
}

Deno.test("searches of a large catalogue take turns where one was just before", async () => {
  const { manual, search } = await searched(CATALOGUE_LIMITS.quickFiles + 1);
  assert.ok(!(search(1000) instanceof Promise), "the first is answered at once");
  const second = search(1000 + CATALOGUE_LIMITS.searchTime - 1);
  assert.ok(!(search(1000, "") instanceof Promise), "listing all looks through nothing");
  await Promise.resolve();
  assert.deepEqual(manual.waiting.map(({ ip }) => ip), [THERE]);
  assert.equal(manual.left, 0);
  manual.waiting[0]!.go();
  assert.match((await second).reply ?? "", /"name":"ana"/);
  assert.equal(manual.left, 1);
  assert.ok(!(search(1000 + CATALOGUE_LIMITS.searchTime) instanceof Promise), "time has passed");
});

Deno.test("searches of a small catalogue never wait", async () => {
  const { manual, search } = await searched(CATALOGUE_LIMITS.quickFiles);
  for (let count = 0; count < 5; count += 1) assert.ok(!(search(1000) instanceof Promise));
  assert.deepEqual(manual.waiting, []);
});

Deno.test("parts: nothing is seen before the last one, then all of it by id, each id once", async () => {
  const catalogue = new CatalogueProbe();
  const part = { more: true };
  assert.equal((await catalogue.register("ana", [song(5), song(1)], HERE, part)).registered, 2);
  assert.deepEqual(await catalogue.found(), []);
  // Sent again because its reply was lost.
  await catalogue.register("ana", [song(5), song(1)], HERE, part);
  const last = await catalogue.register("ana", [song(3), song(1, { title: "New" })]);
  assert.equal(last.registered, 3);
  const [ana] = await catalogue.list();
  assert.deepEqual(
    ana?.files.map(({ name, title }) => [name, title]),
    [["1.mp3", "New"], ["3.mp3", "Title 3"], ["5.mp3", "Title 5"]],
  );
  // The parts are gone: the next list is a new one.
  assert.equal((await catalogue.register("ana", [song(7)])).registered, 1);
});

Deno.test("parts: the list that is there stays until the new one is complete", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  await catalogue.register("ana", [song(2)], HERE, { more: true });
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3"]);
  // Renewing is no part.
  assert.equal((await catalogue.register("ana")).registered, 1);
  await catalogue.register("ana", [song(3)]);
  assert.deepEqual(await catalogue.found(), ["ana/2.mp3", "ana/3.mp3"]);
});

Deno.test("parts: who stops in the middle begins anew, after a while or after NODE_REMOVE", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)], HERE, { more: true });
  catalogue.probe.now += CATALOGUE_LIMITS.partsPause;
  assert.equal((await catalogue.register("ana", [song(2)], HERE, { more: true })).registered, 1);
  await catalogue.ask({ type: "NODE_REMOVE", name: "ana" }, THERE);
  await catalogue.ask({ type: "NODE_REMOVE", name: "ana" });
  assert.equal((await catalogue.register("ana", [song(3)])).registered, 1);
  assert.deepEqual(await catalogue.found(), ["ana/3.mp3"]);
});

Deno.test("parts may come to different servers of one store, and each lists what is there", async () => {
  const store = new MemoryStore();
  const [one, two] = [new CatalogueProbe(store, "s1"), new CatalogueProbe(store, "s2")];
  await one.register("ana", [song(1)], HERE, { more: true });
  assert.equal((await two.register("ana", [song(2)])).registered, 2);
  assert.deepEqual(await one.found(), ["ana/1.mp3", "ana/2.mp3"]);
  await one.register("bia", [song(3)]);
  await two.register("bia", [song(4)]);
  assert.deepEqual(await one.found("bia"), ["bia/4.mp3"]);
  assert.deepEqual(await two.found("bia"), ["bia/4.mp3"]);
});

Deno.test("a large list goes through in parts and comes back in pages", async () => {
  const catalogue = new CatalogueProbe();
  const replies = await catalogue.registerAll("ana", songs(1000));
  assert.deepEqual(replies.map(({ status }) => status), replies.map(() => "OK"));
  assert.ok(replies.length > 4);
  assert.equal(replies.at(-1).registered, 1000);
  assert.deepEqual((await catalogue.found()).length, 1000);
});

Deno.test("bad fields: each its word, and nothing is registered", async () => {
  const catalogue = new CatalogueProbe();
  for (
    const [fields, error] of [
      [{ name: "" }, "bad_name"],
      [{ ttl: "soon" }, "bad_ttl"],
      [{ port: 0 }, "bad_port"],
      [{ files: [{}] }, "bad_files"],
      [{ more: 1 }, "bad_more"],
    ] as const
  ) {
    const reply = await catalogue.register("ana", [song(1)], HERE, fields);
    assert.deepEqual(reply, { status: "ERROR", error });
  }
  assert.deepEqual(await catalogue.ask({ type: "NODE_LIST", query: 7 }), {
    status: "ERROR",
    error: "bad_query",
  });
  assert.deepEqual(await catalogue.found(), []);
});

Deno.test("a store that answers later: the same answers", async () => {
  const catalogue = new CatalogueProbe(new LateStore(new MemoryStore()));
  await catalogue.register("ana", songs(2), HERE, { more: true });
  assert.equal((await catalogue.register("ana", songs(2, 2))).registered, 4);
  assert.equal((await catalogue.register("ana")).registered, 4);
  assert.equal((await catalogue.register("ana", [], THERE)).error, "already_registered");
  assert.equal((await catalogue.register("ana", undefined, HERE, { port: 9 })).registered, 4);
  assert.equal((await catalogue.found("artist")).length, 4);
  assert.equal((await catalogue.ask({ type: "NODE_REMOVE", name: "ana" })).removed, true);
  assert.deepEqual(await catalogue.service.users(catalogue.probe.now), []);
});

Deno.test("a lease that ends while it is being renewed: the node is told that nothing is left", async () => {
  const inner = new MemoryStore();
  const late = new LateStore(inner);
  const catalogue = new CatalogueProbe(late);
  await catalogue.register("ana", songs(2));
  late.renew = (place) => {
    const held = inner.find(place, catalogue.probe.now)!;
    return Promise.resolve(inner.release(place, held.holder, catalogue.probe.now) && false);
  };
  assert.equal((await catalogue.register("ana")).registered, 0);
});

Deno.test("a name that another server gives away meanwhile is taken", async () => {
  const inner = new MemoryStore();
  const late = new LateStore(inner);
  const catalogue = new CatalogueProbe(late);
  const other = new CatalogueProbe(inner, "s2");
  late.hold();
  const reply = catalogue.register("ana", [song(1)]);
  // The first server has seen that the name is free.
  await other.register("ana", [song(2)], THERE);
  late.answer();
  assert.equal((await reply).error, "already_registered");
});

Deno.test("who fell silent elsewhere is not listed any more, at that address alone", async () => {
  const catalogue = new CatalogueProbe();
  await catalogue.register("ana", [song(1)]);
  const gone = (ip: string) => catalogue.probe.input({ kind: "vanished", name: "ana", ip });
  assert.deepEqual(await gone(THERE), []);
  assert.deepEqual(await catalogue.found(), ["ana/1.mp3"]);
  assert.deepEqual(await gone(HERE), [{ kind: "user_removed", service: "music", name: "ana" }]);
  assert.deepEqual(await catalogue.found(), []);
  assert.equal((await catalogue.register("ana", [song(1)], THERE)).status, "OK");
});

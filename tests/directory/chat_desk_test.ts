import assert from "node:assert/strict";
import type { LinkId } from "../../lib/base/link.ts";
import { SECOND } from "../../lib/base/units.ts";
import { ChatDesk } from "../../lib/directory/chat_desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import type { DirectoryStore } from "../../lib/directory/store.ts";
import { DeskProbe, onLinks, refusals, sentTo } from "./desk_probe.ts";
import { LateStore } from "./late_store.ts";

const LEASE = 15 * SECOND;

function probeOf(store: DirectoryStore = new MemoryStore(), server = "server") {
  return new DeskProbe(new ChatDesk(store, server));
}

/** A connection from `ip` that registered `name`. */
async function register(probe: DeskProbe, name: string, ip = "192.0.2.1", port = 20_000) {
  const link = await probe.connect(ip);
  const effects = await probe.line(link, `USER ${name}:${port}`);
  assert.deepEqual(effects, [{ kind: "user_added", service: "chat", name }]);
  return link;
}

async function list(probe: DeskProbe, link: LinkId): Promise<string> {
  const effects = await probe.line(link, "LIST");
  const [line, ...more] = sentTo(link, effects);
  assert.deepEqual(more, []);
  assert.equal(effects.length, 1);
  return line!;
}

Deno.test("chat desk: a connection is not greeted", async () => {
  const probe = probeOf();
  const effects = await probe.input({ kind: "accepted", link: 2, ip: "192.0.2.1", port: 50_000 });
  assert.deepEqual(effects, []);
});

Deno.test("chat desk: a valid USER is not answered and makes the name active", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  assert.equal(probe.desk.nameOf(ana), "Ana");
  const bruno = await register(probe, "Bruno", "192.0.2.2");
  assert.equal(await list(probe, bruno), "LIST Ana");
});

Deno.test("chat desk: LIST with nobody else is LIST and a blank", async () => {
  const probe = probeOf();
  assert.equal(await list(probe, await register(probe, "Ana")), "LIST ");
});

Deno.test("chat desk: LIST has the others, oldest first, without who asks", async () => {
  const probe = probeOf();
  const names = ["Ana", "Bruno", "Camila", "João"];
  const links: LinkId[] = [];
  for (const [i, name] of names.entries()) {
    links.push(await register(probe, name, `192.0.2.${i + 1}`));
  }
  assert.equal(await list(probe, links[0]!), "LIST Bruno:Camila:João");
  assert.equal(await list(probe, links[1]!), "LIST Ana:Camila:João");
  assert.equal(await list(probe, links[3]!), "LIST Ana:Bruno:Camila");
});

Deno.test("chat desk: LIST leaves out the asker's name and not one that contains it", async () => {
  const probe = probeOf();
  await register(probe, "Anabela", "192.0.2.2");
  const ana = await register(probe, "Ana");
  await register(probe, "Mariana", "192.0.2.3");
  assert.equal(await list(probe, ana), "LIST Anabela:Mariana");
});

Deno.test("chat desk: ADDR of an active user is where the server saw it, and its port", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana", "192.0.2.1", 20_000);
  await register(probe, "Bruno", "2001:db8::7", 21_500);
  const effects = await probe.line(ana, "ADDR Bruno");
  assert.deepEqual(effects, [{ kind: "send", link: ana, line: "ADDR 2001:db8::7:21500" }]);
  const own = await probe.line(ana, "ADDR Ana");
  assert.deepEqual(sentTo(ana, own), ["ADDR 192.0.2.1:20000"]);
});

Deno.test("chat desk: ADDR of a user who is not active is not answered", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  assert.deepEqual(await probe.line(ana, "ADDR Bruno"), []);
  const bruno = await register(probe, "Bruno", "192.0.2.2");
  await probe.input({ kind: "closed", link: bruno, reason: "end_of_file" });
  assert.deepEqual(await probe.line(ana, "ADDR Bruno"), []);
});

Deno.test("chat desk: names compare after NFC, and to the letter", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  const joao = await probe.connect("192.0.2.2");
  await probe.line(joao, "USER Joa\u0303o:1");
  assert.equal(probe.desk.nameOf(joao), "Jo\u00e3o");
  assert.deepEqual(sentTo(ana, await probe.line(ana, "ADDR Jo\u00e3o")), ["ADDR 192.0.2.2:1"]);
  assert.deepEqual(sentTo(ana, await probe.line(ana, "ADDR Joa\u0303o")), ["ADDR 192.0.2.2:1"]);
  assert.deepEqual(await probe.line(ana, "ADDR jo\u00e3o"), []);
});

Deno.test("chat desk: replies come in the order of the requests", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  await register(probe, "Bruno", "192.0.2.2", 1);
  const sent: string[] = [];
  for (const line of ["ADDR Bruno", "LIST", "ADDR nobody", "LIST", "KEEP", "ADDR Bruno"]) {
    sent.push(...sentTo(ana, await probe.line(ana, line)));
  }
  assert.deepEqual(sent, ["ADDR 192.0.2.2:1", "LIST Bruno", "LIST Bruno", "ADDR 192.0.2.2:1"]);
});

for (const line of ["LIST", "KEEP", "ADDR Ana"]) {
  Deno.test(`chat desk: ${line} before USER is ignored and counted`, async () => {
    const probe = probeOf();
    await register(probe, "Ana");
    const link = await probe.connect("192.0.2.2");
    const effects = await probe.line(link, line);
    assert.deepEqual(effects, [{ kind: "refused", link, code: "not_registered" }]);
    assert.deepEqual(onLinks(await probe.line(link, "USER Bruno:1")), []);
    assert.equal(probe.desk.nameOf(link), "Bruno");
  });
}

for (const line of ["HELLO", "", "list", "KEEPLIST", "ADDR ", "ADDR a:b", "LIST ", "\u0000"]) {
  Deno.test(`chat desk: ${JSON.stringify(line)} is ignored, before USER and after`, async () => {
    const probe = probeOf();
    const link = await probe.connect();
    const ignored = [{ kind: "refused", link, code: "bad_instruction" }];
    assert.deepEqual(await probe.line(link, line), ignored);
    assert.deepEqual(await probe.line(link, "USER Ana:1"), [
      { kind: "user_added", service: "chat", name: "Ana" },
    ]);
    assert.deepEqual(await probe.line(link, line), ignored);
    assert.equal(await list(probe, link), "LIST ");
  });
}

for (
  const line of [
    "USER",
    "USER ",
    "USER Ana",
    "USER Ana:0",
    "USER Ana:65536",
    "USER A:b:1",
    "USER :1",
  ]
) {
  Deno.test(`chat desk: ${JSON.stringify(line)} closes the connection`, async () => {
    const probe = probeOf();
    const link = await probe.connect();
    assert.deepEqual(await probe.line(link, line), [
      { kind: "refused", link, code: "bad_user" },
      { kind: "close", link },
    ]);
    assert.deepEqual(await probe.line(link, "USER Ana:1"), [], "what comes after is not read");
    assert.equal(await list(probe, await register(probe, "Ana")), "LIST ");
  });
}

Deno.test("chat desk: a USER that is not UTF-8 closes the connection", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  const bytes = Uint8Array.of(0x55, 0x53, 0x45, 0x52, 0x20, 0xff, 0x3a, 0x31);
  assert.deepEqual(onLinks(await probe.line(link, bytes)), [{ kind: "close", link }]);
});

for (const line of ["USER Bruno:1", "USER Ana:20000", "USER"]) {
  Deno.test(`chat desk: a second USER (${line}) is ignored and counted`, async () => {
    const probe = probeOf();
    const ana = await register(probe, "Ana");
    const effects = await probe.line(ana, line);
    assert.equal(refusals(effects).length, 1);
    assert.deepEqual(onLinks(effects), []);
    assert.equal(probe.desk.nameOf(ana), "Ana");
    const camila = await register(probe, "Camila", "192.0.2.3");
    assert.equal(await list(probe, camila), "LIST Ana");
  });
}

Deno.test("chat desk: a second USER does not renew the lease", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  await probe.pass(LEASE - 1);
  await probe.line(ana, "USER Ana:20000");
  assert.deepEqual(onLinks(await probe.pass(250)), [{ kind: "abort", link: ana }]);
});

Deno.test("chat desk: an over-long line closes, before USER", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  assert.deepEqual(await probe.input({ kind: "line_too_long", link, limit: 8192 }), [
    { kind: "refused", link, code: "line_too_long" },
    { kind: "close", link },
  ]);
  assert.deepEqual(await probe.line(link, "USER Ana:1"), []);
});

Deno.test("chat desk: an over-long line closes a user's connection, and the name is free", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  assert.deepEqual(await probe.input({ kind: "line_too_long", link: ana, limit: 8192 }), [
    { kind: "refused", link: ana, code: "line_too_long" },
    { kind: "close", link: ana },
    { kind: "user_removed", service: "chat", name: "Ana" },
  ]);
  await register(probe, "Ana", "192.0.2.2");
});

Deno.test("chat desk: the end of a connection frees its name at once", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  const bruno = await register(probe, "Bruno", "192.0.2.2");
  const gone = await probe.input({ kind: "closed", link: ana, reason: "reset" });
  assert.deepEqual(gone, [{ kind: "user_removed", service: "chat", name: "Ana" }]);
  assert.equal(await list(probe, bruno), "LIST ");
  await register(probe, "Ana", "192.0.2.3", 1);
});

Deno.test("chat desk: a USER for an active name from elsewhere is closed, no word", async () => {
  for (const [ip, port] of [["192.0.2.2", 20_000], ["192.0.2.1", 20_001]] as const) {
    const probe = probeOf();
    const ana = await register(probe, "Ana", "192.0.2.1", 20_000);
    const other = await probe.connect(ip);
    assert.deepEqual(await probe.line(other, `USER Ana:${port}`), [
      { kind: "refused", link: other, code: "name_taken" },
      { kind: "close", link: other },
    ]);
    assert.deepEqual(await probe.line(other, "LIST"), []);
    assert.equal(await list(probe, ana), "LIST ");
    assert.deepEqual(sentTo(ana, await probe.line(ana, "ADDR Ana")), ["ADDR 192.0.2.1:20000"]);
  }
});

Deno.test("chat desk: the same IP with the same port takes the name over", async () => {
  const probe = probeOf();
  const old = await register(probe, "Ana", "192.0.2.1", 20_000);
  await probe.pass(10 * SECOND);
  const fresh = await probe.connect("192.0.2.1");
  assert.deepEqual(await probe.line(fresh, "USER Ana:20000"), [
    { kind: "abort", link: old },
    { kind: "user_added", service: "chat", name: "Ana" },
  ]);
  assert.equal(probe.desk.nameOf(old), null);
  assert.equal(probe.desk.nameOf(fresh), "Ana");
  // What still comes from the old connection does nothing, not even to the lease.
  assert.deepEqual(await probe.line(old, "KEEP"), []);
  assert.deepEqual(await probe.line(old, "LIST"), []);
  assert.deepEqual(await probe.input({ kind: "closed", link: old, reason: "reset" }), []);
  assert.equal(await list(probe, fresh), "LIST ");
  assert.deepEqual(onLinks(await probe.pass(LEASE - 250)), []);
  assert.deepEqual(onLinks(await probe.pass(250)), [{ kind: "abort", link: fresh }]);
});

Deno.test("chat desk: a lease is 15 s, to the millisecond", async () => {
  const probe = probeOf();
  await register(probe, "Ana");
  await probe.pass(LEASE - 1);
  const bruno = await register(probe, "Bruno", "192.0.2.2");
  assert.equal(await list(probe, bruno), "LIST Ana");
  probe.now += 1;
  assert.equal(await list(probe, bruno), "LIST ");
  assert.deepEqual(await probe.line(bruno, "ADDR Ana"), []);
});

Deno.test("chat desk: a lease that runs out cuts the connection by force", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  assert.deepEqual(await probe.pass(LEASE - 1), []);
  assert.deepEqual(await probe.pass(250), [
    { kind: "refused", link: ana, code: "lease_expired" },
    { kind: "abort", link: ana },
    { kind: "user_removed", service: "chat", name: "Ana" },
    { kind: "vanished", name: "Ana", ip: "192.0.2.1" },
  ]);
  assert.deepEqual(await probe.pass(LEASE), [], "once");
});

Deno.test("chat desk: what comes after the lease and before the sweep is too late", async () => {
  for (const line of ["KEEP", "LIST", "ADDR Bruno", "HELLO"]) {
    const probe = probeOf();
    const ana = await register(probe, "Ana");
    probe.now += LEASE;
    assert.deepEqual(onLinks(await probe.line(ana, line)), [{ kind: "abort", link: ana }]);
    assert.equal(probe.desk.nameOf(ana), null);
    assert.deepEqual(await probe.pass(250), []);
  }
});

Deno.test("chat desk: the name is free at the end of the lease, before the sweep", async () => {
  const probe = probeOf();
  const old = await register(probe, "Ana");
  probe.now += LEASE;
  const fresh = await register(probe, "Ana", "192.0.2.2");
  assert.deepEqual(onLinks(await probe.pass(250)), [{ kind: "abort", link: old }]);
  assert.equal(probe.desk.nameOf(fresh), "Ana");
  assert.equal(await list(probe, await register(probe, "Bruno", "192.0.2.3")), "LIST Ana");
});

Deno.test("chat desk: KEEP every 5 s keeps a user for ever, and is not answered", async () => {
  const probe = probeOf();
  const ana = await register(probe, "Ana");
  for (let i = 0; i < 50; i++) {
    assert.deepEqual(await probe.pass(5 * SECOND), []);
    assert.deepEqual(await probe.line(ana, "KEEP"), []);
  }
  assert.deepEqual(onLinks(await probe.pass(LEASE - 1)), []);
  assert.deepEqual(onLinks(await probe.pass(250)), [{ kind: "abort", link: ana }]);
});

for (const line of ["LIST", "ADDR Ana", "HELLO", ""]) {
  Deno.test(`chat desk: ${JSON.stringify(line)} does not renew the lease`, async () => {
    const probe = probeOf();
    const ana = await register(probe, "Ana");
    for (let i = 0; i < 14; i++) {
      await probe.pass(SECOND);
      await probe.line(ana, line);
    }
    assert.deepEqual(onLinks(await probe.pass(SECOND)), [{ kind: "abort", link: ana }]);
  });
}

Deno.test("chat desk: no valid USER in 15 s cuts the connection", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  await probe.pass(LEASE - 1);
  await probe.line(link, "HELLO");
  await probe.line(link, "KEEP");
  assert.deepEqual(await probe.pass(250), [
    { kind: "refused", link, code: "no_user_in_time" },
    { kind: "abort", link },
  ]);
});

Deno.test("chat desk: a USER at the last millisecond counts, one at 15 s does not", async () => {
  for (const [after, name] of [[LEASE - 1, "Ana"], [LEASE, null]] as const) {
    const probe = probeOf();
    const link = await probe.connect();
    probe.now += after;
    await probe.line(link, "USER Ana:1");
    assert.equal(probe.desk.nameOf(link), name);
  }
});

Deno.test("chat desk: a USER for which there is no room is not answered, and nothing behind it", async () => {
  const probe = probeOf(new MemoryStore({ records: 1, recordsPerOwner: 1 }));
  const ana = await register(probe, "Ana");
  const link = await probe.connect("192.0.2.2");
  const ignored = [{ kind: "refused", link, code: "not_registered" }];
  assert.deepEqual(await probe.line(link, "USER Bruno:1"), [
    { kind: "refused", link, code: "name_full" },
  ]);
  assert.deepEqual(await probe.line(link, "LIST"), ignored);
  // There is room again, and still no answer: it could be taken for that of the first.
  await probe.input({ kind: "closed", link: ana, reason: "end_of_file" });
  for (const line of ["USER Bruno:1", "USER", "LIST", "KEEP", "HELLO"]) {
    assert.deepEqual(await probe.line(link, line), ignored, line);
  }
  assert.equal(probe.desk.nameOf(link), null);
  assert.deepEqual(await probe.pass(LEASE - 1), []);
  assert.deepEqual(await probe.pass(250), [
    { kind: "refused", link, code: "no_user_in_time" },
    { kind: "abort", link },
  ]);
  await register(probe, "Bruno", "192.0.2.2", 1);
});

Deno.test("chat desk: a store that finds no room too late answers nobody", async () => {
  for (const end of ["closed", "time"]) {
    const store = new LateStore(new MemoryStore({ records: 1, recordsPerOwner: 1 }));
    const probe = probeOf(store);
    const ana = await register(probe, "Ana");
    const link = await probe.connect("192.0.2.2");
    store.hold();
    const claimed = probe.line(link, "USER Bruno:1");
    if (end === "closed") await probe.input({ kind: "closed", link, reason: "reset" });
    else {
      await probe.pass(LEASE - 1);
      const cut = onLinks(await probe.pass(250));
      assert.deepEqual(cut, [ana, link].map((link) => ({ kind: "abort", link })));
    }
    store.answer();
    assert.deepEqual(await claimed, [{ kind: "refused", link, code: "name_full" }]);
    assert.deepEqual(await probe.line(link, "USER Bruno:1"), [], "it is forgotten");
    assert.equal(probe.desk.nameOf(ana), end === "closed" ? "Ana" : null);
  }
});

Deno.test("chat desk: inputs on links that it does not know do nothing", async () => {
  const probe = probeOf();
  assert.deepEqual(await probe.line(98, "USER Ana:1"), []);
  assert.deepEqual(await probe.input({ kind: "closed", link: 98, reason: "reset" }), []);
  assert.deepEqual(await probe.input({ kind: "written", link: 98, lines: 1 }), []);
  assert.equal(probe.desk.nameOf(98), null);
});

Deno.test("chat desk: the table of users has their addresses, oldest first", async () => {
  const desk = new ChatDesk(new MemoryStore(), "server");
  const probe = new DeskProbe(desk);
  await register(probe, "Bruno", "192.0.2.2", 2);
  await register(probe, "Ana", "192.0.2.1", 1);
  assert.deepEqual(await desk.users(probe.now), [
    { name: "Bruno", ip: "192.0.2.2", port: 2 },
    { name: "Ana", ip: "192.0.2.1", port: 1 },
  ]);
  assert.deepEqual(await desk.users(probe.now + LEASE), []);
});

Deno.test("chat desk: two servers of one store share its users, and each its links", async () => {
  const store = new MemoryStore();
  const [one, two] = [probeOf(store, "one"), probeOf(store, "two")];
  const ana = await register(one, "Ana");
  const bruno = await register(two, "Bruno", "192.0.2.2");
  assert.equal(ana, bruno, "the links of both have the same number");
  assert.equal(await list(one, ana), "LIST Bruno");
  const taken = await two.connect("192.0.2.3");
  assert.deepEqual(refusals(await two.line(taken, "USER Ana:20000")), ["name_taken"]);
  // Taken over at the other server: nothing here to abort, and the old one ends with its KEEP.
  const fresh = await two.connect("192.0.2.1");
  assert.deepEqual(onLinks(await two.line(fresh, "USER Ana:20000")), []);
  assert.equal(two.desk.nameOf(bruno), "Bruno");
  await one.pass(5 * SECOND);
  const lost = await one.line(ana, "KEEP");
  assert.deepEqual(onLinks(lost), [{ kind: "abort", link: ana }]);
  assert.deepEqual(refusals(lost), ["lease_lost"]);
  assert.equal(one.desk.nameOf(ana), null);
  assert.equal(await list(two, bruno), "LIST Ana");
});

Deno.test("chat desk: a store that answers later gives the same effects later", async () => {
  const store = new LateStore(new MemoryStore());
  const probe = probeOf(store);
  const ana = await register(probe, "Ana");
  store.hold();
  const listed = probe.line(ana, "LIST");
  const other = await probe.connect("192.0.2.2");
  const refused = probe.line(other, "USER Ana:1");
  store.answer();
  assert.deepEqual(sentTo(ana, await listed), ["LIST "]);
  assert.deepEqual(onLinks(await refused), [{ kind: "close", link: other }]);
});

Deno.test("chat desk: a connection that ends while its USER is looked at leaves no name", async () => {
  const store = new LateStore(new MemoryStore());
  const probe = probeOf(store);
  const link = await probe.connect();
  store.hold();
  const claimed = probe.line(link, "USER Ana:1");
  assert.deepEqual(await probe.input({ kind: "closed", link, reason: "reset" }), []);
  store.answer();
  assert.deepEqual(await claimed, []);
  await register(probe, "Ana", "192.0.2.2");
});

Deno.test("chat desk: a takeover by a connection that ends meanwhile still cuts the old", async () => {
  const store = new LateStore(new MemoryStore());
  const probe = probeOf(store);
  const old = await register(probe, "Ana");
  const fresh = await probe.connect();
  store.hold();
  const claimed = probe.line(fresh, "USER Ana:20000");
  await probe.input({ kind: "closed", link: fresh, reason: "reset" });
  store.answer();
  assert.deepEqual(await claimed, [{ kind: "abort", link: old }]);
  await register(probe, "Ana", "192.0.2.2");
});

import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import { RendezvousService } from "../../lib/directory/rendezvous_service.ts";
import type { DirectoryStore } from "../../lib/directory/store.ts";
import { DeskProbe, refusals, sentTo } from "./desk_probe.ts";
import { LateStore } from "./late_store.ts";

const ALICE = { type: "REGISTER", namespace: "UnB", name: "alice", port: 7070 };
const HERE = "203.0.113.7";
const THERE = "198.51.100.9";

/** A rendezvous to which each request comes on a connection of its own. */
class Rendezvous {
  readonly service: RendezvousService;
  readonly probe: DeskProbe;
  /** What the last request did. */
  effects: readonly DeskEffect[] = [];

  constructor(store: DirectoryStore = new MemoryStore()) {
    this.service = new RendezvousService(store);
    this.probe = new DeskProbe(new RegistryDesk([this.service]));
  }

  /** The reply to a request, or null for silence; the connection is closed in either case. */
  async ask(request: unknown, ip = HERE, port = 45_678) {
    const link = await this.probe.connect(ip, port);
    const line = typeof request === "string" ? request : JSON.stringify(request);
    this.effects = await this.probe.line(link, line);
    assert.equal(this.effects.filter(({ kind }) => kind === "close").length, 1);
    const [reply, ...more] = sentTo(link, this.effects);
    assert.deepEqual(more, []);
    return reply === undefined ? null : JSON.parse(reply);
  }

  /** `name@namespace:port` of everyone that DISCOVER tells. */
  async discover(namespace?: unknown): Promise<string[]> {
    const { status, peers } = await this.ask({ type: "DISCOVER", namespace }, THERE);
    assert.equal(status, "OK");
    return peers.map((peer: { name: string; namespace: string; port: number }) =>
      `${peer.name}@${peer.namespace}:${peer.port}`
    );
  }
}

Deno.test("REGISTER: the reply has the ttl and what the server saw, and no peer_id", async () => {
  const rendezvous = new Rendezvous();
  assert.deepEqual(await rendezvous.ask({ ...ALICE, ttl: 60 }), {
    status: "OK",
    ttl: 60,
    observed_ip: HERE,
    observed_port: 45_678,
  });
  assert.deepEqual(
    rendezvous.effects.find(({ kind }) => kind === "user_added"),
    { kind: "user_added", service: "rendezvous", name: "alice@UnB" },
  );
});

for (
  const [ttl, granted] of [
    [undefined, 7200],
    [0, 1],
    [-7, 1],
    [1, 1],
    [86_400, 86_400],
    [86_401, 86_400],
    ["4000", 4000],
    ["0", 1],
  ]
) {
  Deno.test(`REGISTER: ttl ${JSON.stringify(ttl)} counts as ${granted}`, async () => {
    const rendezvous = new Rendezvous();
    const { ttl: told } = await rendezvous.ask({ ...ALICE, ttl });
    assert.equal(told, granted);
    const { peers: [peer] } = await rendezvous.ask({ type: "DISCOVER" });
    assert.equal(peer.ttl, granted);
    assert.equal(peer.expires_in, granted);
  });
}

/** Fields that are wrong, and the error; the order of checks is name, ttl, namespace, port. */
const BAD_FIELDS: readonly (readonly [fields: object, error: string])[] = [
  [{ name: undefined }, "bad_name"],
  [{ name: "" }, "bad_name"],
  [{ name: 7 }, "bad_name"],
  [{ name: "a".repeat(65) }, "bad_name"],
  [{ ttl: "soon" }, "bad_ttl"],
  [{ ttl: 1.5 }, "bad_ttl"],
  [{ ttl: null }, "bad_ttl"],
  [{ namespace: undefined }, "bad_namespace"],
  [{ namespace: "" }, "bad_namespace"],
  [{ port: undefined }, "bad_port"],
  [{ port: 0 }, "bad_port"],
  [{ port: 65_536 }, "bad_port"],
  [{ port: "abc" }, "bad_port"],
  [{ name: "", ttl: "soon", namespace: "", port: 0 }, "bad_name"],
  [{ ttl: "soon", namespace: "", port: 0 }, "bad_ttl"],
  [{ namespace: "", port: 0 }, "bad_namespace"],
];

for (const [fields, error] of BAD_FIELDS) {
  Deno.test(`REGISTER: ${JSON.stringify(fields)} is ${error} and registers nobody`, async () => {
    const rendezvous = new Rendezvous();
    assert.deepEqual(await rendezvous.ask({ ...ALICE, ...fields }), { status: "ERROR", error });
    assert.deepEqual(refusals(rendezvous.effects), [error]);
    assert.deepEqual(await rendezvous.discover(), []);
  });
}

Deno.test("REGISTER: 64 characters of any width are a name, 65 are not", async () => {
  const rendezvous = new Rendezvous();
  const name = "😀".repeat(64);
  assert.equal((await rendezvous.ask({ ...ALICE, name, namespace: name })).status, "OK");
  assert.deepEqual(await rendezvous.discover(name), [`${name}@${name}:7070`]);
  const { error } = await rendezvous.ask({ ...ALICE, name: `${name}😀` });
  assert.equal(error, "bad_name");
});

Deno.test("REGISTER: names are kept and compared in NFC", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask({ ...ALICE, name: "Joa\u0303o", namespace: "Sa\u0303o" });
  await rendezvous.ask({ ...ALICE, name: "Jo\u00e3o", namespace: "S\u00e3o", port: 1 });
  assert.deepEqual(await rendezvous.discover("Sa\u0303o"), ["Jo\u00e3o@S\u00e3o:1"]);
  await rendezvous.ask({ type: "UNREGISTER", namespace: "Sa\u0303o", name: "Joa\u0303o" });
  assert.deepEqual(await rendezvous.discover(), []);
});

Deno.test("REGISTER: again from the same ip replaces port, ttl and time", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask({ ...ALICE, ttl: 60 });
  rendezvous.probe.now += 50 * SECOND;
  await rendezvous.ask({ ...ALICE, port: 8080, ttl: 100 }, HERE, 2222);
  assert.ok(!rendezvous.effects.some(({ kind }) => kind === "user_added"));
  const { peers } = await rendezvous.ask({ type: "DISCOVER", namespace: "UnB" });
  assert.deepEqual(peers, [{
    ip: HERE,
    port: 8080,
    name: "alice",
    namespace: "UnB",
    ttl: 100,
    expires_in: 100,
    observed_ip: HERE,
    observed_port: 2222,
  }]);
});

Deno.test("REGISTER: the key is ip, namespace and name", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask(ALICE);
  await rendezvous.ask({ ...ALICE, name: "Alice" });
  await rendezvous.ask({ ...ALICE, namespace: "unb" });
  await rendezvous.ask(ALICE, THERE);
  assert.deepEqual(await rendezvous.discover(), [
    "alice@UnB:7070",
    "Alice@UnB:7070",
    "alice@unb:7070",
    "alice@UnB:7070",
  ]);
});

Deno.test("REGISTER: a blank in a name does not mix up keys", async () => {
  const rendezvous = new Rendezvous();
  for (const [namespace, name] of [["a", "b c"], ["a b", "c"], ["a", "b"], ["a", " b"]]) {
    await rendezvous.ask({ ...ALICE, namespace, name });
  }
  assert.equal((await rendezvous.discover()).length, 4);
});

Deno.test("REGISTER: a full directory answers with silence and a count", async () => {
  const rendezvous = new Rendezvous(new MemoryStore({ records: 1, recordsPerOwner: 9 }));
  assert.equal((await rendezvous.ask(ALICE)).status, "OK");
  assert.equal(await rendezvous.ask(ALICE, THERE), null);
  assert.deepEqual(refusals(rendezvous.effects), ["full"]);
  assert.equal((await rendezvous.ask({ ...ALICE, port: 1 })).status, "OK", "renewing still works");
});

Deno.test("REGISTER: an address has its share, whatever names it uses", async () => {
  const rendezvous = new Rendezvous(new MemoryStore({ records: 99, recordsPerOwner: 2 }));
  for (const name of ["a", "b"]) await rendezvous.ask({ ...ALICE, name });
  assert.equal(await rendezvous.ask({ ...ALICE, name: "c" }), null);
  assert.equal((await rendezvous.ask({ ...ALICE, name: "c" }, THERE)).status, "OK");
});

Deno.test("REGISTER: an IPv6 network of 64 bits has one share, and each address its own records", async () => {
  const rendezvous = new Rendezvous(new MemoryStore({ records: 99, recordsPerOwner: 2 }));
  const [one, other, far] = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"];
  assert.equal((await rendezvous.ask(ALICE, one)).status, "OK");
  assert.equal((await rendezvous.ask(ALICE, other)).status, "OK");
  assert.equal(await rendezvous.ask({ ...ALICE, name: "c" }, other), null);
  assert.equal((await rendezvous.ask({ ...ALICE, name: "c" }, far)).status, "OK");
  await rendezvous.ask({ type: "UNREGISTER", namespace: "UnB" }, one);
  assert.deepEqual(await rendezvous.discover("UnB"), ["alice@UnB:7070", "c@UnB:7070"]);
});

Deno.test("DISCOVER: a peer is listed with every field of the page", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask({ ...ALICE, ttl: 60 });
  rendezvous.probe.now += 1;
  assert.deepEqual(await rendezvous.ask({ type: "DISCOVER", namespace: "UnB" }, THERE), {
    status: "OK",
    peers: [{
      ip: HERE,
      port: 7070,
      name: "alice",
      namespace: "UnB",
      ttl: 60,
      expires_in: 59,
      observed_ip: HERE,
      observed_port: 45_678,
    }],
  });
});

Deno.test("DISCOVER: a namespace lists its own, none lists everyone", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask(ALICE);
  await rendezvous.ask({ ...ALICE, namespace: "USP", name: "bia" }, THERE);
  assert.deepEqual(await rendezvous.discover("UnB"), ["alice@UnB:7070"]);
  assert.deepEqual(await rendezvous.discover("USP"), ["bia@USP:7070"]);
  assert.deepEqual(await rendezvous.discover(), ["alice@UnB:7070", "bia@USP:7070"]);
});

for (const namespace of ["unb", "UnB ", "", "a".repeat(65), null, 7, true, [], ["UnB"], {}]) {
  Deno.test(`DISCOVER: in ${JSON.stringify(namespace).slice(0, 20)} there is nobody`, async () => {
    const rendezvous = new Rendezvous();
    await rendezvous.ask(ALICE);
    const reply = await rendezvous.ask({ type: "DISCOVER", namespace });
    assert.deepEqual(reply, { status: "OK", peers: [] });
  });
}

Deno.test("DISCOVER: expires_in counts whole seconds down to 0; the expired is not listed", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask({ ...ALICE, ttl: 2 });
  const left = async () => {
    const { peers } = await rendezvous.ask({ type: "DISCOVER", namespace: "UnB" });
    return peers.map((peer: { expires_in: number }) => peer.expires_in);
  };
  assert.deepEqual(await left(), [2]);
  rendezvous.probe.now += 1000;
  assert.deepEqual(await left(), [1]);
  rendezvous.probe.now += 999;
  assert.deepEqual(await left(), [0]);
  rendezvous.probe.now += 1;
  assert.deepEqual(await left(), []);
  assert.deepEqual(await rendezvous.discover(), []);
});

Deno.test("DISCOVER: neither asking nor unregistering others renews a lease", async () => {
  const rendezvous = new Rendezvous();
  await rendezvous.ask({ ...ALICE, ttl: 2 });
  rendezvous.probe.now += 1999;
  await rendezvous.discover("UnB");
  await rendezvous.ask({ type: "UNREGISTER", namespace: "UnB", name: "bia" });
  rendezvous.probe.now += 1;
  assert.deepEqual(await rendezvous.discover("UnB"), []);
});

/** Filters of UNREGISTER, and who is left of alice:7070, alice:7070@USP, bia:7070 and bob:8080. */
const UNREGISTERED: readonly (readonly [filter: object, left: readonly string[]])[] = [
  [{ namespace: "UnB" }, ["alice@USP:7070"]],
  [{ namespace: "UnB", name: "alice" }, ["alice@USP:7070", "bia@UnB:7070", "bob@UnB:8080"]],
  [{ namespace: "UnB", port: 7070 }, ["alice@USP:7070", "bob@UnB:8080"]],
  [{ namespace: "UnB", port: "7070" }, ["alice@USP:7070", "bob@UnB:8080"]],
  [
    { namespace: "UnB", name: "alice", port: 7070 },
    ["alice@USP:7070", "bia@UnB:7070", "bob@UnB:8080"],
  ],
];
const EVERYONE = ["alice@UnB:7070", "alice@USP:7070", "bia@UnB:7070", "bob@UnB:8080"];
const UNMATCHED: readonly object[] = [
  {},
  { name: "alice" },
  { namespace: null },
  { namespace: 7 },
  { namespace: "unb" },
  { namespace: "UnB", name: "Alice" },
  { namespace: "UnB", name: 7 },
  { namespace: "UnB", name: "" },
  { namespace: "UnB", port: 1 },
  { namespace: "UnB", name: "bob", port: 7070 },
];

async function four(): Promise<Rendezvous> {
  const rendezvous = new Rendezvous();
  await rendezvous.ask(ALICE);
  await rendezvous.ask({ ...ALICE, namespace: "USP" });
  await rendezvous.ask({ ...ALICE, name: "bia" });
  await rendezvous.ask({ ...ALICE, name: "bob", port: 8080 });
  return rendezvous;
}

for (const [filter, left] of UNREGISTERED) {
  Deno.test(`UNREGISTER: ${JSON.stringify(filter)} removes what it names`, async () => {
    const rendezvous = await four();
    assert.deepEqual(await rendezvous.ask({ type: "UNREGISTER", ...filter }), { status: "OK" });
    const removed = rendezvous.effects.filter(({ kind }) => kind === "user_removed");
    assert.equal(removed.length, EVERYONE.length - left.length);
    assert.deepEqual(await rendezvous.discover(), left);
  });
}

for (const filter of UNMATCHED) {
  Deno.test(`UNREGISTER: ${JSON.stringify(filter)} is OK and removes nothing`, async () => {
    const rendezvous = await four();
    assert.deepEqual(await rendezvous.ask({ type: "UNREGISTER", ...filter }), { status: "OK" });
    assert.deepEqual(await rendezvous.discover(), EVERYONE);
  });
}

Deno.test("UNREGISTER: removes only the records of the asker's ip", async () => {
  const rendezvous = await four();
  await rendezvous.ask({ ...ALICE, port: 9 }, THERE);
  const unregister = { type: "UNREGISTER", namespace: "UnB", name: "alice" };
  assert.deepEqual(await rendezvous.ask(unregister, "192.0.2.77"), { status: "OK" });
  assert.equal((await rendezvous.discover()).length, 5);
  assert.deepEqual(await rendezvous.ask(unregister, THERE), { status: "OK" });
  assert.deepEqual(await rendezvous.discover(), EVERYONE);
});

for (const [port, quoted] of [["abc", "abc"], [0, "0"], [70_000, "70000"], [true, "true"]]) {
  Deno.test(`UNREGISTER: port ${JSON.stringify(port)} is an error that quotes it`, async () => {
    const rendezvous = await four();
    const reply = await rendezvous.ask({ type: "UNREGISTER", namespace: "UnB", port });
    assert.deepEqual(reply, { status: "ERROR", error: `bad_port (${quoted})` });
    assert.deepEqual(await rendezvous.discover(), EVERYONE);
  });
}

Deno.test("rendezvous: the table of users has names with their namespace", async () => {
  const rendezvous = await four();
  assert.deepEqual((await rendezvous.service.users(rendezvous.probe.now)).slice(0, 2), [
    { name: "alice@UnB", ip: HERE, port: 7070 },
    { name: "alice@USP", ip: HERE, port: 7070 },
  ]);
});

Deno.test("rendezvous: a store that answers later gives the same replies", async () => {
  const rendezvous = new Rendezvous(new LateStore(new MemoryStore()));
  assert.equal((await rendezvous.ask(ALICE)).status, "OK");
  assert.deepEqual(await rendezvous.discover("UnB"), ["alice@UnB:7070"]);
  await rendezvous.ask({ type: "UNREGISTER", namespace: "UnB" });
  assert.deepEqual(await rendezvous.discover(), []);
});

Deno.test("rendezvous: types are compared without regard to case, from end to end", async () => {
  const rendezvous = new Rendezvous();
  assert.equal((await rendezvous.ask({ ...ALICE, type: "register" })).status, "OK");
  assert.equal((await rendezvous.ask({ type: "discover" })).peers.length, 1);
  await rendezvous.ask({ type: "Unregister", namespace: "UnB" });
  assert.equal((await rendezvous.ask({ type: "dIsCoVeR" })).peers.length, 0);
});

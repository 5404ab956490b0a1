import assert from "node:assert/strict";
import { monotonicNow as now } from "../../../lib/runtime/clock.ts";
import { keyOf, parseChange, REDIS_NAMES } from "../../../lib/runtime/stores/redis_row.ts";
import { RedisStore } from "../../../lib/runtime/stores/redis_store.ts";
import { WireTap } from "../../processes/wire_tap.ts";
import { eventually } from "./eventually.ts";
import { RedisProcess } from "./redis_process.ts";

const LEASE = 60_000;

function user(id: string, holder: string, lease = LEASE) {
  const place = { service: "chat", group: "", id };
  return { ...place, owner: holder, holder, payload: id, expiresAt: now() + lease };
}

/** A store, through a gate where one is given, with the kinds of what it told. */
async function join(port: number) {
  const reports: string[] = [];
  const observer = ({ kind }: { kind: string }) => reports.push(kind);
  const store = await RedisStore.open({ url: `redis://127.0.0.1:${port}`, observer });
  return { store, reports, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

const namesAt = (store: RedisStore) => store.list("chat", {}, now()).map(({ id }) => id);

Deno.test("store on Redis: while Redis is away, what is here stays; it comes back whole", async () => {
  await using redis = await RedisProcess.start();
  await using one = await join(redis.port);
  await using two = await join(redis.port);
  const [ana, bia, caio] = [user("Ana", "one/2"), user("Bia", "one/4"), user("Caio", "two/2")];
  for (const each of [ana, bia]) await one.store.claim(each, now());
  await two.store.claim(caio, now());
  await eventually(() => namesAt(one.store).length === 3, "all at one");

  await redis.kill();
  await eventually(() => one.reports.length + two.reports.length === 2, "both have noticed");
  assert.deepEqual(namesAt(one.store), ["Ana", "Bia", "Caio"]);
  assert.deepEqual(await one.store.claim(user("Davi", "one/6"), now()), { outcome: "full" });
  assert.deepEqual(await one.store.claim(user("Ana", "one/8"), now()), { outcome: "taken" });
  assert.equal(await one.store.renew(ana, "one/2", now() + 2 * LEASE, now()), true);
  assert.equal(await one.store.renew(ana, "one/9", now() + LEASE, now()), false);
  assert.equal(await one.store.renew(caio, "two/2", now() + LEASE, now()), false, "not its own");
  assert.equal(await one.store.release(bia, "one/4", now()), true);
  assert.equal(await one.store.release(bia, "one/4", now()), false);
  assert.deepEqual(namesAt(one.store), ["Ana", "Caio"]);

  await redis.again();
  const names = (store: RedisStore) => namesAt(store).toSorted().join(" ");
  await eventually(
    () => names(one.store) === "Ana Caio" && names(two.store) === "Ana Caio",
    "back",
  );
  await eventually(() => one.reports.length + two.reports.length === 4, "both have told");
  for (const { reports } of [one, two]) {
    assert.deepEqual(reports, ["store_failed", "store_recovered"]);
  }
  assert.ok(two.store.find(ana, now())!.expiresAt > now() + 1.5 * LEASE, "renewed while away");
  assert.deepEqual(await two.store.claim(user("Bia", "two/4"), now()), { outcome: "claimed" });
  assert.deepEqual(await two.store.claim(user("Ana", "two/6"), now()), { outcome: "taken" });
});

Deno.test("store on Redis: a name that another took meanwhile is lost to who was cut off", async () => {
  await using redis = await RedisProcess.start();
  await using gate = new WireTap({ port: redis.port });
  await using one = await join(gate.port);
  await using two = await join(redis.port);
  const ana = user("Ana", "one/2");
  await one.store.claim(ana, now());
  await one.store.claim(user("Bia", "one/4"), now());
  await gate.shut();
  await eventually(() => one.reports.includes("store_failed"), "one is cut off");
  // The lease ends there while one keeps its user.
  await redis.command("DEL", keyOf(ana));
  assert.deepEqual(await two.store.claim(user("Ana", "two/2"), now()), { outcome: "claimed" });
  assert.equal(await one.store.renew(ana, "one/2", now() + LEASE, now()), true);

  gate.again();
  await eventually(() => one.reports.includes("store_recovered"), "one is back");
  assert.equal(one.store.find(ana, now())?.holder, "two/2");
  assert.equal(await one.store.renew(ana, "one/2", now() + LEASE, now()), false);
  assert.equal(await one.store.release(ana, "one/2", now()), false);
  assert.equal(two.store.find(ana, now())?.holder, "two/2");
  assert.equal(two.store.find(user("Bia", ""), now())?.holder, "one/4");
});

Deno.test("store on Redis: what was released while cut off is released there too", async () => {
  await using redis = await RedisProcess.start();
  await using gate = new WireTap({ port: redis.port });
  await using one = await join(gate.port);
  await using two = await join(redis.port);
  const ana = user("Ana", "one/2");
  await one.store.claim(ana, now());
  await eventually(() => namesAt(two.store).length === 1, "seen");
  await gate.shut();
  await eventually(() => one.reports.length === 1, "one is cut off");
  assert.equal(await one.store.release(ana, "one/2", now()), true);
  assert.deepEqual(namesAt(two.store), ["Ana"]);
  gate.again();
  await eventually(() => namesAt(two.store).length === 0, "released");
});

Deno.test("store on Redis: a Redis that does not answer counts as away", async () => {
  await using redis = await RedisProcess.start();
  await using one = await join(redis.port);
  const ana = user("Ana", "one/2");
  await one.store.claim(ana, now());
  redis.freeze();
  const claim = one.store.claim(user("Bia", "one/4"), now());
  const renewal = one.store.renew(ana, "one/2", now() + LEASE, now());
  assert.deepEqual(await claim, { outcome: "full" });
  assert.equal(await renewal, true);
  assert.deepEqual(one.reports, ["store_failed"]);
  redis.thaw();
  await eventually(() => one.reports.length === 2, "back");
  // The claim may have been done after its answer had been given up: it is taken back.
  await eventually(async () => {
    return await redis.command("EXISTS", keyOf(user("Bia", ""))) === ":0\r\n";
  }, "taken back");
  assert.deepEqual(namesAt(one.store), ["Ana"]);
});

Deno.test("store on Redis: one that closes takes its users along, not what survives it", async () => {
  await using redis = await RedisProcess.start();
  await using two = await join(redis.port);
  {
    await using one = await join(redis.port);
    await one.store.claim(user("Ana", "one/2"), now());
    await one.store.claim({ ...user("Bia", "192.0.2.1"), service: "rendezvous" }, now());
    await eventually(() => namesAt(two.store).length === 1, "seen");
  }
  await eventually(() => namesAt(two.store).length === 0, "gone");
  assert.equal(two.store.list("rendezvous", {}, now()).length, 1);
});

Deno.test("store on Redis: a refusal of Redis is told once and refuses what is new", async () => {
  await using redis = await RedisProcess.start();
  await using one = await join(redis.port);
  const ana = user("Ana", "one/2");
  await one.store.claim(ana, now());
  await redis.command("CONFIG", "SET", "maxmemory", "1");
  for (const id of ["Bia", "Caio"]) {
    assert.deepEqual(await one.store.claim(user(id, "one/4"), now()), { outcome: "full" });
  }
  assert.deepEqual(one.reports, ["store_failed"]);
  assert.equal(await one.store.renew(ana, "one/2", now() + LEASE, now()), true);
  await redis.command("CONFIG", "SET", "maxmemory", "0");
  assert.deepEqual(await one.store.claim(user("Bia", "one/4"), now()), { outcome: "claimed" });
  assert.deepEqual(one.reports, ["store_failed", "store_recovered"]);
});

Deno.test("store on Redis: many renewals go together, each with its own answer", async () => {
  await using redis = await RedisProcess.start();
  await using one = await join(redis.port);
  await using two = await join(redis.port);
  const users = Array.from({ length: 2000 }, (_, i) => user(`n${i}`, `one/${i}`));
  await Promise.all(users.map((each) => one.store.claim(each, now())));
  const end = now() + 2 * LEASE;
  const kept = await Promise.all(users.map((each, i) => {
    const holder = i % 10 === 0 ? "another" : each.holder;
    return one.store.renew(each, holder, end, now());
  }));
  assert.deepEqual(kept.map((did, i) => did === (i % 10 !== 0)), users.map(() => true));
  const renewed = () =>
    two.store.list("chat", {}, now()).filter((each) => each.expiresAt > end - 5000).length;
  await eventually(() => renewed() === 1800, "renewed at the other");
});

Deno.test("store on Redis: what others write there does no harm", async () => {
  await using redis = await RedisProcess.start();
  const strange = `prosa:1:row:${JSON.stringify(["chat", "", "strange"])}`;
  await redis.command("HSET", strange, "o", "x", "h", "y", "p", "{broken", "q", "1");
  await redis.command("HSET", "prosa:1:row:nonsense", "o", "x", "h", "y", "p", "1", "q", "1");
  await redis.command("SET", "another:key", "value");
  await using one = await join(redis.port);
  for (const text of ["", "nonsense", "[]", "{}", "null", '["put"]', '["put","t",1,2,3,4,5,6]']) {
    await redis.command("PUBLISH", REDIS_NAMES.changes, text);
  }
  await redis.command("PUBLISH", REDIS_NAMES.changes, '["renewed","t",[1,2]]');
  await redis.command("PUBLISH", REDIS_NAMES.changes, '["removed","t","x"]');
  assert.deepEqual(await one.store.claim(user("Ana", "one/2"), now()), { outcome: "claimed" });
  assert.deepEqual(namesAt(one.store), ["Ana"]);
  assert.deepEqual(one.reports, []);
});

Deno.test("store on Redis: changes that no server published are null", () => {
  for (
    const text of ["", "1", "[]", '["put"]', '["renewed","t"]', '["removed","t",1]', '["x","t"]']
  ) {
    assert.equal(parseChange(text), null, text);
  }
});

Deno.test("store on Redis: one that cannot be reached is an error at the start", async () => {
  await using redis = await RedisProcess.start();
  const { port } = redis;
  await redis.kill();
  await assert.rejects(RedisStore.open({ url: `redis://127.0.0.1:${port}`, observer() {} }));
});

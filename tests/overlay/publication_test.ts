import assert from "node:assert/strict";
import { Pipes, Puppet } from "./pipes.ts";

const PUB = { type: "PUB", msg_id: "p1", src: "zoe@UnB", dst: "*", payload: "olá", ttl: 3 };

Deno.test("a PUB goes on to every neighbour but where it came from, once", () => {
  const ana = new Pipes().host("ana");
  const [eva, bob, sol] = ["eva", "bob", "sol"].map((name) => new Puppet(ana, `${name}@Giga`));
  eva!.say({ ...PUB, color: "red" });
  bob!.say(PUB);
  for (const other of [bob!, sol!]) assert.deepEqual(other.got, [{ ...PUB, ttl: 2, color: "red" }]);
  assert.deepEqual(eva!.got, []);
  assert.deepEqual(ana.texts, ["olá"]);
  assert.equal(ana.last("message").via, "eva@Giga");
});

Deno.test("a PUB with no hops left is shown and not passed on", () => {
  const ana = new Pipes().host("ana");
  const [eva, bob] = ["eva", "bob"].map((name) => new Puppet(ana, `${name}@Giga`));
  eva!.say({ ...PUB, ttl: 0 });
  assert.deepEqual(ana.texts, ["olá"]);
  assert.deepEqual(bob!.got, []);
  assert.deepEqual(eva!.got, []);
});

Deno.test("a PUB to another namespace is passed on and not shown", () => {
  const ana = new Pipes().host("ana");
  const [eva, bob] = ["eva", "bob"].map((name) => new Puppet(ana, `${name}@Giga`));
  eva!.say({ ...PUB, dst: "#Giga" });
  assert.deepEqual(ana.texts, []);
  assert.equal(bob!.one("PUB").dst, "#Giga");
  eva!.say({ ...PUB, dst: "#UnB", msg_id: "p2" });
  assert.deepEqual(ana.texts, ["olá"]);
});

Deno.test("an own PUB that comes back is not shown; neither is one in the own name", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  ana.send("*", "eu");
  eva.raw(eva.lines[0]!);
  eva.say({ ...PUB, src: "ana@UnB" });
  assert.deepEqual(ana.texts, []);
});

Deno.test("a neighbour whose queue is full misses a PUB; the sender knows of how many", () => {
  const net = new Pipes();
  const ana = net.host("ana", { pace: null });
  const [eva, bob] = ["eva", "bob"].map((name) => new Puppet(ana, `${name}@Giga`));
  bob!.reads = false;
  const tags = Array.from({ length: 400 }, (_, at) => {
    const tag = ana.send("*", `${at}`);
    net.run(0);
    return tag;
  });
  assert.equal(eva!.all("PUB").length, 400);
  assert.deepEqual(ana.fate(tags.at(-1)!), { kind: "published", neighbours: 1, refused: 1 });
});

import { strict as assert } from "node:assert";
import { LIMITS } from "../../../lib/base/limits.ts";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import type { Claim, Registration } from "../../../lib/directory/store.ts";
import { WatchedServer } from "./watched_server.ts";

const operations = (service: string, operation: string, outcome: string) =>
  `prosa_directory_operations_total{service="${service}",operation="${operation}",outcome="${outcome}"}`;

Deno.test("requests are counted by service and outcome, users and connections as they are", async () => {
  await using watched = await WatchedServer.open();
  using ana = await watched.chat();
  await ana.send("USER Ana:20000\r\nLIST\r\nADDR Ana\r\nADDR Nobody\r\nKEEP\r\nLIST\r\n");
  for (const reply of ["LIST ", "ADDR 127.0.0.1:20000", "LIST "]) {
    assert.equal(await ana.readLine(), reply);
  }
  using other = await watched.chat();
  await other.send("USER Ana:20001\r\n");
  await other.closed();
  using visitor = await watched.registry();
  await visitor.send('{"type":"REGISTER","namespace":"N","name":"bo","port":7070,"ttl":60}\n');
  assert.match((await visitor.readAll())[0]!, /OK/);

  const figures = await watched.figures();
  const of = (name: string) => figures.get(name);
  assert.equal(of(operations("chat", "register", "new")), 1);
  assert.equal(of(operations("chat", "register", "taken")), 1);
  assert.equal(of(operations("chat", "lookup", "found")), 1);
  assert.equal(of(operations("chat", "lookup", "not_found")), 1);
  assert.equal(of(operations("chat", "renew", "done")), 1);
  assert.equal(of(operations("chat", "list", "done")), 2, "looking at the figures is no request");
  assert.equal(of(operations("rendezvous", "register", "new")), 1);
  assert.equal(of('prosa_requests_refused_total{code="name_taken"}'), 1);
  assert.equal(of('prosa_users{service="chat"}'), 1);
  assert.equal(of('prosa_users{service="rendezvous"}'), 1);
  assert.equal(of('prosa_users{service="music"}'), 0);
  assert.equal(of("prosa_store_up"), 1);
  assert.equal(of("prosa_bugs_total"), 0);
  assert.ok(of('prosa_memory_bytes{area="resident"}')! > 1_000_000);
  assert.ok(of("prosa_event_loop_delay_seconds")! >= 0);
  await watched.until('prosa_connections{port="chat"}', 1);
  await watched.until('prosa_connections{port="registry"}', 0);
  assert.deepEqual(watched.bugs, []);
});

Deno.test("connections refused at a cap are counted by port", async () => {
  await using watched = await WatchedServer.open({ caps: { total: 1, perIp: 1 } });
  using first = await watched.chat();
  await first.send("USER Ana:20000\r\nLIST\r\n");
  await first.readLine();
  using second = await watched.registry();
  await second.closed();
  const figures = await watched.figures();
  assert.equal(figures.get('prosa_connections_refused_total{port="registry"}'), 1);
  assert.equal(figures.get('prosa_connections_refused_total{port="chat"}'), 0);
});

Deno.test("accepts that failed are counted by port, and told to the operator", async () => {
  await using watched = await WatchedServer.open();
  const told: unknown[] = [];
  const observer = watched.metrics.countReports({
    report: (report) => told.push(report),
    bug: (error) => assert.fail(String(error)),
  });
  observer.report({ kind: "accept_failed", port: "chat" });
  const figures = await watched.figures();
  assert.equal(figures.get('prosa_accepts_failed_total{port="chat"}'), 1);
  assert.equal(figures.get('prosa_accepts_failed_total{port="registry"}'), 0);
  assert.deepEqual(told, [{ kind: "accept_failed", port: "chat" }]);
});

Deno.test("leases that ran out are counted", async () => {
  await using watched = await WatchedServer.open();
  using ana = await watched.chat();
  await ana.send("USER Ana:20000\r\nLIST\r\n");
  await ana.readLine();
  watched.ahead += LIMITS.chatLease;
  await ana.closed();
  await watched.until('prosa_leases_ended_total{service="chat"}', 1);
  const figures = await watched.figures();
  assert.equal(figures.get('prosa_requests_refused_total{code="lease_expired"}'), 1);
  assert.equal(figures.get('prosa_users{service="chat"}'), 0);
});

Deno.test("nothing that a person writes gets into the figures", async () => {
  await using watched = await WatchedServer.open();
  const hostile = ['evil"}', "evil\\", "evil{x=1}", "evil,evil", "evil\u001b[31m", "evil\u202e"];
  for (const name of hostile) {
    using chat = await watched.chat();
    await chat.send(`USER ${name}:20000\r\nevil ${name}\r\nADDR ${name}\r\nLIST\r\n`);
    await chat.end();
    await chat.closed();
    for (
      const request of [
        { type: "REGISTER", namespace: name, name, port: 7070, ttl: 60 },
        { type: name },
        { type: "MUSIC_SEARCH", query: name },
        { [name]: name },
      ]
    ) {
      using registry = await watched.registry();
      await registry.send(JSON.stringify(request) + "\n");
      await registry.end();
      await registry.closed();
    }
  }
  const { text } = await watched.fetch("/metrics");
  const figures = [...await watched.figures()];
  assert.ok(
    figures.some(([name, value]) => name.startsWith("prosa_requests_refused") && value > 0),
  );
  assert.doesNotMatch(text, /evil/i);
  assert.doesNotMatch(text, /127\.0\.0\.1/);
  assert.doesNotMatch(text, /[^\n\x20-\x7e]/);
  assert.deepEqual(watched.bugs, []);
});

/** A store that can be made to fail. */
class FailingStore extends MemoryStore {
  fails = false;

  override claim(registration: Registration, now: number): Claim {
    this.#try();
    return super.claim(registration, now);
  }

  override expire(now: number): readonly Registration[] {
    this.#try();
    return super.expire(now);
  }

  #try(): void {
    if (this.fails) throw new Error("the disk of Ana is full");
  }
}

Deno.test("health is 503 while operations of the store throw, and 200 when they do not", async () => {
  const store = new FailingStore();
  await using watched = await WatchedServer.open({ store });
  const health = async () => {
    const { status, text } = await watched.fetch("/health");
    return { status, ...JSON.parse(text) };
  };
  const { uptime_seconds, ...well } = await health();
  assert.equal(uptime_seconds, 0);
  assert.deepEqual(well, { status: "ok", store: "ok", connections: { chat: 0, registry: 0 } });

  store.fails = true;
  using ana = await watched.chat();
  await ana.send("USER Ana:20000\r\n");
  await watched.until('prosa_directory_errors_total{service="chat"}', 1);
  await watched.until("prosa_store_up", 0);
  const { status, text } = await watched.fetch("/health");
  assert.equal(status, 503);
  assert.match(text, /"status":"degraded","store":"failed"/);
  assert.doesNotMatch(text, /Ana/);
  const figures = await watched.figures();
  assert.ok(figures.get("prosa_bugs_total")! >= 1);
  assert.equal(watched.bugs.length, figures.get("prosa_bugs_total"));

  store.fails = false;
  await watched.until("prosa_store_up", 1);
  assert.equal((await watched.fetch("/health")).status, 200);
});

Deno.test("health follows what a store tells of itself, though it answers meanwhile", async () => {
  await using watched = await WatchedServer.open();
  const { metrics } = watched;
  metrics.storeReported({ kind: "store_failed", reason: "connection lost" });
  await metrics.store!.list("chat", {}, 0);
  const { status, text } = await watched.fetch("/health");
  assert.equal(status, 503);
  assert.doesNotMatch(text, /connection lost/);
  metrics.storeReported({ kind: "store_recovered" });
  assert.equal((await watched.fetch("/health")).status, 200);
  const figures = await watched.figures();
  assert.equal(figures.get("prosa_store_outages_total"), 1);
});

Deno.test("figures are shown without those of users where the store cannot list", async () => {
  const store = new MemoryStore();
  store.list = () => {
    throw new Error("away");
  };
  await using watched = await WatchedServer.open({ store });
  const figures = await watched.figures();
  assert.equal(figures.get('prosa_users{service="chat"}'), undefined);
  assert.equal(figures.get("prosa_bugs_total"), 0);
});

import { strict as assert } from "node:assert";
import { LIMITS } from "../../../lib/base/limits.ts";
import { WatchedServer } from "./watched_server.ts";

Deno.test("connections and lines of both ports are counted, and how connections end", async () => {
  await using watched = await WatchedServer.open();
  {
    using ana = await watched.chat();
    await ana.send("USER Ana:20000\r\nLIST\r\nKEEP\r\nLIST\r\n");
    await ana.readLine();
    await ana.readLine();
    await ana.send("x".repeat(LIMITS.chatLineBytes + 1) + "\r\n");
    await ana.closed();
    using gone = await watched.chat();
    await gone.send("LIST\r\n");
    await gone.end();
    await gone.closed();
    using visitor = await watched.registry();
    await visitor.send('{"type":"DISCOVER"}\n');
    assert.equal((await visitor.readAll()).length, 1);
  }
  await watched.until(
    'prosa_connections_ended_total{port="chat",reason="end_of_file"}',
    1,
  );
  const figures = await watched.figures();
  const of = (name: string) => figures.get(name);
  assert.equal(of('prosa_connections_accepted_total{port="chat"}'), 2);
  assert.equal(of('prosa_connections_accepted_total{port="registry"}'), 1);
  assert.equal(of('prosa_lines_received_total{port="chat"}'), 5);
  assert.equal(of('prosa_lines_sent_total{port="chat"}'), 2);
  assert.equal(of('prosa_lines_too_long_total{port="chat"}'), 1);
  assert.equal(of('prosa_lines_received_total{port="registry"}'), 1);
  assert.equal(of('prosa_lines_sent_total{port="registry"}'), 1);
  assert.equal(
    of('prosa_connections_ended_total{port="chat",reason="closed"}'),
    1,
  );
  assert.equal(
    of('prosa_connections_ended_total{port="registry",reason="closed"}'),
    1,
  );
  assert.equal(of('prosa_requests_refused_total{code="line_too_long"}'), 1);
});

Deno.test("connections that the server cuts are counted", async () => {
  await using watched = await WatchedServer.open();
  using silent = await watched.chat();
  await watched.until('prosa_connections_accepted_total{port="chat"}', 1);
  watched.ahead += LIMITS.chatRegistration;
  await silent.closed();
  await watched.until(
    'prosa_connections_ended_total{port="chat",reason="cut"}',
    1,
  );
});

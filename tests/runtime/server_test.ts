import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { PortError, Server } from "../../lib/runtime/server.ts";
import { LineClient, until } from "./line_client.ts";
import { RunningServer } from "./running_server.ts";

const REGISTER = '{"type":"REGISTER","namespace":"UnB","name":"alice","port":7070,"ttl":60}';
const CAPS = { total: 100, perIp: 100 };

Deno.test("lines split over many writes, and many lines in one, are the same lines", async (t) => {
  const script = "USER Ana:1\r\nLIST\nKEEP\r\nADDR Ana\r\nKEEPLIST\r\nLIST\r\n";
  const replies = ["LIST ", "ADDR 127.0.0.1:1", "LIST "];
  await t.step("in one write", async () => {
    await using running = await RunningServer.open();
    using client = await running.chat();
    await client.send(script);
    await client.end();
    assert.deepEqual(await client.readAll(), replies);
    assert.equal(running.count("refused", "bad_instruction"), 1, "KEEPLIST is no message");
  });
  await t.step("byte by byte", async () => {
    await using running = await RunningServer.open();
    using client = await running.chat();
    for (const character of script) await client.send(character);
    await client.end();
    assert.deepEqual(await client.readAll(), replies);
  });
  await t.step("KEEP and LIST over two writes, each read before the next", async () => {
    await using running = await RunningServer.open();
    using client = await running.chat();
    const heard = (count: number) =>
      until(() => running.lines.filter(({ direction }) => direction === "in").length === count, "");
    await client.send("USER Ana:1\r\nKE");
    await heard(1);
    await client.send("EP\r");
    await client.send("\nLI");
    await heard(2);
    await client.send("ST\r\n");
    assert.equal(await client.readLine(), "LIST ");
  });
});

Deno.test("every message is told with who sent it and the name that they have", async () => {
  await using running = await RunningServer.open();
  using client = await running.user("Ana");
  await running.ask(REGISTER);
  const told = running.lines.map(({ direction, service, name }) => [direction, service, name]);
  assert.deepEqual(told, [
    ["in", "chat", null],
    ["in", "chat", "Ana"],
    ["out", "chat", "Ana"],
    ["in", "registry", null],
    ["out", "registry", null],
  ]);
  const { ip, port, text } = running.lines[0]!;
  assert.deepEqual([ip, port], ["127.0.0.1", client.port]);
  assert.equal(text, "USER Ana:20000");
});

Deno.test("one request, one reply, close", async () => {
  await using running = await RunningServer.open();
  const [reply, ...more] = await running.ask(REGISTER);
  assert.deepEqual(more, []);
  const { status, ttl, observed_ip } = JSON.parse(reply!);
  assert.deepEqual({ status, ttl, observed_ip }, {
    status: "OK",
    ttl: 60,
    observed_ip: "127.0.0.1",
  });
  const second = await running.ask(`{"type":"DISCOVER"}\n${REGISTER}`);
  assert.equal(second.length, 1, "a second line is not a second request");
  assert.deepEqual(await running.ask(""), ['{"status":"ERROR","message":"Empty request line"}']);
  await running.links(0);
});

Deno.test("a request that end-of-file ends is answered, also one as long as a buffer", async () => {
  await using running = await RunningServer.open();
  for (const length of [0, LIMITS.readBufferLeast, LIMITS.readBufferLeast + 1, 5000]) {
    using client = await running.registry();
    const request = '{"type":"DISCOVER","namespace":"UnB"';
    await client.send(request.padEnd(Math.max(length, request.length + 1) - 1) + "}");
    await client.end();
    assert.deepEqual(await client.readAll(), ['{"status":"OK","peers":[]}'], `${length} bytes`);
  }
});

Deno.test("a client that ends without a word is forgotten", async () => {
  await using running = await RunningServer.open();
  for (const connect of [() => running.chat(), () => running.registry()]) {
    const client = await connect();
    await running.links(1);
    await client.end();
    await client.closed();
    client[Symbol.dispose]();
    await running.links(0);
  }
});

Deno.test("a user who ends the stream, or is cut, is gone from the list", async () => {
  await using running = await RunningServer.open();
  using witness = await running.user("Witness");
  using polite = await running.user("Polite", 2);
  const rude = await running.user("Rude", 3);
  await polite.end();
  await polite.closed();
  rude[Symbol.dispose]();
  await until(() => running.count("user_removed") === 2, "both removed");
  await witness.send("LIST\r\n");
  assert.equal(await witness.readLine(), "LIST ");
});

Deno.test("a line of 32 KiB is read, and one byte more is refused", async () => {
  await using running = await RunningServer.open();
  const request = '{"type":"DISCOVER","namespace":"UnB"}';
  const longest = request.padEnd(LIMITS.jsonLineBytes);
  assert.deepEqual(await running.ask(longest), ['{"status":"OK","peers":[]}']);
  assert.deepEqual(await running.ask(`${longest} `), [
    '{"status":"ERROR","error":"line_too_long","limit":32768}',
  ]);
});

Deno.test("who is told line_too_long gets to read it, even while still sending", async () => {
  await using running = await RunningServer.open();
  using client = await running.registry();
  await client.send("x".repeat(LIMITS.jsonLineBytes + 1));
  const expected = '{"status":"ERROR","error":"line_too_long","limit":32768}';
  assert.equal(await client.readLine(), expected);
  // A server that had closed at once would answer this with a reset.
  for (let more = 0; more < 10; more += 1) await client.send("y".repeat(60_000));
  await client.end();
  assert.equal(await client.readLine(), null);
  assert.ok(!client.wasReset);
  await running.links(0);
});

Deno.test("on the chat port an over-long line closes, after what came before it", async () => {
  await using running = await RunningServer.open();
  using client = await running.user("Ana");
  await client.send(`LIST\r\n${"x".repeat(LIMITS.chatLineBytes)}\r\nLIST\r\n`);
  await client.send(`${"x".repeat(LIMITS.chatLineBytes + 1)}\r\nLIST\r\n`);
  assert.deepEqual(await client.readAll(), ["LIST ", "LIST "]);
  assert.equal(running.count("refused", "line_too_long"), 1);
  assert.equal(running.count("user_removed"), 1);
});

Deno.test("whoever sends a request too slowly is told so", async () => {
  await using running = await RunningServer.open();
  using client = await running.registry();
  await client.send('{"type":"DISC');
  await running.links(1);
  running.ahead += LIMITS.registryRequest;
  assert.deepEqual(await client.readAll(), [
    '{"status":"ERROR","message":"Timeout: no data received, closing connection"}',
  ]);
});

Deno.test("a name lives for its lease, KEEP renews it, LIST does not", async () => {
  await using running = await RunningServer.open();
  using keeper = await running.user("Keeper", 1);
  using lister = await running.user("Lister", 2);
  using silent = await running.chat();
  await running.links(3);
  running.ahead += 10_000;
  await keeper.send("KEEP\r\nLIST\r\n");
  assert.equal(await keeper.readLine(), "LIST Lister");
  await lister.send("LIST\r\n");
  assert.equal(await lister.readLine(), "LIST Keeper");
  running.ahead += 5_000;
  await Promise.all([lister.closed(), silent.closed()]);
  await keeper.send("LIST\r\n");
  assert.equal(await keeper.readLine(), "LIST ");
  assert.equal(running.count("refused", "lease_expired"), 1);
  assert.equal(running.count("refused", "no_user_in_time"), 1);
});

Deno.test("a name is taken over by its own address only", async () => {
  await using running = await RunningServer.open();
  using first = await running.user("Ana", 20000);
  using thief = await running.chat();
  await thief.send("USER Ana:20001\r\nLIST\r\n");
  assert.deepEqual(await thief.readAll(), []);
  await first.send("LIST\r\n");
  assert.equal(await first.readLine(), "LIST ", "the first is left in peace");
  using back = await running.user("Ana", 20000);
  await first.closed();
  await back.send("ADDR Ana\r\nLIST\r\n");
  assert.equal(await back.readLine(), "ADDR 127.0.0.1:20000");
});

Deno.test("connections over a cap are closed, and each that ends makes room", async (t) => {
  for (const caps of [{ total: 3, perIp: 100 }, { total: 100, perIp: 3 }]) {
    await t.step(JSON.stringify(caps), async () => {
      await using running = await RunningServer.open({ caps });
      using first = await running.user("A", 1);
      const second = await running.user("B", 2);
      using waiting = await running.registry();
      await running.links(3);
      using refused = await running.chat();
      await refused.closed();
      using refusedToo = await running.registry();
      await refusedToo.closed();
      assert.equal(running.count("connection_refused"), 2);
      second[Symbol.dispose]();
      await running.links(2);
      using third = await running.user("C", 3);
      await waiting.send('{"type":"DISCOVER"}\n');
      assert.equal((await waiting.readAll()).length, 1);
      await until(() => running.server.loops[1]!.links === 0, "the registry is free");
      using fourth = await running.user("D", 4);
      for (const client of [first, third, fourth]) {
        await client.send("LIST\r\n");
        assert.match(await client.readLine() ?? "closed", /^LIST .:.$/);
      }
    });
  }
});

Deno.test("a port that is taken is named, and nothing stays open", async () => {
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const taken = other.addr.port;
  const probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const free = probe.addr.port;
  probe.close();
  const observer = { report: () => {}, bug: () => {} };
  for (const which of ["chat", "registry"] as const) {
    const ports = which === "chat"
      ? { chatPort: taken, registryPort: free }
      : { chatPort: free, registryPort: taken };
    await assert.rejects(
      Server.open({ host: "127.0.0.1", ...ports, caps: CAPS }, new MemoryStore(), observer),
      (error) => error instanceof PortError && error.which === which && error.port === taken,
    );
    Deno.listen({ hostname: "127.0.0.1", port: free }).close();
  }
});

Deno.test("dispose cuts who is there, and doing it twice is harmless", async () => {
  const running = await RunningServer.open();
  using user = await running.user("Ana");
  using waiting = await running.registry();
  await waiting.send('{"type":');
  await running.links(2);
  const { chat } = running.server.ports;
  await Promise.all([running[Symbol.asyncDispose](), running[Symbol.asyncDispose]()]);
  await running[Symbol.asyncDispose]();
  await Promise.all([user.closed(), waiting.closed()]);
  await assert.rejects(LineClient.connect(chat), Deno.errors.ConnectionRefused);
});

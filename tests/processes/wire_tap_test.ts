import { strict as assert } from "node:assert";
import { createServer } from "node:net";
import { once } from "node:events";
import { freePort } from "./programs.ts";
import { RawClient } from "./raw_client.ts";
import { onTheWire, WireTap, withoutKeepalives } from "./wire_tap.ts";

Deno.test("a tap passes on and records both directions, the change left out of the record", async () => {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  const { port } = echo.address() as { port: number };
  {
    await using tap = new WireTap({ port, change: (chunk) => chunk.replace("b", "xyz") });
    await using client = await RawClient.connect(tap.port);
    client.send("aébc");
    await client.waitFor("aéxyzc");
    client.socket.end();
    await client.closed();
    assert.equal(tap.connections.length, 1);
    const [connection] = tap.connections;
    await connection!.ended;
    assert.equal(connection!.forth, onTheWire("aébc"));
    assert.equal(connection!.back, onTheWire("aébc"));
  }
  await new Promise((resolve) => echo.close(resolve));
});

Deno.test("keepalives are left out, and nothing that only looks like one", () => {
  const wire = "KEEP\r\nUSER a:1\r\nKEEP\r\nKEEP\r\nXKEEP\r\nKEEP \r\n";
  assert.equal(withoutKeepalives(wire), "USER a:1\r\nXKEEP\r\nKEEP \r\n");
});

/** An echo behind a tap, and who talks to it. */
async function tappedEcho(): Promise<AsyncDisposable & { tap: WireTap; client: RawClient }> {
  const stack = new AsyncDisposableStack();
  const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  stack.defer(() => new Promise<void>((resolve) => echo.close(() => resolve())));
  const { port } = echo.address() as { port: number };
  const tap = stack.use(new WireTap({ port }));
  const client = stack.use(await RawClient.connect(tap.port));
  return { tap, client, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

for (const [after, passed] of [["nothing", "one\n"], ["half", "one\ntw"], ["all", "one\ntwos\n"]]) {
  Deno.test(`a tap stops at a line, ${after} of it passed on, and goes on behind it`, async () => {
    await using echo = await tappedEcho();
    const { tap, client } = echo;
    const hold = tap.hold({
      direction: "back",
      line: /^twos$/,
      after: after as "nothing" | "half" | "all",
    });
    const other = tap.hold({ direction: "back", line: /^four$/, after: "nothing" });
    client.send("one\ntw");
    client.send("os\nthree\nfo");
    await hold.reached;
    await client.waitFor(passed!);
    assert.equal(client.came, passed);
    hold.release();
    client.send("ur\nfive");
    await other.reached;
    assert.equal(client.came, "one\ntwos\nthree\n");
    other.release();
    await client.waitFor("four\nfive");
  });
}

Deno.test("a tap that is cut where it stopped loses the rest, on both sides", async () => {
  await using echo = await tappedEcho();
  const hold = echo.tap.hold({ direction: "forth", line: /^b$/, after: "nothing" });
  echo.client.send("a\nb\nc\n");
  await hold.reached;
  await echo.client.waitFor("a\n");
  hold.cut();
  await echo.client.closed();
  assert.equal(echo.client.came, "a\n");
  await echo.tap.connections[0]!.ended;
});

Deno.test("where nobody listens behind a tap, the connection is closed, or refused", async () => {
  await using tap = new WireTap({ port: freePort() });
  {
    await using client = await RawClient.connect(tap.port);
    await client.closed();
  }
  await tap.away();
  await assert.rejects(RawClient.connect(tap.port), { code: "ECONNREFUSED" });
  tap.again();
  await using client = await RawClient.connect(tap.port);
  await client.closed();
});

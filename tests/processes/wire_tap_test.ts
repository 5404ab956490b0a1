import { strict as assert } from "node:assert";
import { createServer } from "node:net";
import { once } from "node:events";
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

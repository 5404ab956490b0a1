import assert from "node:assert/strict";
import { parseProbeDatagram } from "../../lib/protocol/probe.ts";
import { NetworkAttempts } from "../../lib/runtime/probe_attempts.ts";
import { UdpSocket } from "../../lib/runtime/udp_socket.ts";
import { until } from "./line_client.ts";

const TOKEN = "0123456789abcdef";

function never(error: unknown): never {
  throw error;
}

Deno.test("attempts: a port that listens is open, and nothing is said on the connection", async () => {
  using attempts = new NetworkAttempts(never);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  assert.equal(await attempts.connect("127.0.0.1", listener.addr.port), "open");
  using conn = await accepted;
  assert.equal(await conn.read(new Uint8Array(1)), null);
});

Deno.test("attempts: a port that nobody listens on is refused", async () => {
  using attempts = new NetworkAttempts(never);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  assert.equal(await attempts.connect("127.0.0.1", port), "refused");
});

Deno.test("attempts: each port gets one datagram with the token", async () => {
  using attempts = new NetworkAttempts(never);
  const came: string[] = [];
  const open = (name: string) =>
    UdpSocket.open({ hostname: "127.0.0.1", port: 0 }, {
      bug: never,
      datagram: (_, bytes) => came.push(`${name} ${parseProbeDatagram(bytes)}`),
    });
  await using first = open("first");
  await using second = open("second");
  assert.equal(await attempts.send("127.0.0.1", [first.port, second.port], TOKEN), 2);
  await until(() => came.length === 2, "both datagrams");
  assert.deepEqual(came.toSorted(), [`first ${TOKEN}`, `second ${TOKEN}`]);
});

Deno.test("attempts: once ended, nothing goes out any more", async () => {
  const attempts = new NetworkAttempts(never);
  attempts[Symbol.dispose]();
  assert.equal(await attempts.connect("127.0.0.1", 1), "no_answer");
  assert.equal(await attempts.send("127.0.0.1", [6000], TOKEN), 0);
});

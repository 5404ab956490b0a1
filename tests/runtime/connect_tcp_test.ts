import { strict as assert } from "node:assert";
import { connectTcp } from "../../lib/runtime/connect_tcp.ts";

const never = new AbortController().signal;

/** Connects to a port that accepts nothing until one attempt hangs: its queue is full then. */
async function withFullPort(use: (port: number) => Promise<void>): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const filling: Deno.TcpConn[] = [];
  try {
    for (;;) {
      const result = await connectTcp("127.0.0.1", port, never, 50);
      if (result.kind === "failed") break;
      filling.push(result.conn);
    }
    await use(port);
  } finally {
    for (const conn of filling) conn.close();
  }
}

Deno.test("a connection is made", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const result = await connectTcp("127.0.0.1", listener.addr.port, never);
  assert.equal(result.kind, "connected");
  (await listener.accept()).close();
  if (result.kind === "connected") result.conn.close();
});

Deno.test("a refused connection is a result with the system's reason", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const result = await connectTcp("127.0.0.1", port, never);
  assert.ok(result.kind === "failed" && /refused/i.test(result.reason));
  assert.equal(result.why, "refused");
});

Deno.test("a name that does not resolve is a result", async () => {
  const result = await connectTcp("nobody.invalid", 1, never);
  assert.ok(result.kind === "failed");
  assert.equal(result.why, "unresolved");
});

Deno.test("text that is no host name is a result", async () => {
  for (const host of ["", "a b", "256.1.1.1.1", "x".repeat(300)]) {
    const result = await connectTcp(host, 1, never);
    if (result.kind === "connected") result.conn.close();
    assert.equal(result.kind, "failed", host);
  }
});

Deno.test("an attempt ends at its time limit", () =>
  withFullPort(async (port) => {
    const result = await connectTcp("127.0.0.1", port, never, 30);
    assert.deepEqual(result, { kind: "failed", why: "no_answer", reason: "timed out" });
  }));

Deno.test("an attempt can be given up", () =>
  withFullPort(async (port) => {
    const controller = new AbortController();
    const connecting = connectTcp("127.0.0.1", port, controller.signal);
    controller.abort();
    assert.deepEqual(await connecting, { kind: "failed", why: "given_up", reason: "given up" });
  }));

Deno.test("what was given up before it began is not begun", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const result = await connectTcp("127.0.0.1", listener.addr.port, AbortSignal.abort());
  assert.deepEqual(result, { kind: "failed", why: "given_up", reason: "given up" });
});

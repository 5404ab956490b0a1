import { strict as assert } from "node:assert";
import { firstBytes } from "../../lib/runtime/first_bytes.ts";
import { LineClient } from "./line_client.ts";

/** Far longer than anything here takes. */
const PATIENT = 60_000;

async function pair(): Promise<{ caller: LineClient; conn: Deno.TcpConn }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const caller = await LineClient.connect(listener.addr.port);
  return { caller, conn: await listener.accept() };
}

function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

Deno.test("what was sent first, and no more of it than a greeting can be", async () => {
  const { caller, conn } = await pair();
  using _caller = caller;
  await caller.send("{" + "x".repeat(5000));
  const first = await firstBytes(conn, PATIENT, new AbortController().signal);
  assert.ok(first !== null && first.length > 0 && first.length <= 1024);
  assert.equal(text(first)![0], "{");
  const rest = new Uint8Array(8192);
  assert.ok((await conn.read(rest))! > 0, "the rest is still there to be read");
  conn.close();
});

Deno.test("one byte is enough", async () => {
  const { caller, conn } = await pair();
  using _caller = caller;
  await caller.send("U");
  assert.equal(text(await firstBytes(conn, PATIENT, new AbortController().signal)), "U");
  conn.close();
});

Deno.test("a connection that ends before it said anything is closed", async () => {
  const { caller, conn } = await pair();
  using _caller = caller;
  await caller.end();
  assert.equal(await firstBytes(conn, PATIENT, new AbortController().signal), null);
  await caller.closed();
});

Deno.test("a silent connection is closed when its time is over", async () => {
  const { caller, conn } = await pair();
  using _caller = caller;
  assert.equal(await firstBytes(conn, 20, new AbortController().signal), null);
  await caller.closed();
});

Deno.test("the end of the program does not wait for a silent connection", async () => {
  const { caller, conn } = await pair();
  using _caller = caller;
  const controller = new AbortController();
  const first = firstBytes(conn, PATIENT, controller.signal);
  controller.abort();
  assert.equal(await first, null);
  await caller.closed();
});

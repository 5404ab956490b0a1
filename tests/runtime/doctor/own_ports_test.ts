import assert from "node:assert/strict";
import { OwnPorts } from "../../../lib/runtime/doctor/own_ports.ts";
import { udpPasses } from "../../../lib/runtime/doctor/udp_loopback.ts";
import { until } from "../line_client.ts";

const ANY = { listen: 0, call: 0, music: 0 };
const TOKEN = "0123456789abcdef";
const never = new AbortController().signal;

function fail(error: unknown): never {
  throw error;
}

function open(wanted = ANY): OwnPorts {
  return new OwnPorts(wanted, "127.0.0.1", fail);
}

function datagram(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("own ports: what was wanted and what was had", async () => {
  await using ports = open();
  const got = [ports.port("listen"), ports.port("call"), ports.port("music")];
  assert.ok(got.every((port) => port !== null && port > 0));
  assert.deepEqual(
    ports.findings(),
    (["listen", "call", "music"] as const).map((which, at) => ({
      kind: "port",
      which,
      wanted: 0,
      got: got[at],
    })),
  );
});

Deno.test("own ports: where one is taken, the next one is used", async () => {
  await using first = open();
  const taken = first.port("call")!;
  await using second = open({ ...ANY, call: taken });
  assert.ok(second.port("call")! > taken);
});

Deno.test("own ports: one that nobody may have is a finding", async () => {
  // An address that is not this machine's: none of the ports can be had there.
  await using ports = new OwnPorts(ANY, "192.0.2.123", fail);
  assert.deepEqual(ports.findings().map((one) => one.kind === "port" && one.got), [
    null,
    null,
    null,
  ]);
  assert.equal(await udpPasses(ports, never), null);
});

Deno.test("own ports: visitors are counted and let go", async () => {
  await using ports = open();
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: ports.port("listen")! });
  assert.equal(await conn.read(new Uint8Array(1)), null);
  await until(() => ports.visits === 1, "the visit is counted");
});

Deno.test("own ports: a datagram of a probe is known by its port and its token", async () => {
  await using ports = open();
  const to = ports.port("call")!;
  for (const text of ["", "{}", "no probe", `{"type":"PROSA_PROBE","token":"${TOKEN}"}`]) {
    await ports.send("music", "127.0.0.1", to, datagram(text));
  }
  assert.equal(await ports.receives("call", TOKEN, 10_000, never), true);
  assert.equal(await ports.receives("call", TOKEN, 0, never), true, "once it came, it has come");
  assert.equal(await ports.receives("music", TOKEN, 0, never), false, "not to that port");
  assert.equal(await ports.receives("call", "f".repeat(16), 0, never), false, "not that token");
  assert.equal(await ports.receives("call", "f".repeat(16), 10_000, AbortSignal.abort()), false);
});

Deno.test("own ports: a flood of tokens costs no memory, and closing twice is harmless", async () => {
  await using ports = open();
  const to = ports.port("call")!;
  for (let n = 0; n < 200; n++) {
    const token = n.toString(16).padStart(16, "0");
    await ports.send(
      "music",
      "127.0.0.1",
      to,
      datagram(`{"type":"PROSA_PROBE","token":"${token}"}`),
    );
  }
  await ports.receives("call", (63).toString(16).padStart(16, "0"), 10_000, never);
  assert.equal(
    await ports.receives("call", (199).toString(16).padStart(16, "0"), 20, never),
    false,
  );
  await ports[Symbol.asyncDispose]();
});

Deno.test("UDP passes between two ports of our own", async () => {
  await using ports = open();
  assert.equal(await udpPasses(ports, never), true);
});

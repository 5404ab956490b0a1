import { strict as assert } from "node:assert";
import { ConnectionCount, TcpListener } from "../../lib/runtime/tcp_listener.ts";
import { PipedProgram } from "../processes/piped_program.ts";
import { LineClient, until } from "./line_client.ts";

const LISTENER = new URL("../../lib/runtime/tcp_listener.ts", import.meta.url).href;
const HERE = { hostname: "127.0.0.1", port: 0 };

Deno.test("connections are counted in all and by address, and out again", () => {
  const count = new ConnectionCount({ total: 4, perIp: 2 });
  assert.deepEqual(["a", "a", "a", "b", "b", "b"].map((ip) => count.enter(ip)), [
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
  assert.ok(!count.enter("c"), "the total is reached");
  count.leave("a");
  assert.ok(count.enter("c"));
  assert.ok(!count.enter("d"));
});

Deno.test("an IPv6 network of 64 bits counts as one address", () => {
  const count = new ConnectionCount({ total: 9, perIp: 2 });
  assert.ok(count.enter("2001:db8:0:1::1"));
  assert.ok(count.enter("2001:db8:0:1:ffff::2"));
  assert.ok(!count.enter("2001:db8:0:1::3"));
  assert.ok(count.enter("2001:db8:0:2::3"));
  count.leave("2001:db8:0:1::1");
  assert.ok(count.enter("2001:db8:0:1::3"));
});

Deno.test("a connection that has ended makes room for the next", async () => {
  const count = new ConnectionCount({ total: 1, perIp: 1 });
  let served = 0;
  await using listener = TcpListener.open(HERE, count, (conn, ip, ended) => {
    assert.equal(ip, "127.0.0.1");
    served += 1;
    conn.close();
    ended();
  });
  for (let turn = 1; turn <= 3; turn += 1) {
    using client = await LineClient.connect(listener.port);
    await client.closed();
    await until(() => served === turn, "served");
  }
});

Deno.test("who is over the cap is closed and told of", async () => {
  const count = new ConnectionCount({ total: 1, perIp: 1 });
  const endings: (() => void)[] = [];
  let refused = 0;
  const conns: Deno.TcpConn[] = [];
  await using listener = TcpListener.open(HERE, count, (conn, _ip, ended) => {
    conns.push(conn);
    endings.push(ended);
  }, () => refused += 1);
  using one = await LineClient.connect(listener.port);
  await until(() => conns.length === 1, "the first is served");
  using two = await LineClient.connect(listener.port);
  await two.closed();
  assert.equal(refused, 1);
  conns[0]!.close();
  endings[0]!();
  await one.closed();
  using three = await LineClient.connect(listener.port);
  await until(() => conns.length === 2, "there is room again");
  conns[1]!.close();
  await three.closed();
});

Deno.test("disposing stops accepting, twice without harm, and what was accepted goes on", async () => {
  const conns: Deno.TcpConn[] = [];
  const listener = TcpListener.open(HERE, new ConnectionCount({ total: 9, perIp: 9 }), (conn) => {
    conns.push(conn);
  });
  const { port } = listener;
  using client = await LineClient.connect(port);
  await until(() => conns.length === 1, "accepted");
  await Promise.all([listener[Symbol.asyncDispose](), listener[Symbol.asyncDispose]()]);
  await assert.rejects(LineClient.connect(port), Deno.errors.ConnectionRefused);
  await conns[0]!.write(new TextEncoder().encode("still here\n"));
  assert.equal(await client.readLine(), "still here");
  conns[0]!.close();
});

Deno.test("a taken port throws", () => {
  using other = Deno.listen(HERE);
  const count = new ConnectionCount({ total: 1, perIp: 1 });
  assert.throws(
    () => TcpListener.open({ ...HERE, port: other.addr.port }, count, () => {}),
    Deno.errors.AddrInUse,
  );
});

/** A program whose connections are reset as soon as they are made. */
const RESETS = `
import { once } from "node:events";
import { connect } from "node:net";
async function resets(port, count) {
  for (let turn = 0; turn < count; turn += 1) {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.resetAndDestroy();
    await once(socket, "close");
  }
}`;

Deno.test("clients that are gone before they are accepted hold nobody up", async () => {
  let served = 0;
  const count = new ConnectionCount({ total: 999, perIp: 999 });
  await using listener = TcpListener.open(HERE, count, (conn, _ip, ended) => {
    served += 1;
    conn.close();
    ended();
  });
  // This process stands still meanwhile, so that all of them wait in the kernel's queue. With a
  // pause for each of them, whoever comes behind them would wait for half a minute.
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["eval", `${RESETS}\nawait resets(${listener.port}, 300);`],
  }).outputSync();
  assert.ok(success);
  using honest = await LineClient.connect(listener.port);
  await honest.closed();
  assert.ok(served >= 1);
});

Deno.test("a want of descriptors is told, and who waited is accepted when there are some again", async () => {
  // A process of its own, whose limit can be lowered: it uses up all descriptors, then frees them.
  const script = `
    import { ConnectionCount, TcpListener } from ${JSON.stringify(LISTENER)};
    let short = 0;
    const count = new ConnectionCount({ total: 9, perIp: 9 });
    const listener = TcpListener.open({ hostname: "127.0.0.1", port: 0 }, count, (conn, _ip, ended) => {
      conn.close();
      ended();
      console.log("accepted");
      Deno.exit(short > 0 ? 0 : 1);
    }, () => {}, () => {
      short += 1;
      for (const file of files.splice(0)) file.close();
    });
    const files = [];
    try {
      for (;;) files.push(Deno.openSync(Deno.execPath()));
    } catch { console.log("port " + listener.port); }
  `;
  await using server = new PipedProgram("listener", "sh", [
    "-c",
    'ulimit -n 100; exec "$0" eval "$1"',
    Deno.execPath(),
    script,
  ]);
  const [, port] = await server.waitFor(/^port (\d+)$/m);
  using client = await LineClient.connect(Number(port));
  await client.closed();
  assert.equal((await server.ended()).code, 0);
});

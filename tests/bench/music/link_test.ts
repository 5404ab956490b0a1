import assert from "node:assert/strict";
import { join } from "node:path";
import { compile } from "../workbench.ts";
import { type Line, type LinkPlan, openProxies } from "./link.ts";

const folder = await Deno.makeTempDir({ prefix: "prosa-link-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const program = await compile(join(import.meta.dirname!, "link.c"), join(folder, "link"));

/** Two sockets on 127.0.0.1 with a link in front of the far one. */
class Sockets implements AsyncDisposable {
  readonly far = listen();
  readonly near = listen();
  front: Deno.NetAddr = { transport: "udp", hostname: "127.0.0.1", port: 0 };

  private constructor(readonly line: Line) {}

  static async open(plan: LinkPlan): Promise<Sockets> {
    const sockets = new Sockets(openProxies(program!, plan));
    const { port } = await sockets.line.reach((sockets.far.addr as Deno.NetAddr).port);
    sockets.front = { ...sockets.front, port };
    return sockets;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.far.close();
    this.near.close();
    await this.line[Symbol.asyncDispose]();
  }
}

function listen(): Deno.DatagramConn {
  return Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
}

// Where nothing compiles C there is no link, and the suite does without it.
if (program !== null) {
  Deno.test("link: datagrams take their time, and a GET asks for the port of the link", async () => {
    const plan = { rate: 1e6, roundTrip: 40, queue: 100_000, loss: 0 };
    await using sockets = await Sockets.open(plan);
    const { far, near, front } = sockets;
    const begun = performance.now();
    await near.send(new TextEncoder().encode('{"type":"GET","port":1,"more":2}'), front);
    const [asked, from] = await far.receive();
    const there = performance.now() - begun;
    const back = (from as Deno.NetAddr).port;
    assert.equal(new TextDecoder().decode(asked), `{"type":"GET","port":${back},"more":2}`);
    assert.notEqual(back, front.port);
    await far.send(Uint8Array.of(0x40, 1, 2), from);
    const [answer, source] = await near.receive();
    assert.deepEqual([...answer], [0x40, 1, 2]);
    assert.equal((source as Deno.NetAddr).port, front.port);
    assert.ok(there >= 20 && performance.now() - begun >= 40, `${there} ms`);
  });

  Deno.test("link: what is lost does not arrive", async () => {
    const plan = { rate: 1e7, roundTrip: 2, queue: 1_000_000, loss: 0.5 };
    await using sockets = await Sockets.open(plan);
    const { far, near, front } = sockets;
    for (let number = 0; number < 60; number++) await near.send(Uint8Array.of(number), front);
    const came = new Set<number>();
    // One more is sent until it arrives, and is the last.
    const again = setInterval(() => near.send(Uint8Array.of(60), front), 5);
    while (!came.has(60)) came.add((await far.receive())[0][0]!);
    clearInterval(again);
    assert.ok(came.size > 15 && came.size < 46, `${came.size}`);
  });
}

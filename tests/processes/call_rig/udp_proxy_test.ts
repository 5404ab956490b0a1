import assert from "node:assert/strict";
import { formatRtp, OPUS } from "../../../lib/protocol/rtp.ts";
import { symmetricPath, UdpProxy } from "./udp_proxy.ts";

const HOST = "127.0.0.1";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One side of a call, by hand. */
class Socket implements Disposable {
  readonly #conn = Deno.listenDatagram({ transport: "udp", hostname: HOST, port: 0 });

  get port(): number {
    return (this.#conn.addr as Deno.NetAddr).port;
  }

  async send(port: number, datagram: Uint8Array): Promise<void> {
    await this.#conn.send(datagram, { transport: "udp", hostname: HOST, port });
  }

  async say(port: number, message: object): Promise<void> {
    await this.send(port, encoder.encode(JSON.stringify(message)));
  }

  async receive(): Promise<[datagram: Uint8Array, from: number]> {
    const [datagram, from] = await this.#conn.receive();
    return [datagram, (from as Deno.NetAddr).port];
  }

  async hear(): Promise<[message: Record<string, unknown>, from: number]> {
    const [datagram, from] = await this.receive();
    return [JSON.parse(decoder.decode(datagram)), from];
  }

  [Symbol.dispose](): void {
    this.#conn.close();
  }
}

/** Calls through a proxy; gives the port in which the callee sees its caller. */
async function call(caller: Socket, callee: Socket, proxy: UdpProxy): Promise<number> {
  await caller.say(proxy.ports.forCaller, { type: "convite", porta: caller.port });
  return (await callee.hear())[1];
}

function sound(number: number): Uint8Array {
  return formatRtp({
    marker: false,
    payloadType: OPUS.payloadType,
    sequence: number,
    timestamp: number,
    ssrc: 1,
    csrcs: [],
    extension: null,
    payload: Uint8Array.of(number),
    padding: 0,
  });
}

Deno.test("UDP proxy: both sides see its ports in the place of each other's", async () => {
  using caller = new Socket();
  using callee = new Socket();
  await using proxy = await UdpProxy.start(callee.port, symmetricPath({}, 1));
  const invitation = { type: "convite", call_id: "a", nome: "Ana", ip: HOST, codecs: ["x"] };
  await caller.say(proxy.ports.forCaller, { ...invitation, porta: caller.port });
  const [invited, near] = await callee.hear();
  assert.deepEqual(invited, { ...invitation, porta: near });
  const answer = { type: "resposta_ao_convite", call_id: "a", nome: "Bia", resposta: "aceito" };
  await callee.say(near, { ...answer, porta: callee.port });
  assert.deepEqual(await caller.hear(), [
    { ...answer, porta: proxy.ports.forCaller },
    proxy.ports.forCaller,
  ]);
  await callee.say(near, { type: "encerrar_ligação", call_id: "a", nome: "Bia" });
  assert.equal((await caller.hear())[0].type, "encerrar_ligação");
  await callee.send(near, sound(7));
  assert.deepEqual(await caller.receive(), [sound(7), proxy.ports.forCaller]);
});

Deno.test("UDP proxy: each way has its own losses, and all of them are counted", async () => {
  using caller = new Socket();
  using callee = new Socket();
  const { toCallee, toCaller, seed } = symmetricPath({}, 1);
  await using proxy = await UdpProxy.start(callee.port, {
    toCallee: { ...toCallee, loss: 1 },
    toCaller: { ...toCaller, duplication: 1 },
    seed,
  });
  const near = await call(caller, callee, proxy);
  await caller.send(proxy.ports.forCaller, sound(1));
  await callee.send(near, sound(2));
  assert.deepEqual(await caller.receive(), [sound(2), proxy.ports.forCaller]);
  assert.deepEqual(await caller.receive(), [sound(2), proxy.ports.forCaller]);
  await caller.say(proxy.ports.forCaller, { type: "encerrar_ligação" });
  assert.equal((await callee.hear())[0].type, "encerrar_ligação");
  const report = await proxy.report();
  const { sent: fromCaller, ...forCallee } = report.toCallee;
  assert.deepEqual(forCallee, { taken: 3, lost: 1, doubled: 0 });
  assert.deepEqual(fromCaller.map(({ timestamp }) => timestamp), [1]);
  const { sent: fromCallee, ...forCaller } = report.toCaller;
  assert.deepEqual(forCaller, { taken: 1, lost: 0, doubled: 1 });
  assert.deepEqual(fromCallee.map(({ timestamp }) => timestamp), [2]);
});

Deno.test("UDP proxy: a delay is kept", async () => {
  using caller = new Socket();
  using callee = new Socket();
  await using proxy = await UdpProxy.start(callee.port, symmetricPath({ delay: 20 }, 1));
  const near = await call(caller, callee, proxy);
  for (let number = 0; number < 10; number++) {
    const sent = performance.now();
    await callee.send(near, sound(number));
    assert.deepEqual((await caller.receive())[0], sound(number));
    assert.ok(performance.now() - sent >= 19);
  }
  const { lateness } = await proxy.report();
  assert.ok(lateness.median >= 0 && lateness.median <= lateness.worst, JSON.stringify(lateness));
});

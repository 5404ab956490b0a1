import assert from "node:assert/strict";
import type { IpPort } from "../../lib/base/address.ts";
import { UdpSocket } from "../../lib/runtime/udp_socket.ts";

/** A socket whose datagrams are kept. */
class Mailbox {
  readonly received: { readonly from: IpPort; readonly text: string }[] = [];
  #waiting: (() => void)[] = [];

  datagram(from: IpPort, bytes: Uint8Array): void {
    this.received.push({ from, text: new TextDecoder().decode(bytes) });
    for (const tell of this.#waiting.splice(0)) tell();
  }

  bug(error: unknown): void {
    throw error;
  }

  async count(least: number): Promise<void> {
    while (this.received.length < least) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

const LOOPBACK = "127.0.0.1";
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("UDP socket: datagrams both ways, with who sent them", async () => {
  const [one, other] = [new Mailbox(), new Mailbox()];
  await using first = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, one);
  await using second = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, other);
  await first.send({ ip: LOOPBACK, port: second.port }, bytes("olá"));
  await other.count(1);
  assert.deepEqual(other.received, [{ from: { ip: LOOPBACK, port: first.port }, text: "olá" }]);
  await second.send(other.received[0]!.from, bytes(""));
  await one.count(1);
  assert.deepEqual(one.received, [{ from: { ip: LOOPBACK, port: second.port }, text: "" }]);
});

Deno.test("UDP socket: one of IPv6 speaks with IPv4, under plain addresses", async () => {
  const [one, other] = [new Mailbox(), new Mailbox()];
  await using both = UdpSocket.open({ hostname: "::", port: 0 }, one);
  await using four = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, other);
  await four.send({ ip: LOOPBACK, port: both.port }, bytes("a"));
  await one.count(1);
  assert.equal(one.received[0]!.from.ip, LOOPBACK);
  await both.send(one.received[0]!.from, bytes("b"));
  await other.count(1);
  assert.equal(other.received[0]!.from.port, both.port);
});

Deno.test("UDP socket: what cannot be sent is counted, and harms nothing", async () => {
  const box = new Mailbox();
  await using socket = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, box);
  await socket.send({ ip: LOOPBACK, port: socket.port }, new Uint8Array(70_000));
  await socket.send({ ip: "::1", port: socket.port }, bytes("no way from IPv4"));
  assert.equal(socket.unsent, 2);
  await socket.send({ ip: LOOPBACK, port: socket.port }, bytes("still there"));
  await box.count(1);
});

Deno.test("UDP socket: a receiver that throws is told, and the next datagram comes", async () => {
  const bugs: unknown[] = [];
  const box = new Mailbox();
  const observer = {
    datagram: (from: IpPort, data: Uint8Array) => {
      box.datagram(from, data);
      if (box.received.length === 1) throw new Error("ours");
    },
    bug: (error: unknown) => bugs.push(error),
  };
  await using socket = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, observer);
  const self = { ip: LOOPBACK, port: socket.port };
  await socket.send(self, bytes("1"));
  await box.count(1);
  await socket.send(self, bytes("2"));
  await box.count(2);
  assert.equal(bugs.length, 1);
});

Deno.test("UDP socket: a taken port, and a closed socket", async () => {
  const box = new Mailbox();
  const socket = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, box);
  const { port } = socket;
  assert.throws(() => UdpSocket.open({ hostname: LOOPBACK, port }, box), Deno.errors.AddrInUse);
  await socket[Symbol.asyncDispose]();
  await socket[Symbol.asyncDispose]();
  await socket.send({ ip: LOOPBACK, port }, bytes("nobody"));
  await using _again = UdpSocket.open({ hostname: LOOPBACK, port }, box);
});

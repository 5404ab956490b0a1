import { strict as assert } from "node:assert";
import type { OverlayReport } from "../../lib/overlay/reports.ts";
import { OverlayPeer } from "../../lib/runtime/overlay_peer.ts";
import { ConnectionCount, TcpListener } from "../../lib/runtime/tcp_listener.ts";
import { LineClient, until } from "./line_client.ts";
import { OneShotServer } from "./one_shot_server.ts";
import { RunningServer } from "./running_server.ts";

/** A node with a port of its own, and everything that it tells. */
class Running implements AsyncDisposable {
  readonly reports: OverlayReport[] = [];
  readonly lines: { readonly direction: "in" | "out"; readonly text: string }[] = [];
  readonly bugs: unknown[] = [];
  readonly listener: TcpListener;
  readonly peer: OverlayPeer;

  constructor(name: string, rendezvous: { readonly host: string; readonly port: number }) {
    this.listener = TcpListener.open(
      { hostname: "127.0.0.1", port: 0 },
      new ConnectionCount({ total: 100, perIp: 100 }),
      (conn, ip, ended) => this.peer.accept(conn, ip, ended, new Uint8Array()),
    );
    const { port } = this.listener;
    this.peer = new OverlayPeer({ name, namespace: "UnB", port, rendezvous }, {
      report: (report) => this.reports.push(report),
      line: ({ direction, text }) => this.lines.push({ direction, text: readable(text) }),
      bug: (error) => this.bugs.push(error),
    });
  }

  find<Kind extends OverlayReport["kind"]>(kind: Kind) {
    return this.reports.find((report) => report.kind === kind) as
      | OverlayReport & { readonly kind: Kind }
      | undefined;
  }

  async reported(kind: OverlayReport["kind"]): Promise<void> {
    await until(() => this.find(kind) !== undefined, `${this.peer.node.self}: ${kind}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener[Symbol.asyncDispose]();
    await this.peer[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}

/** Decoded at once: the bytes of a line are used again for the next one. */
function readable(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder().decode(text);
}

const registry = ({ server }: RunningServer) => ({
  host: "127.0.0.1",
  port: server.ports.registry,
});

Deno.test("two nodes register, find each other, talk, and say goodbye", async () => {
  await using server = await RunningServer.open();
  await using ana = new Running("Ana", registry(server));
  await ana.reported("registered");
  await using bia = new Running("Bia", registry(server));
  await Promise.all([ana, bia].map((node) => node.reported("neighbour_up")));
  bia.peer.submit({ kind: "send", tag: 7, to: "Ana@UnB", text: "oi" });
  await Promise.all([bia.reported("fate"), ana.reported("message")]);
  assert.equal(ana.find("message")?.text, "oi");
  const fate = bia.find("fate");
  assert.ok(fate?.tag === 7 && fate.outcome.kind === "delivered" && fate.outcome.via === null);

  await bia.peer.leave();
  assert.equal(bia.find("finished")?.kind, "finished");
  await ana.reported("neighbour_down");
  assert.equal(ana.find("neighbour_down")?.reason, "bye_received");
  const [listed] = await server.ask('{"type":"DISCOVER"}');
  assert.deepEqual(JSON.parse(listed!).peers.map(({ name }: { name: string }) => name), ["Ana"]);
  const sent = bia.lines.map(({ direction, text }) => `${direction} ${JSON.parse(text).type}`);
  for (const line of ["out HELLO", "in HELLO_OK", "out SEND", "in ACK", "out BYE", "in BYE_OK"]) {
    assert.ok(sent.includes(line), `${line} in ${sent}`);
  }
});

Deno.test("it looks again when it is told to, and registers where it was forgotten", async () => {
  let known = true;
  await using rendezvous = new OneShotServer((request) => {
    if (JSON.parse(request).type !== "DISCOVER") return '{"status":"OK"}\n';
    const self = [{ ip: "127.0.0.1", port: 1, name: "Ana", namespace: "UnB" }];
    return JSON.stringify({ status: "OK", peers: known ? self : [] }) + "\n";
  });
  const asked = (type: string) =>
    rendezvous.requests.filter((request) => request.includes(`"${type}"`)).length;
  await using ana = new Running("Ana", rendezvous.address);
  await ana.reported("registered");
  await until(() => asked("DISCOVER") === 1, "the first look");
  known = false;
  await until(() => {
    // As long as the answer to the first is on its way, another is not asked.
    ana.peer.lookAgain();
    return asked("REGISTER") >= 2;
  }, "registered again");
});

Deno.test("nothing of a rendezvous that does not answer holds up the end", async () => {
  await using rendezvous = new OneShotServer(() => null);
  const ana = new Running("Ana", rendezvous.address);
  await until(() => rendezvous.requests.length === 2, "REGISTER and DISCOVER");
  await ana.peer.leave();
  await ana[Symbol.asyncDispose]();
  await ana[Symbol.asyncDispose]();
  await until(() => rendezvous.ended === 2, "both connections are closed");
});

Deno.test("what was read of a connection to see whose it is counts", async () => {
  await using rendezvous = new OneShotServer(() => '{"status":"OK","peers":[]}\n');
  await using ana = new Running("Ana", rendezvous.address);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using zeca = await LineClient.connect(listener.addr.port);
  const hello = '{"type":"HELLO","peer_id":"Zeca@UnB","version":"1.0","features":[]}\n';
  await zeca.send(hello.slice(20));
  const conn = await listener.accept();
  const ended = Promise.withResolvers<void>();
  const first = new TextEncoder().encode(hello.slice(0, 20));
  ana.peer.accept(conn, "127.0.0.1", ended.resolve, first);
  assert.match(await zeca.readLine() ?? "closed", /"HELLO_OK"/);
  zeca[Symbol.dispose]();
  await ended.promise;
});

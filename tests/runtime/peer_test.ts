import { strict as assert } from "node:assert";
import type { CallStatus } from "../../lib/call/status.ts";
import type { ChatStatus } from "../../lib/chat/status.ts";
import type { OverlayReport } from "../../lib/overlay/reports.ts";
import { Peer, type PeerServer } from "../../lib/runtime/peer.ts";
import { LineClient, until } from "./line_client.ts";
import { RunningServer } from "./running_server.ts";

/** A peer on a free port, and everything that it tells. */
class Running implements AsyncDisposable {
  readonly told: (ChatStatus | OverlayReport)[] = [];
  readonly calls: CallStatus[] = [];
  readonly bugs: unknown[] = [];
  readonly peer: Peer;

  constructor(name: string, server: PeerServer, listen = 0) {
    const sound = {
      microphone: { kind: "none" },
      speaker: { kind: "none" },
      halfDuplex: false,
    } as const;
    const folders = { shares: [], downloads: "downloads", cache: null };
    const music = { ...folders, cacheSize: 0, maxUpload: null };
    const ports = { listen, callPort: 0, musicPort: 0 };
    this.peer = new Peer({ name, namespace: "UnB", server, ...ports, sound, music }, {
      status: (status) => this.told.push(status),
      report: (report) => this.told.push(report),
      call: (status) => this.calls.push(status),
      sound: () => {},
      music: () => {},
      library: () => {},
      catalogue: () => {},
      bug: (error) => this.bugs.push(error),
    });
  }

  count(kind: string): number {
    return this.told.filter((one) => one.kind === kind).length;
  }

  async tells(kind: string): Promise<void> {
    await until(() => this.count(kind) > 0, kind);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.peer[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}

function portsOf({ server }: RunningServer): PeerServer {
  const { chat, registry } = server.ports;
  return { host: "127.0.0.1", chatPort: chat, registryPort: registry };
}

const HELLO = '{"type":"HELLO","peer_id":"Zeca@UnB","version":"1.0","features":[]}\n';

Deno.test("one port for both systems, under one name, until the end", async () => {
  await using server = await RunningServer.open();
  await using ana = new Running("Ana", portsOf(server));
  await until(() => ana.count("registered") === 2, "both directories took the name");
  using caller = await LineClient.connect(ana.peer.port);
  await caller.send("USER Bia\r\n");
  await ana.tells("opened");
  using neighbour = await LineClient.connect(ana.peer.port);
  await neighbour.send(HELLO);
  assert.match(await neighbour.readLine() ?? "closed", /"HELLO_OK","peer_id":"Ana@UnB"/);
  await ana.tells("neighbour_up");
  const leaving = ana.peer.leave();
  assert.deepEqual(await caller.readAll(), ["DISC"]);
  caller[Symbol.dispose]();
  const bye = JSON.parse((await neighbour.readLine())!);
  assert.deepEqual([bye.type, bye.reason], ["BYE", "quit"]);
  await neighbour.send(`{"type":"BYE_OK","msg_id":${JSON.stringify(bye.msg_id)}}\n`);
  await neighbour.closed();
  neighbour[Symbol.dispose]();
  await leaving;
  assert.equal(ana.count("finished"), 1);
  assert.deepEqual(await server.ask('{"type":"DISCOVER"}'), ['{"status":"OK","peers":[]}']);
});

Deno.test("before it has a name, no neighbour can have meant it, but a caller can", async () => {
  using mute = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = mute.addr;
  await using ana = new Running("Ana", { host: "127.0.0.1", chatPort: port, registryPort: port });
  using session = await mute.accept();
  using neighbour = await LineClient.connect(ana.peer.port);
  await neighbour.send(HELLO);
  assert.equal(await neighbour.readLine(), null);
  using caller = await LineClient.connect(ana.peer.port);
  await caller.send("USER Bia\r\n");
  await ana.tells("opened");
  assert.ok(session.remoteAddr.port > 0);
  assert.equal(ana.count("neighbour_up"), 0);
});

Deno.test("without a chat server the overlay has the name that was wanted", async () => {
  await using server = await RunningServer.open();
  const gone = await RunningServer.open();
  const { chatPort } = portsOf(gone);
  await gone[Symbol.asyncDispose]();
  await using ana = new Running("Ana", { ...portsOf(server), chatPort });
  await ana.tells("server_away");
  await ana.tells("registered");
  ana.peer.submitOverlay({ kind: "peers", tag: 1, namespace: undefined });
  await ana.tells("peers");
  const [listed] = await server.ask('{"type":"DISCOVER"}');
  const [entry] = JSON.parse(listed!).peers;
  assert.deepEqual([entry.name, entry.namespace, entry.port], ["Ana", "UnB", ana.peer.port]);
});

Deno.test("a wanted port that is taken makes it the next free one", async () => {
  await using server = await RunningServer.open();
  await using ana = new Running("Ana", portsOf(server));
  await using bia = new Running("Bia", portsOf(server), ana.peer.port);
  assert.ok(bia.peer.port > ana.peer.port && bia.peer.port < ana.peer.port + 100);
});

Deno.test("a silent connection does not hold up the end", async () => {
  await using server = await RunningServer.open();
  await using ana = new Running("Ana", portsOf(server));
  await ana.tells("registered");
  using silent = await LineClient.connect(ana.peer.port);
  await ana.peer.leave();
  await ana.peer[Symbol.asyncDispose]();
  await silent.closed();
});

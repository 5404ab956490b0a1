import assert from "node:assert/strict";
import type { Finding } from "../../../lib/doctor/findings.ts";
import {
  formatProbeReply,
  parseProbeRequest,
  type ProbeReply,
  type ProbeRequest,
} from "../../../lib/protocol/probe.ts";
import { OutsideView } from "../../../lib/runtime/doctor/outside_view.ts";
import { OwnPorts } from "../../../lib/runtime/doctor/own_ports.ts";
import { NetworkAttempts } from "../../../lib/runtime/probe_attempts.ts";
import { OneShotServer } from "../one_shot_server.ts";
import { RunningServer } from "../running_server.ts";

const never = new AbortController().signal;
const ANY = { listen: 0, call: 0, music: 0 };
/** Seen from here we come from 127.0.0.1: another machine, as far as addresses tell. */
const ELSEWHERE = "127.0.0.2";
const NAT = "203.0.113.7";

function fail(error: unknown): never {
  throw error;
}

/** What a server does with a request: what it says, after what it does. */
type Behave = (
  request: ProbeRequest,
  attempts: NetworkAttempts,
) => Promise<Partial<ProbeReply> | string>;

/** What is found with a server elsewhere that behaves so. */
async function seenBy(
  behave: Behave,
  { wanted = ANY, patience }: { wanted?: typeof ANY; patience?: number } = {},
): Promise<Finding[]> {
  using attempts = new NetworkAttempts(fail);
  await using server = new OneShotServer(async (line) => {
    const request = parseProbeRequest(new TextEncoder().encode(line));
    const answer = await behave(request, attempts);
    if (typeof answer === "string") return `${answer}\n`;
    const usual = {
      ip: NAT,
      port: 40_000,
      time: Date.now(),
      tcp: "not_tried",
      udpSent: 0,
    } as const;
    return `${formatProbeReply({ ...usual, ...answer })}\n`;
  }, ELSEWHERE);
  await using ports = new OwnPorts(wanted, "127.0.0.1", fail);
  return await new OutsideView(server.address, ports, never, patience).findings();
}

/** Reaches back as a server does, to the address where the ports of a test are. */
const reachBack: Behave = async ({ tcp, udp, token }, attempts) => ({
  tcp: tcp === null ? "not_tried" : await attempts.connect("127.0.0.1", tcp),
  udpSent: await attempts.send("127.0.0.1", udp, token),
});

const reachOf = (findings: readonly Finding[]) =>
  findings.flatMap((one) => one.kind === "reach" ? [`${one.which} ${one.result}`] : []);

Deno.test("reached: each port, told in the order of seeing, reaching and the clock", async () => {
  const found = await seenBy(reachBack);
  assert.deepEqual(found.map(({ kind }) => kind), ["seen", "reach", "reach", "reach", "clock"]);
  assert.deepEqual(reachOf(found), ["listen reached", "call reached", "music reached"]);
  assert.deepEqual(found[0], { kind: "seen", observedIp: NAT, localIp: "127.0.0.1" });
  assert.ok(found.every((one) => one.kind !== "reach" || one.behindNat && !one.lasting));
});

Deno.test("a port that was chosen is lasting", async () => {
  await using ports = new OwnPorts(ANY, "127.0.0.1", fail);
  const listen = ports.port("listen")!;
  await ports[Symbol.asyncDispose]();
  const found = await seenBy(reachBack, { wanted: { ...ANY, listen } });
  const lasting = found.flatMap((one) => one.kind === "reach" ? [one.lasting] : []);
  assert.deepEqual(lasting, [true, false, false]);
});

Deno.test("not reached: what the server says of TCP, and datagrams that never come", async () => {
  const asked: ProbeRequest[] = [];
  const found = await seenBy((request) => {
    asked.push(request);
    return Promise.resolve({ tcp: "no_answer", udpSent: request.udp.length });
  }, { patience: 10 });
  assert.deepEqual(reachOf(found), ["listen no_answer", "call no_answer", "music no_answer"]);
  // One to be seen, one for all ports, one more for the datagrams: a loss is no firewall.
  assert.deepEqual(asked.map(({ tcp, udp }) => [tcp !== null, udp.length]), [
    [false, 0],
    [true, 2],
    [false, 2],
  ]);
  assert.equal(new Set(asked.map(({ token }) => token)).size, 3);
});

Deno.test("a datagram that is lost once is asked for again, and only that one", async () => {
  const rounds: number[] = [];
  const found = await seenBy(async ({ tcp, udp, token }, attempts) => {
    rounds.push(udp.length);
    const lost = rounds.length === 2 ? udp.slice(1) : udp;
    await attempts.send("127.0.0.1", lost, token);
    return {
      tcp: tcp === null ? "not_tried" : await attempts.connect("127.0.0.1", tcp),
      udpSent: udp.length,
    };
  });
  assert.deepEqual(reachOf(found), ["listen reached", "call reached", "music reached"]);
  assert.deepEqual(rounds, [0, 2, 1]);
});

Deno.test("refused, and open at a machine that is not us", async () => {
  const refused = await seenBy(async (...args) => {
    return { ...await reachBack(...args) as Partial<ProbeReply>, tcp: "refused" };
  });
  assert.equal(reachOf(refused)[0], "listen refused");
  const other = await seenBy(async ({ udp, token }, attempts) => {
    return { tcp: "open", udpSent: await attempts.send("127.0.0.1", udp, token) };
  });
  assert.equal(reachOf(other)[0], "listen another_machine");
});

Deno.test("a server that sent no datagram says nothing about UDP", async () => {
  const found = await seenBy(() => Promise.resolve({ tcp: "no_answer", udpSent: 0 }), {
    patience: 10,
  });
  assert.deepEqual(reachOf(found), ["listen no_answer", "call busy", "music busy"]);
});

Deno.test("a clock that is an hour ahead", async () => {
  const found = await seenBy((request, attempts) =>
    reachBack(request, attempts).then((reply) => ({
      ...reply as Partial<ProbeReply>,
      time: Date.now() + 3_600_000,
    }))
  );
  const clock = found.find((one) => one.kind === "clock");
  assert.ok(clock);
  const { ahead, uncertainty } = clock.estimate;
  // Between two looks at clocks this machine may do something else.
  assert.ok(Math.abs(ahead - 3_600_000) <= uncertainty + 1000, `${ahead} ± ${uncertainty}`);
});

for (
  const [what, answer, why] of [
    [
      "that does not know the question",
      '{"status":"ERROR","message":"Unknown command"}',
      "unknown_request",
    ],
    ["that answers something else", "LIST ", "unknown_request"],
    ["that is asked by too many", '{"status":"ERROR","error":"probe_busy"}', "busy"],
  ] as const
) {
  Deno.test(`a server ${what} cannot tell`, async () => {
    const found = await seenBy(() => Promise.resolve(answer));
    assert.deepEqual(found, [{ kind: "outside", why }]);
  });
}

Deno.test("a server that closes without a word cannot tell, nor can one that is gone", async () => {
  await using ports = new OwnPorts(ANY, "127.0.0.1", fail);
  const server = new OneShotServer(() => "");
  const { address } = server;
  assert.deepEqual(await new OutsideView(address, ports, never).findings(), [
    { kind: "outside", why: "unknown_request" },
  ]);
  await server[Symbol.asyncDispose]();
  assert.deepEqual(await new OutsideView(address, ports, never).findings(), [
    { kind: "outside", why: "no_server" },
  ]);
});

Deno.test("our own server on our own machine is not outside, and tells the time", async () => {
  await using running = await RunningServer.open();
  await using ports = new OwnPorts(ANY, "127.0.0.1", fail);
  const registry = { host: "127.0.0.1", port: running.server.ports.registry };
  const found = await new OutsideView(registry, ports, never).findings();
  assert.deepEqual(found[0], { kind: "outside", why: "same_machine" });
  assert.deepEqual(found.map(({ kind }) => kind), ["outside", "clock"]);
  assert.deepEqual(running.bugs, []);
  assert.equal(ports.visits, 0);
});

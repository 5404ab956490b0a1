import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { PROBE_LIMITS } from "../../lib/directory/probe_limits.ts";
import { type ProbeAttempts, ProbeService } from "../../lib/directory/probe_service.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import { formatProbeRequest, type ProbeRequest } from "../../lib/protocol/probe.ts";
import { DeskProbe, onLinks, refusals, sentTo } from "./desk_probe.ts";

const TOKEN = "0123456789abcdef";
const NOTHING_ASKED: ProbeRequest = { tcp: null, udp: [], token: TOKEN };
const ALL: ProbeRequest = { tcp: 45_000, udp: [6000, 7000], token: TOKEN };

/** A desk whose attempts are written down instead of made. */
function desk() {
  const tried: string[] = [];
  const attempts: ProbeAttempts = {
    time: () => 1_000_000.4,
    connect: (ip, port) => {
      tried.push(`tcp ${ip} ${port}`);
      return Promise.resolve("refused");
    },
    send: (ip, ports, token) => {
      tried.push(`udp ${ip} ${ports} ${token}`);
      return Promise.resolve(ports.length);
    },
  };
  const service = new ProbeService(attempts);
  const probe = new DeskProbe(new RegistryDesk([service]));
  const ask = async (request: ProbeRequest | string, ip = "203.0.113.7") => {
    const link = await probe.connect(ip, 45_678);
    const line = typeof request === "string" ? request : formatProbeRequest(request);
    const effects = await probe.line(link, line);
    return { link, effects, reply: sentTo(link, effects).map((text) => JSON.parse(text))[0] };
  };
  return { probe, tried, ask };
}

Deno.test("probe service: tells how it sees who asks, and the time, and tries nothing", async () => {
  const { ask, tried } = desk();
  const { link, effects, reply } = await ask(NOTHING_ASKED);
  assert.deepEqual(reply, {
    status: "OK",
    observed_ip: "203.0.113.7",
    observed_port: 45_678,
    time_ms: 1_000_000,
    tcp: "not_tried",
    udp_sent: 0,
  });
  assert.deepEqual(tried, []);
  assert.deepEqual(onLinks(effects).at(-1), { kind: "close", link });
});

Deno.test("probe service: tries the ports of who asks, at the address that it sees", async () => {
  const { ask, tried } = desk();
  const { effects, reply } = await ask(ALL);
  assert.deepEqual(tried, [
    "tcp 203.0.113.7 45000",
    `udp 203.0.113.7 6000,7000 ${TOKEN}`,
  ]);
  assert.deepEqual([reply.tcp, reply.udp_sent], ["refused", 2]);
  assert.deepEqual(effects.at(-1), { kind: "probed", outcome: "refused", datagrams: 2 });
});

Deno.test("probe service: an address in the request is nobody's to give", async () => {
  const { ask, tried } = desk();
  const request = JSON.parse(formatProbeRequest(ALL));
  await ask(JSON.stringify({ ...request, ip: "198.51.100.1", observed_ip: "198.51.100.1" }));
  assert.ok(tried.every((line) => line.includes("203.0.113.7")), String(tried));
});

for (const ip of ["127.0.0.1", "127.9.9.9", "::1"]) {
  Deno.test(`probe service: ${ip} is never tried, whoever it lends its place to`, async () => {
    const { ask, tried } = desk();
    const { reply } = await ask(ALL, ip);
    assert.deepEqual([reply.observed_ip, reply.tcp, reply.udp_sent], [ip, "not_tried", 0]);
    assert.deepEqual(tried, []);
  });
}

for (
  const [field, value, code] of [
    ["tcp", 22, "bad_port"],
    ["udp", [6000, 6001, 6002, 6003], "bad_udp"],
    ["token", "x", "bad_token"],
    ["pad", "", "bad_pad"],
  ] as const
) {
  Deno.test(`probe service: ${code} is an error, counted, and nothing is tried`, async () => {
    const { ask, tried } = desk();
    const request = { ...JSON.parse(formatProbeRequest(ALL)), [field]: value };
    const { effects, reply } = await ask(JSON.stringify(request));
    assert.deepEqual(reply, { status: "ERROR", error: code });
    assert.deepEqual(refusals(effects), [code]);
    assert.deepEqual(tried, []);
  });
}

Deno.test("probe service: one address has its rate, and others are served beside it", async () => {
  const { ask, probe } = desk();
  const { burst } = PROBE_LIMITS.perAddress;
  for (let n = 0; n < burst; n++) assert.equal((await ask(NOTHING_ASKED)).reply.status, "OK");
  const { effects, reply } = await ask(NOTHING_ASKED);
  assert.deepEqual(reply, { status: "ERROR", error: "probe_busy" });
  assert.deepEqual(refusals(effects), ["probe_busy"]);
  assert.equal((await ask(NOTHING_ASKED, "203.0.113.8")).reply.status, "OK");
  probe.now += SECOND;
  assert.equal((await ask(NOTHING_ASKED)).reply.status, "OK");
  assert.equal((await ask(NOTHING_ASKED)).reply.error, "probe_busy");
});

Deno.test("probe service: all together have a rate", async () => {
  const { ask, probe } = desk();
  const { rate, burst } = PROBE_LIMITS.all;
  const served = async (count: number) => {
    let ok = 0;
    for (let n = 0; n < count; n++) {
      ok += (await ask(NOTHING_ASKED, `198.51.${probe.now % 256}.${n}`)).reply.status === "OK"
        ? 1
        : 0;
    }
    return ok;
  };
  assert.equal(await served(burst + 10), burst);
  probe.now += SECOND;
  assert.equal(await served(rate + 10), rate);
});

Deno.test("probe service: only so many addresses are remembered, and they are forgotten", async () => {
  const { ask, probe } = desk();
  const { addresses, perAddress: { rate, burst } } = PROBE_LIMITS;
  for (let n = 0; n < addresses; n++) {
    probe.now += SECOND / PROBE_LIMITS.all.rate / 100;
    await ask(NOTHING_ASKED, `10.1.${n >> 8}.${n & 255}`);
  }
  probe.now += SECOND;
  assert.equal((await ask(NOTHING_ASKED)).reply.error, "probe_busy");
  assert.equal((await ask(NOTHING_ASKED, "10.1.15.255")).reply.status, "OK", "one that is known");
  await probe.pass(burst / rate * SECOND);
  assert.equal((await ask(NOTHING_ASKED)).reply.status, "OK");
});

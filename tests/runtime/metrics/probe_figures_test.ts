import assert from "node:assert/strict";
import { PROBE_LIMITS } from "../../../lib/directory/probe_limits.ts";
import { formatProbeRequest, parseProbeAnswer } from "../../../lib/protocol/probe.ts";
import { bytesOf } from "../../vectors/vector.ts";
import { WatchedServer } from "./watched_server.ts";

const REQUEST = formatProbeRequest({ tcp: null, udp: [], token: "0123456789abcdef" });

Deno.test("probes are counted by what became of them, and those of a flood as refused", async () => {
  await using watched = await WatchedServer.open();
  const { burst } = PROBE_LIMITS.perAddress;
  const ask = async () => {
    using client = await watched.registry();
    await client.send(`${REQUEST}\n`);
    const [line] = await client.readAll();
    return parseProbeAnswer(bytesOf(line!)).kind;
  };
  let served = 0;
  while (await ask() === "OK") served += 1;
  assert.ok(served >= burst, `${served} served`);
  const figures = await watched.figures();
  assert.equal(figures.get('prosa_probes_total{outcome="not_tried"}'), served);
  assert.equal(figures.get('prosa_requests_refused_total{code="probe_busy"}'), 1);
  assert.equal(figures.get("prosa_probe_datagrams_total"), 0);
  assert.deepEqual(watched.bugs, []);
});

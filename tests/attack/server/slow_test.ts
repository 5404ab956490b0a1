import { strict as assert } from "node:assert";
import { MIB } from "../../../lib/base/units.ts";
import { NamespaceLab } from "../../processes/overlay_namespaces.ts";
import { conduct, type Report, summary } from "../conduct.ts";
import { sideBySide } from "../side_by_side.ts";
import { halfOpen, PEOPLE } from "./half_open.ts";
import { EACH as NEVER_READING, LOOKERS, neverReading } from "./never_reading.ts";
import { EACH as SLOW, slowSenders } from "./slow_senders.ts";

const lab = await NamespaceLab.open({});
await lab?.[Symbol.asyncDispose]();

Deno.test("who sends too slowly, never reads or vanishes is cut off; others are served", async (t) => {
  // All of it takes 15 seconds, and all at once takes no longer.
  const [report, vanished] = await Promise.all([
    conduct(sideBySide(slowSenders, neverReading)),
    // Without the rights to make networks nothing of it can be shown.
    lab === null ? null : conduct(halfOpen),
  ]);
  await t.step("slow senders, never reading", () => assertSlow(report));
  if (vanished !== null) await t.step("half-open", () => assertVanished(vanished));
});

function assertSlow(report: Report): void {
  console.log(summary(report));
  const { observed, counted, memory } = report;
  assert.equal(observed.closed, 2 * SLOW);
  assert.equal(observed["told of it"], SLOW);
  const ended = (port: string, reason: string) =>
    counted.get(`prosa_connections_ended_total{port="${port}",reason="${reason}"}`);
  assert.equal(ended("chat", "stalled"), NEVER_READING);
  assert.equal(ended("registry", "stalled"), LOOKERS);
  assert.equal(counted.get('prosa_requests_refused_total{code="no_user_in_time"}'), SLOW);
  assert.equal(counted.get('prosa_requests_refused_total{code="timeout"}'), SLOW);
  // The replies that were asked for are 5 GB.
  assert.ok(memory.most - memory.before < 512 * MIB, `${memory.most}`);
}

function assertVanished(report: Report): void {
  console.log(summary(report));
  const { observed, counted } = report;
  assert.deepEqual(observed, { "were in the chat": PEOPLE, "could be called": PEOPLE });
  assert.equal(counted.get('prosa_requests_refused_total{code="lease_expired"}'), PEOPLE);
  assert.equal(
    counted.get('prosa_connections_ended_total{port="registry",reason="reset"}'),
    PEOPLE,
  );
}

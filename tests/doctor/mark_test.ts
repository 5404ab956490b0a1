import assert from "node:assert/strict";
import type { Finding, Mark, Reach } from "../../lib/doctor/findings.ts";
import { diagnose, isHealthy } from "../../lib/doctor/mark.ts";

const device = { backend: "pulse", id: "pulse:x", label: "X", card: null } as const;
const gone = { why: "not_found", wanted: "pulse:x" } as const;
const reach = (result: Reach): Finding => ({
  kind: "reach",
  which: "call",
  port: 6000,
  result,
  behindNat: false,
  lasting: true,
});
const clock = (ahead: number, uncertainty: number): Finding => ({
  kind: "clock",
  estimate: { ahead, uncertainty },
});
const mic = (finding: Partial<Finding & { kind: "device" }>): Finding => ({
  kind: "device",
  side: "microphone",
  device,
  preferred: true,
  result: { kind: "silence" },
  ...finding,
});
const port = (wanted: number, got: number | null): Finding => {
  return { kind: "port", which: "call", wanted, got };
};
const terminal = (utf8: boolean | null): Finding => {
  return { kind: "terminal", terminal: { columns: 80, colour: true, utf8 } };
};

const MARKS: readonly (readonly [Mark, Finding])[] = [
  ["ok", terminal(true)],
  ["ok", terminal(null)],
  ["warning", terminal(false)],
  ["ok", { kind: "terminal", terminal: null }],
  ["ok", { kind: "permissions", missing: [] }],
  ["warning", { kind: "permissions", missing: [{ use: "sound", flag: "--allow-run=x" }] }],
  ["failed", { kind: "permissions", missing: [{ use: "network", flag: "--allow-net" }] }],
  ["ok", { kind: "addresses", ips: ["192.168.0.7"] }],
  ["warning", { kind: "addresses", ips: [] }],
  ["ok", port(6000, 6000)],
  ["ok", port(0, 41_000)],
  ["warning", port(6000, 6001)],
  ["failed", port(6000, null)],
  ["ok", { kind: "udp", works: true }],
  ["failed", { kind: "udp", works: false }],
  ["ok", mic({ result: { kind: "heard", level: -40 } })],
  ["ok", mic({ side: "speaker", result: { kind: "played" } })],
  ["warning", mic({ result: { kind: "silence" } })],
  ["warning", mic({ result: { kind: "slow" } })],
  ["failed", mic({ result: { kind: "fault", fault: gone } })],
  ["warning", mic({ preferred: false, result: { kind: "fault", fault: gone } })],
  ["warning", { kind: "no_device", side: "speaker" }],
  ["ok", { kind: "name", host: "casa", ip: "192.168.0.10" }],
  ["failed", { kind: "name", host: "casa", ip: null }],
  ["ok", {
    kind: "server",
    which: "chat",
    port: 10_000,
    result: { kind: "directory", madeIn: 1, answeredIn: 1 },
  }],
  ["failed", {
    kind: "server",
    which: "chat",
    port: 10_000,
    result: { kind: "fault", why: "refused", reason: "" },
  }],
  ["ok", { kind: "seen", observedIp: "192.0.2.7", localIp: "192.0.2.7" }],
  ["warning", { kind: "seen", observedIp: "203.0.113.7", localIp: "192.168.0.7" }],
  ["unknown", { kind: "outside", why: "unknown_request" }],
  ["ok", reach("reached")],
  ["failed", reach("refused")],
  ["failed", reach("no_answer")],
  ["failed", reach("another_machine")],
  ["unknown", reach("busy")],
  ["unknown", reach("low_port")],
  ["ok", clock(500, 10)],
  ["ok", clock(-2900, 1000)],
  ["warning", clock(-3100, 1000)],
  ["warning", clock(2600, 10)],
];

for (const [mark, finding] of MARKS) {
  Deno.test(`mark: ${mark} for ${JSON.stringify(finding)}`, () => {
    assert.deepEqual(diagnose(finding), { mark, finding });
  });
}

Deno.test("mark: what cannot be told or is only a remark is no failure", () => {
  const marked = (...marks: Mark[]) => marks.map((mark) => ({ mark, finding: reach("busy") }));
  assert.equal(isHealthy(marked("ok", "warning", "unknown")), true);
  assert.equal(isHealthy(marked("ok", "failed", "ok")), false);
});

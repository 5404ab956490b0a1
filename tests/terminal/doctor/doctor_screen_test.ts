import assert from "node:assert/strict";
import type { Finding } from "../../../lib/doctor/findings.ts";
import { diagnose } from "../../../lib/doctor/mark.ts";
import { DoctorScreen } from "../../../lib/terminal/doctor/doctor_screen.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";

const GOOD: Finding = { kind: "udp", works: true };
const BAD: Finding = { kind: "udp", works: false };
const REMARK: Finding = { kind: "addresses", ips: [] };
const UNKNOWN: Finding = { kind: "outside", why: "busy" };

/** The last lines of an examination that found this. */
function summary(findings: readonly Finding[], withServer = true, interrupted = false): string[] {
  const printed: string[] = [];
  const page = { say: translator("en"), paint: createPainter(false), columns: Infinity };
  const screen = new DoctorScreen(page, (line) => printed.push(line));
  for (const finding of findings) screen.tell(diagnose(finding));
  printed.length = 0;
  if (interrupted) screen.interrupt();
  screen.end({ withServer });
  return printed;
}

Deno.test("doctor: all is well", () => {
  assert.deepEqual(summary([GOOD, GOOD]), ["Everything works."]);
});

Deno.test("doctor: remarks and what cannot be told are counted, and are no failures", () => {
  assert.deepEqual(summary([GOOD, REMARK]), [
    "Everything that matters works; 1 remark is above.",
  ]);
  assert.deepEqual(summary([REMARK, UNKNOWN]), [
    "Everything that matters works; 2 remarks are above.",
  ]);
});

Deno.test("doctor: failures are counted before anything else", () => {
  assert.deepEqual(summary([REMARK, BAD]), ["1 check failed; what to do stands behind →"]);
  assert.deepEqual(summary([BAD, BAD]), ["2 checks failed; what to do stands behind →"]);
});

Deno.test("doctor: without a server, that there is more to know", () => {
  assert.deepEqual(summary([GOOD], false), [
    "Everything works.",
    "With --server HOST more can be said: whether the server works, and whether others reach you.",
  ]);
});

Deno.test("doctor: an examination that was cut short comes to nothing", () => {
  assert.deepEqual(summary([GOOD], true, true), [
    "Interrupted: what is missing above was not examined.",
  ]);
});

Deno.test("doctor: at a terminal that is a line of its own, behind the ^C there", () => {
  const printed: string[] = [];
  const page = { say: translator("en"), paint: createPainter(false), columns: 80 };
  const screen = new DoctorScreen(page, (line) => printed.push(line));
  screen.interrupt();
  screen.end({ withServer: true });
  assert.deepEqual(printed, ["", "Interrupted: what is missing above was not examined."]);
});

Deno.test("doctor: the beginning, broken where the terminal is narrow", () => {
  const printed: string[] = [];
  const page = { say: translator("pt"), paint: createPainter(false), columns: 30 };
  const screen = new DoctorScreen(page, (line) => printed.push(line));
  screen.begin("192.168.0.10:10000");
  screen.begin(null);
  assert.deepEqual(printed, [
    "Examinando este computador e o",
    "servidor 192.168.0.10:10000…",
    "Examinando este computador…",
  ]);
});

import { strict as assert } from "node:assert";
import type { Awaitable } from "../../../lib/base/awaitable.ts";
import type { LinkInput } from "../../../lib/base/link.ts";
import type { Desk, DeskEffect } from "../../../lib/directory/desk.ts";
import { CountedDesk } from "../../../lib/runtime/metrics/counted_desk.ts";
import { PortTraffic } from "../../../lib/runtime/metrics/port_traffic.ts";

const EFFECTS: readonly DeskEffect[] = [
  { kind: "send", link: 2, line: "a" },
  { kind: "send", link: 4, line: "b" },
  { kind: "close", link: 2 },
  { kind: "abort", link: 4 },
  { kind: "refused", link: 2, code: "full" },
];

function counted(effects: Awaitable<readonly DeskEffect[]>): CountedDesk {
  const desk: Desk = { handle: () => effects, wakeAt: () => 7, nameOf: (link) => `link ${link}` };
  return new CountedDesk(desk, new PortTraffic());
}

Deno.test("what comes in is counted by kind, what ends by its reason", () => {
  const desk = counted([]);
  const inputs: LinkInput[] = [
    { kind: "accepted", link: 2, ip: "127.0.0.1", port: 1 },
    { kind: "line", link: 2, bytes: new Uint8Array() },
    { kind: "line", link: 2, bytes: new Uint8Array() },
    { kind: "line_too_long", link: 2, limit: 9 },
    { kind: "closed", link: 2, reason: "stalled" },
    { kind: "closed", link: 4, reason: "end_of_file" },
  ];
  for (const input of inputs) desk.handle(input, 0);
  desk.handle({ kind: "wake" }, 0);
  const { accepted, linesReceived, linesTooLong, ended } = desk.traffic;
  assert.deepEqual([accepted, linesReceived, linesTooLong], [1, 2, 1]);
  assert.deepEqual(ended, { end_of_file: 1, reset: 0, stalled: 1 });
});

Deno.test("effects are counted and handed on as they are, at once or later", async () => {
  const now = counted(EFFECTS);
  assert.equal(now.handle({ kind: "wake" }, 0), EFFECTS, "no promise where none is needed");
  const later = counted(Promise.resolve(EFFECTS));
  assert.equal(await later.handle({ kind: "wake" }, 0), EFFECTS);
  for (const { traffic: { linesSent, closed, cut } } of [now, later]) {
    assert.deepEqual([linesSent, closed, cut], [2, 1, 1]);
  }
});

Deno.test("everything else is the desk's", async () => {
  const error = new Error("bug");
  const desk = counted(Promise.reject(error));
  assert.deepEqual([desk.wakeAt(), desk.nameOf(4)], [7, "link 4"]);
  await assert.rejects(async () => await desk.handle({ kind: "wake" }, 0), error);
});

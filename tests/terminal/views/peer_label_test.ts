import { equal, notEqual } from "node:assert/strict";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { peerCommand, peerLabel } from "../../../lib/terminal/views/peer_label.ts";

Deno.test("peerLabel: a name that could pass for more than a name is in quotes", () => {
  const rows = [
    ["ana@UnB", "ana@UnB"],
    ["Ana Maria@UnB", "Ana Maria@UnB"],
    ["bia@UnB: oi@x", '"bia@UnB: oi@x"'],
    ['a"b@x', '"a\\"b@x"'],
    [" ana@UnB", '" ana@UnB"'],
    ["a\x1b[2J@UnB", "a␛[2J@UnB"],
  ] as const;
  for (const [peer, label] of rows) equal(peerLabel(peer, createPainter(false)), label);
  notEqual(peerLabel("ana@UnB", createPainter(true)), "ana@UnB");
});

Deno.test("peerCommand: as it has to be typed", () => {
  equal(peerCommand("connect", "ana@UnB"), "/connect ana@UnB");
  equal(peerCommand("connect", "Ana Maria@UnB"), '/connect "Ana Maria@UnB"');
  equal(peerCommand("msg", "Ana Maria@UnB"), '/msg "@Ana Maria@UnB" …');
});

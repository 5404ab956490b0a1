import assert from "node:assert/strict";
import { HalfDuplex } from "../../lib/media/half_duplex.ts";
import { levelOf } from "../../lib/media/level_meter.ts";
import { tone } from "./tone.ts";

const voice = levelOf(tone(200, 960, 5000));
const room = levelOf(tone(200, 960, 50));

Deno.test("half duplex: shut while the far side speaks and 0.24 s longer", () => {
  const gate = new HalfDuplex();
  gate.enabled = true;
  assert.ok(!gate.recorded());
  gate.played(voice);
  const shut = Array.from({ length: 20 }, () => {
    gate.played(room);
    return gate.recorded();
  });
  assert.deepEqual(shut.lastIndexOf(true), 10);
  assert.ok(!shut.slice(0, 11).includes(false));
});

Deno.test("half duplex: off, it never shuts", () => {
  const gate = new HalfDuplex();
  gate.played(voice);
  assert.ok(!gate.recorded());
});

import assert from "node:assert/strict";
import type { SoundDevice } from "../../../lib/media/sound_status.ts";
import { sameCard } from "../../../lib/runtime/sound/echo.ts";

function device(card: string | null, label = "Built-in Audio"): SoundDevice {
  return { backend: "pulse", id: `pulse:${label}`, label, card };
}

Deno.test("echo: microphone and speaker of one card, unless the speaker is at the ear", () => {
  assert.equal(sameCard(device("alsa 0"), device("alsa 0")), true);
  assert.equal(sameCard(device("alsa 0"), device("alsa 1")), false);
  assert.equal(sameCard(device(null), device(null)), false);
  for (const label of ["Audio (Headphones)", "USB Headset", "My AirPods", "x (head phones)"]) {
    assert.equal(sameCard(device("alsa 0"), device("alsa 0", label)), false, label);
    assert.equal(sameCard(device("alsa 0", label), device("alsa 0")), true, label);
  }
});

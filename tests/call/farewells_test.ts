import assert from "node:assert/strict";
import { Farewells } from "../../lib/call/farewells.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";

const TO = { ip: "192.0.2.1", port: 6000 };
const BYTES = Uint8Array.of(0x7b);
const SENT = { kind: "send_datagram", to: TO, bytes: BYTES };

Deno.test("farewells: each is said three times", () => {
  const farewells = new Farewells();
  assert.deepEqual(farewells.say(TO, BYTES, 1000), SENT);
  const said = [1000];
  while (farewells.busy) {
    const now = farewells.wakeAt();
    assert.deepEqual(farewells.wake(now - 1), []);
    assert.deepEqual(farewells.wake(now), [SENT]);
    said.push(now);
  }
  const { farewellInterval } = CALL_LIMITS;
  assert.deepEqual(said, [1000, 1000 + farewellInterval, 1000 + 2 * farewellInterval]);
  assert.equal(farewells.wakeAt(), Infinity);
  assert.deepEqual(farewells.wake(1e9), []);
});

Deno.test("farewells: no more wait than the cap", () => {
  const farewells = new Farewells();
  for (let i = 0; i < 100; i++) farewells.say(TO, BYTES, 0);
  assert.equal(farewells.wake(1000).length, CALL_LIMITS.farewellsAtOnce);
});

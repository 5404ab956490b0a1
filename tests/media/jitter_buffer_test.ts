import assert from "node:assert/strict";
import { JitterBuffer, type Playout } from "../../lib/media/jitter_buffer.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";

/** A buffer, and its playout clock: at turn n, packet n comes 6 ms before. */
class Turns {
  readonly buffer = new JitterBuffer();
  #now = 6;

  /** The packets of these slots arrive, then one turn passes. */
  turn(...slots: readonly number[]): string {
    for (const slot of slots) this.put(slot);
    const playout = this.buffer.next(this.#now);
    this.#now += 20;
    return told(playout);
  }

  put(slot: number, sequence = slot + 500): string {
    return this.buffer.put({ slot, sequence, payload: Uint8Array.of(slot) }, this.#now - 6);
  }
}

function told(playout: Playout): string {
  switch (playout.kind) {
    case "play":
      return `play ${playout.payload[0]}`;
    case "recover":
      return `recover from ${playout.next[0]}`;
    default:
      return playout.kind;
  }
}

/** A buffer that plays slot 0 at this turn, with slots up to 1 in it. */
function started(): Turns {
  const turns = new Turns();
  assert.deepEqual([turns.turn(), turns.turn(0)], ["silence", "silence"]);
  assert.equal(turns.turn(1), "play 0");
  return turns;
}

Deno.test("jitter buffer: begins when the first packet has waited, then plays in order", () => {
  const turns = started();
  assert.deepEqual([turns.turn(2), turns.turn(3), turns.turn(4)], ["play 1", "play 2", "play 3"]);
  assert.equal(turns.buffer.delay, 26);
  assert.equal(turns.buffer.target, 26);
  assert.equal(turns.buffer.depth, 1);
});

Deno.test("jitter buffer: the silence before the first frame ends when that has waited", () => {
  for (const beat of [1, 7.5, 13, 19]) {
    const buffer = new JitterBuffer();
    assert.deepEqual(buffer.next(100), { kind: "silence", duration: 20 });
    const put = (slot: number) =>
      buffer.put({ slot, sequence: slot, payload: Uint8Array.of(slot) }, 100 + slot * 20);
    put(0);
    let now = 100 + beat;
    for (let slot = 1; buffer.delay === 0; slot++) {
      const playout = buffer.next(now);
      if (playout.kind === "silence") now += playout.duration;
      put(slot);
    }
    assert.equal(now, 126);
    assert.equal(buffer.delay, 26);
  }
});

Deno.test("jitter buffer: reordered packets are played in the sender's order", () => {
  const turns = started();
  assert.deepEqual([turns.turn(3), turns.turn(2, 4)], ["play 1", "play 2"]);
  assert.deepEqual([turns.turn(5), turns.turn(6)], ["play 3", "play 4"]);
  assert.equal(turns.buffer.counters.late, 0);
});

Deno.test("jitter buffer: a lost frame is recovered from the packet after it", () => {
  const turns = started();
  assert.deepEqual([turns.turn(), turns.turn(3), turns.turn(4)], [
    "play 1",
    "recover from 3",
    "play 3",
  ]);
  assert.equal(turns.buffer.counters.missing, 1);
});

Deno.test("jitter buffer: of two lost frames the first is concealed", () => {
  const turns = started();
  assert.deepEqual([turns.turn(), turns.turn(3), turns.turn(4, 6)], [
    "play 1",
    "recover from 3",
    "play 3",
  ]);
  assert.deepEqual([turns.turn(), turns.turn(7)], ["play 4", "recover from 6"]);
});

Deno.test("jitter buffer: what comes after its time is late; what comes twice is a copy", () => {
  const turns = started();
  turns.turn();
  turns.turn(3);
  assert.equal(turns.put(2), "late");
  assert.equal(turns.put(4), "buffered");
  assert.equal(turns.put(4), "copy");
  assert.equal(turns.buffer.counters.late, 1);
});

Deno.test("jitter buffer: what was waited for and never came leaves no delay behind", () => {
  const turns = started();
  // Slot 2 is lost and 3 comes one turn late: the concealed turn stood for 2.
  assert.deepEqual([turns.turn(), turns.turn(), turns.turn(3, 4), turns.turn(5)], [
    "play 1",
    "conceal",
    "play 3",
    "play 4",
  ]);
  assert.equal(turns.buffer.delay, 26);
  const { missing, underruns, late } = turns.buffer.counters;
  assert.deepEqual({ missing, underruns, late }, { missing: 1, underruns: 0, late: 0 });
});

Deno.test("jitter buffer: after a short wait the late packet is given up, if there is another", () => {
  const turns = started();
  assert.deepEqual([turns.turn(), turns.turn(), turns.turn(2, 3, 4), turns.turn(5)], [
    "play 1",
    "conceal",
    "play 3",
    "play 4",
  ]);
  assert.equal(turns.buffer.delay, 26);
  assert.equal(turns.buffer.counters.late, 1);
  assert.equal(turns.buffer.counters.underruns, 1);
});

Deno.test("jitter buffer: after a long wait what was late is played, later", () => {
  const turns = started();
  turns.turn();
  for (let n = 0; n < 4; n++) assert.equal(turns.turn(), "conceal");
  assert.deepEqual([turns.turn(2, 3, 4, 5, 6, 7), turns.turn(8)], ["play 2", "play 3"]);
  assert.equal(turns.buffer.delay, 26 + 4 * 20);
  assert.equal(turns.buffer.counters.late, 0);
});

Deno.test("jitter buffer: concealment ends in silence, and silence in a new beginning", () => {
  const turns = started();
  turns.turn();
  const waited = Array.from({ length: 14 }, () => turns.turn());
  assert.deepEqual(waited, [...Array(5).fill("conceal"), ...Array(9).fill("silence")]);
  assert.equal(turns.buffer.counters.restarts, 1);
  // Of the pile that comes then, only what is not too old is played.
  const pile = Array.from({ length: 15 }, (_, n) => n + 2);
  const first = turns.turn(...pile);
  assert.match(first, /^play (1\d|[4-9])$/);
  assert.ok(turns.buffer.delay <= turns.buffer.target + 20);
});

Deno.test("jitter buffer: a pause of the sender is silence, no loss", () => {
  const turns = started();
  turns.put(2);
  turns.turn();
  turns.put(5, 503);
  assert.deepEqual([turns.turn(), turns.turn(), turns.turn(), turns.turn()], [
    "play 2",
    "silence",
    "silence",
    "play 5",
  ]);
  assert.equal(turns.buffer.counters.missing, 0);
  assert.equal(turns.buffer.counters.underruns, 0);
});

Deno.test("jitter buffer: it never holds more than its cap, and says what it dropped", () => {
  const buffer = new JitterBuffer();
  for (let slot = 0; slot < 100; slot++) {
    buffer.put({ slot, sequence: slot, payload: new Uint8Array(1) }, slot * 20);
  }
  assert.equal(buffer.depth, MEDIA_LIMITS.bufferedPackets);
  assert.equal(buffer.counters.late, 100 - MEDIA_LIMITS.bufferedPackets);
});

Deno.test("jitter buffer: after a stall of the program it plays what is new", () => {
  const buffer = new JitterBuffer();
  const put = (slot: number) =>
    buffer.put({ slot, sequence: slot, payload: Uint8Array.of(slot) }, slot * 20);
  for (let slot = 0; slot < 10; slot++) {
    put(slot);
    buffer.next(slot * 20 + 6);
  }
  for (let slot = 10; slot < 40; slot++) put(slot);
  const played = buffer.next(39 * 20 + 6);
  assert.equal(told(played), "play 38");
  assert.equal(buffer.delay, 26);
  assert.equal(buffer.counters.restarts, 1);
});

Deno.test("jitter buffer: when the sender's clock jumps, playout begins anew with it", () => {
  const turns = started();
  for (const slot of [2, 3]) turns.turn(slot);
  const after = [1000, 1001, 1002].map((slot) => turns.turn(slot));
  assert.deepEqual(after, ["silence", `play ${1000 % 256}`, `play ${1001 % 256}`]);
});

Deno.test("jitter buffer: too long a delay is lowered after a while, too short a one raised at once", () => {
  const buffer = new JitterBuffer();
  let now = 0;
  let slot = 0;
  const paceAt = (delay: number): string => {
    buffer.put({ slot, sequence: slot, payload: new Uint8Array(1) }, now);
    const playout = buffer.next(now + delay);
    now += 20;
    slot += 1;
    return playout.kind === "play" ? playout.pace.direction : playout.kind;
  };
  assert.equal(paceAt(26), "steady");
  for (let n = 0; n < MEDIA_LIMITS.patience; n++) assert.equal(paceAt(40), "steady");
  assert.equal(paceAt(40), "faster");
  assert.equal(paceAt(32), "steady");
  assert.equal(paceAt(20), "slower");
  assert.equal(paceAt(23), "steady");
});

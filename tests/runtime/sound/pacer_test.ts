import assert from "node:assert/strict";
import { Pacer } from "../../../lib/runtime/sound/pacer.ts";
import { ManualClock } from "./manual_clock.ts";

Deno.test("pacer: tick n comes at 20 n, for ever without drift", () => {
  const clock = new ManualClock(1234.5);
  const ticks: [number, number][] = [];
  using _ = new Pacer((n) => ticks.push([n, clock.now()]), 0, clock);
  clock.to(1234.5 + 60_000);
  assert.equal(ticks.length, 3001);
  assert.ok(ticks.every(([n, at], index) => n === index && Math.abs(at - 1234.5 - 20 * n) < 1e-6));
});

Deno.test("pacer: timers that are always late do not add up", () => {
  const clock = new ManualClock();
  const late = {
    now: clock.now,
    wake: (callback: () => void, delay: number) => clock.wake(callback, delay + 7),
  };
  const ticks: [number, number][] = [];
  using _ = new Pacer((n) => ticks.push([n, clock.now()]), 0, late);
  clock.to(10_000);
  assert.ok(ticks.every(([n, at]) => at - 20 * n === 7));
  assert.equal(ticks.at(-1)![0], 499);
});

Deno.test("pacer: a timer that is early is waited for again", () => {
  const clock = new ManualClock();
  const early = {
    now: clock.now,
    wake: (callback: () => void, delay: number) => clock.wake(callback, Math.max(0.1, delay - 1)),
  };
  const ticks: number[] = [];
  using _ = new Pacer(() => ticks.push(clock.now()), 1, early);
  clock.to(100.5);
  assert.equal(ticks.length, 5);
  assert.ok(ticks.every((at, n) => at >= 20 * (n + 1) && at < 20 * (n + 1) + 0.2), String(ticks));
});

Deno.test("pacer: after a stall the last three follow at once, those before never come", () => {
  const clock = new ManualClock();
  const ticks: number[] = [];
  using _ = new Pacer((n) => ticks.push(n), 1, clock);
  clock.to(50);
  clock.jump(1010);
  assert.deepEqual(ticks, [1, 2, 48, 49, 50]);
  clock.to(1040);
  assert.deepEqual(ticks.slice(5), [51, 52]);
});

Deno.test("pacer: a short stall loses nothing", () => {
  const clock = new ManualClock();
  const ticks: number[] = [];
  using _ = new Pacer((n) => ticks.push(n), 1, clock);
  clock.jump(65);
  assert.deepEqual(ticks, [1, 2, 3]);
});

Deno.test("pacer: nothing comes after its end, not even from within a tick", () => {
  const clock = new ManualClock();
  const ticks: number[] = [];
  const pacer: Pacer = new Pacer(
    (n) => {
      ticks.push(n);
      if (n === 3) pacer[Symbol.dispose]();
    },
    1,
    clock,
  );
  clock.jump(100);
  clock.to(1000);
  assert.deepEqual(ticks, [3]);
  pacer[Symbol.dispose]();
  pacer[Symbol.dispose]();
  assert.equal(clock.waiting, 0);
});

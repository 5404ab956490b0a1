import assert from "node:assert/strict";
import { EndedCalls } from "../../lib/call/ended_calls.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";

const IP = "192.0.2.1";
const CALL = { ips: [IP], reply: null };

Deno.test("ended calls: one is known by its id and its machine, for a minute", () => {
  const ended = new EndedCalls();
  ended.add("c1", CALL, 1000);
  assert.ok(ended.find("c1", IP, 1000));
  assert.equal(ended.find("c1", "192.0.2.2", 1000), null);
  assert.equal(ended.find("c2", IP, 1000), null);
  assert.ok(ended.find("c1", IP, 1000 + CALL_LIMITS.endedCallTime - 1));
  assert.equal(ended.find("c1", IP, 1000 + CALL_LIMITS.endedCallTime), null);
});

Deno.test("ended calls: there are never more than the cap, and the oldest goes", () => {
  const ended = new EndedCalls();
  for (let i = 0; i < 3 * CALL_LIMITS.endedCalls; i++) {
    ended.add(`c${i}`, CALL, i);
    assert.ok(ended.size <= CALL_LIMITS.endedCalls);
  }
  assert.equal(ended.find("c0", IP, 999), null);
  assert.ok(ended.find(`c${2 * CALL_LIMITS.endedCalls}`, IP, 999));
});

Deno.test("ended calls: what is too old is forgotten with the next one", () => {
  const ended = new EndedCalls();
  ended.add("c1", CALL, 0);
  ended.add("c2", CALL, 0);
  ended.add("c3", CALL, CALL_LIMITS.endedCallTime);
  assert.equal(ended.size, 1);
});

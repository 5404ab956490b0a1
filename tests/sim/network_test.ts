import assert from "node:assert/strict";
import type { LinkEffect } from "../../lib/base/link.ts";
import { seededRandom } from "../../lib/base/random.ts";
import type { Inbound } from "./host.ts";
import { Network, type NetworkPlan } from "./network.ts";
import { Script } from "./script.ts";
import { type StreamPath, USUAL_PATH } from "./stream_path.ts";

const QUICK: StreamPath = { ...USUAL_PATH, delay: 10, jitter: 0, bandwidth: Infinity };
const DIAL: LinkEffect = { kind: "connect", link: 1, host: "10.0.0.2", port: 5000 };
const send = (line: string, link = 1): LinkEffect => ({ kind: "send", link, line });

/** Two scripts, the first of which has connected to the second unless told otherwise. */
function two(
  plan: Partial<NetworkPlan> = {},
  { inbound = "open" as Inbound, dial = true, one = new Script(), other = new Script() } = {},
) {
  const network = new Network({ seed: 1, path: QUICK, ...plan });
  const a = network.start({ ip: "10.0.0.1", port: 5000, machine: one });
  const b = network.start({ ip: "10.0.0.2", port: 5000, machine: other, inbound });
  const act = (...effects: LinkEffect[]) => a.feed({ kind: "act", effects });
  if (dial) {
    act(DIAL);
    network.timeline.run(100);
    one.got.length = other.got.length = 0;
  }
  return { network, a, b, one, other, act };
}

Deno.test("a connection takes a round trip and carries lines both ways, in order", () => {
  const echo = new Script((input) =>
    input.kind === "line" ? [send(new TextDecoder().decode(input.bytes), input.link)] : []
  );
  const { network, one, other, act } = two({}, { dial: false, other: echo });
  act(DIAL);
  network.timeline.run(20);
  assert.deepEqual(one.got.map(({ at, input }) => [at, input.kind]), [[20, "connected"]]);
  assert.deepEqual(other.got[0]?.input, {
    kind: "accepted",
    link: 2,
    ip: "10.0.0.1",
    port: 32_768,
  });
  act(send("one"), send("two"));
  network.timeline.run(100);
  assert.deepEqual(other.lines, ["one", "two"]);
  assert.deepEqual(one.lines, ["one", "two"]);
  assert.deepEqual(one.got.filter(({ input }) => input.kind === "written").map((g) => g.input), [
    { kind: "written", link: 1, lines: 2 },
  ]);
  assert.deepEqual(one.got.find(({ text }) => text === "one")?.at, 40);
});

Deno.test("jitter delays lines and never changes their order", () => {
  const { network, other, act } = two({ path: { ...QUICK, jitter: 50 } });
  const sent = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  sent.forEach((line, index) => network.timeline.after(index, () => act(send(line))));
  network.timeline.run(1000);
  assert.deepEqual(other.lines, sent);
  const delays = other.got.map(({ at }, index) => at - 100 - index);
  assert.ok(delays.every((delay) => delay >= 10 && delay <= 60));
  assert.ok(new Set(delays).size > 20);
});

Deno.test("bandwidth spaces lines out", () => {
  const { network, other, act } = two({ path: { ...QUICK, bandwidth: 0.1 } });
  act(send("123456789"), send("123456789"));
  network.timeline.run(1000);
  assert.deepEqual(other.got.map(({ at }) => at), [100 + 100 + 10, 100 + 200 + 10]);
});

Deno.test("a host that never reads fills the socket buffer, then stalls the sender", () => {
  const path = { ...QUICK, socketBuffer: 100, sendQueueBytes: 1000, sendStall: 500 };
  const { network, b, one, other, act } = two({ path });
  b.reading = false;
  act(...Array.from({ length: 15 }, () => send("123456789")));
  network.timeline.run(400);
  assert.deepEqual(one.got.map(({ input }) => input), [{ kind: "written", link: 1, lines: 10 }]);
  assert.equal(other.got.length, 0);
  network.timeline.run(200);
  assert.deepEqual(one.got.at(-1)?.input, { kind: "closed", link: 1, reason: "stalled" });
  // What had left the process is still there for the other, and then the end.
  b.reading = true;
  network.timeline.run(100);
  assert.equal(other.lines.length, 10);
  assert.deepEqual(other.got.at(-1)?.input, { kind: "closed", link: 2, reason: "reset" });
});

Deno.test("a host that reads again in time loses nothing", () => {
  const path = { ...QUICK, socketBuffer: 100, sendStall: 500 };
  const { network, b, one, other, act } = two({ path });
  b.reading = false;
  const sent = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  act(...sent.map((line) => send(line)));
  network.timeline.run(300);
  b.reading = true;
  network.timeline.run(2000);
  assert.deepEqual(other.lines, sent);
  assert.ok(!one.kinds.includes("closed"));
});

Deno.test("a send queue that overflows ends the link at once", () => {
  const { network, b, one, act } = two({
    path: { ...QUICK, socketBuffer: 10, sendQueueBytes: 100 },
  });
  b.reading = false;
  act(...Array.from({ length: 20 }, () => send("123456789")));
  network.timeline.run(0);
  assert.deepEqual(one.got.at(-1)?.input, { kind: "closed", link: 1, reason: "stalled" });
});

Deno.test("an orderly close comes after the lines, an abort is a reset", () => {
  for (const [kind, reason] of [["close", "end_of_file"], ["abort", "reset"]] as const) {
    const { network, one, other, act } = two();
    act(send("last"), { kind, link: 1 });
    network.timeline.run(100);
    assert.deepEqual(other.lines, ["last"]);
    assert.deepEqual(other.got.at(-1)?.input, { kind: "closed", link: 2, reason });
    assert.ok(!one.kinds.includes("closed"));
    assert.throws(() => act(send("more")), /does not have/);
  }
});

Deno.test("who cannot be connected to is told so, at once or when time is out", () => {
  for (
    const [inbound, reason, after] of [["nat", "timed_out", 10_000], [
      "refuses",
      "refused",
      40,
    ]] as const
  ) {
    const { network, one, act } = two({}, { inbound, dial: false });
    act(DIAL);
    network.timeline.run(20_000);
    assert.deepEqual(one.got, [
      { at: after, input: { kind: "unreachable", link: 1, reason }, text: "" },
    ]);
  }
});

Deno.test("nobody at the address, another port: refused; a connection given up: silence", () => {
  const { network, one, act } = two({}, { dial: false });
  act(
    { ...DIAL, host: "10.0.0.9" } as LinkEffect,
    { ...DIAL, link: 3, port: 5001 } as LinkEffect,
    { ...DIAL, link: 5 } as LinkEffect,
    { kind: "abort", link: 5 },
  );
  network.timeline.run(20_000);
  assert.deepEqual(one.kinds, ["unreachable", "unreachable"]);
});

Deno.test("a peer behind NAT connects out and talks both ways", () => {
  const network = new Network({ seed: 1, path: QUICK });
  const hidden = new Script();
  const open = new Script((input) => input.kind === "accepted" ? [send("hello", input.link)] : []);
  const a = network.start({ ip: "10.0.0.1", port: 5000, machine: hidden, inbound: "nat" });
  network.start({ ip: "10.0.0.2", port: 5000, machine: open });
  a.feed({ kind: "act", effects: [DIAL] });
  network.timeline.run(100);
  assert.deepEqual(hidden.lines, ["hello"]);
});

Deno.test("a partition that breaks resets both ends; connecting across it runs out of time", () => {
  const { network, a, b, one, other, act } = two();
  network.separate([[a], [b]], "break");
  assert.deepEqual(one.kinds, ["closed"]);
  assert.deepEqual(other.kinds, ["closed"]);
  act({ ...DIAL, link: 3 } as LinkEffect);
  network.timeline.run(10_000);
  assert.deepEqual(one.kinds, ["closed", "unreachable"]);
  network.heal();
  act({ ...DIAL, link: 5 } as LinkEffect);
  network.timeline.run(100);
  assert.deepEqual(one.kinds.at(-1), "connected");
});

Deno.test("a partition that freezes tells nobody; what was sent arrives when it heals", () => {
  const { network, a, b, one, other, act } = two();
  act(send("on the wire"));
  network.separate([[a], [b]], "freeze");
  act(send("into the void"));
  network.timeline.run(5000);
  assert.deepEqual([one.kinds, other.kinds], [["written"], []]);
  network.heal();
  network.timeline.run(100);
  assert.deepEqual(other.lines, ["on the wire", "into the void"]);
});

Deno.test("a killed host resets its links and refuses; a silent one does neither", () => {
  for (const how of ["killed", "silent"] as const) {
    const { network, b, one, act } = two();
    b.stop(how);
    network.timeline.run(100);
    assert.deepEqual(one.kinds, how === "killed" ? ["closed"] : []);
    act({ ...DIAL, link: 3 } as LinkEffect);
    network.timeline.run(20_000);
    const reason = how === "killed" ? "refused" : "timed_out";
    assert.deepEqual(one.got.at(-1)?.input, { kind: "unreachable", link: 3, reason });
  }
});

Deno.test("links that are broken are reset at both ends, and can be made again", () => {
  const { network, a, b, one, other, act } = two();
  act(send("lost on the way"));
  network.breakLinks(a, b);
  network.timeline.run(100);
  assert.deepEqual([one.kinds, other.kinds], [["closed"], ["closed"]]);
  act({ ...DIAL, link: 3 } as LinkEffect);
  network.timeline.run(100);
  assert.equal(one.kinds.at(-1), "connected");
});

Deno.test("links break by themselves after their lifetime in the mean", () => {
  const { network, one } = two({ path: { ...QUICK, lifetime: 1000 } });
  assert.ok(network.timeline.runUntilTrue(() => one.kinds.includes("closed"), 20_000));
  assert.deepEqual(one.got.at(-1)?.input, { kind: "closed", link: 1, reason: "reset" });
});

Deno.test("a line over the limit is reported, not delivered", () => {
  const { network, other, act } = two();
  act(send("x".repeat(40_000)), send("fine"));
  network.timeline.run(1000);
  assert.deepEqual(other.kinds, ["line_too_long", "line"]);
});

Deno.test("a host is woken when its machine wants, however often it changes its mind", () => {
  const { network, one, act } = two();
  const woken = () => one.got.filter(({ input }) => input.kind === "wake").map(({ at }) => at);
  one.next = 500;
  act();
  one.next = 300;
  act();
  network.timeline.run(1000);
  assert.deepEqual(woken(), [300]);
  one.next = 2000;
  act();
  one.next = null;
  act();
  network.timeline.run(2000);
  assert.deepEqual(woken(), [300]);
});

Deno.test("a machine that asks for the past without end is a bug that is found", () => {
  const restless: Script = new Script((input) => {
    if (input.kind === "wake") restless.next = 0;
    return [];
  });
  const { network, act } = two({}, { one: restless });
  restless.next = 0;
  act();
  assert.throws(() => network.timeline.run(1), /without end/);
});

Deno.test("the same seed gives the same run, another seed another", () => {
  const run = (seed: number) => {
    const random = seededRandom(seed);
    const chatter: Script = new Script((input, now) => {
      chatter.next ??= now + 1 + random() * 20;
      return input.kind === "wake" ? [send(`at ${now}`)] : [];
    });
    const path = { ...QUICK, jitter: 30, lifetime: 3000 };
    const { network, a } = two({ seed, path, trace: true }, { one: chatter });
    network.timeline.runUntilTrue(() => chatter.kinds.includes("closed"), 60_000);
    a.stop("killed");
    network.timeline.run(1000);
    return network.trace!.value;
  };
  assert.equal(run(7), run(7));
  assert.notEqual(run(7), run(8));
});

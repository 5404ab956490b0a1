import { strict as assert } from "node:assert";
import type { Awaitable } from "../../lib/base/awaitable.ts";
import { LIMITS } from "../../lib/base/limits.ts";
import type { LinkEffect, LinkInput } from "../../lib/base/link.ts";
import type { Wake } from "../../lib/base/machine.ts";
import { LinkLoop, type LinkMachine } from "../../lib/runtime/link_loop.ts";
import type { LinkPolicy } from "../../lib/runtime/tcp_link.ts";
import { ConnectionCount, TcpListener } from "../../lib/runtime/tcp_listener.ts";
import { LineClient, until } from "./line_client.ts";

type Told = { readonly kind: "told"; readonly what: string };
type Command = { readonly kind: "do"; readonly effects: readonly (LinkEffect | Told)[] };
type Input = Command | LinkInput | Wake;

const POLICY: LinkPolicy = {
  lineLimit: 100,
  lineEnd: "\n",
  readsWaitForWrites: false,
  reportsWritten: false,
  lingers: true,
  turn: { lines: 256, rest: 0 },
};
const CAPS = { total: 100, perIp: 100 };

/** A machine that does what it is told and writes down what happens. */
class Puppet implements LinkMachine<Command, Told> {
  readonly seen: string[] = [];
  wake = Infinity;

  /** @param answer what to do about an input besides writing it down */
  constructor(readonly answer: (input: Input) => Awaitable<(LinkEffect | Told)[]> = () => []) {}

  handle(input: Input): Awaitable<readonly (LinkEffect | Told)[]> {
    if (input.kind === "do") return input.effects;
    this.seen.push(describe(input));
    return this.answer(input);
  }

  wakeAt(): number | null {
    return this.wake === Infinity ? null : this.wake;
  }
}

function describe(input: LinkInput | Wake): string {
  switch (input.kind) {
    case "wake":
      return "wake";
    case "line":
      return `${input.link} line ${new TextDecoder().decode(input.bytes)}`;
    case "closed":
      return `${input.link} closed ${input.reason}`;
    case "written":
      return `${input.link} written ${input.lines}`;
    default:
      return `${input.link} ${input.kind}`;
  }
}

/** A loop with a listener, and what it told. */
class Stage implements AsyncDisposable {
  readonly told: string[] = [];
  readonly bugs: unknown[] = [];
  ahead = 0;
  readonly loop: LinkLoop<Command, Told>;
  readonly listener: TcpListener;

  constructor(readonly puppet: Puppet, policy: Partial<LinkPolicy> = {}) {
    this.loop = new LinkLoop(
      puppet,
      { ...POLICY, ...policy },
      {
        perform: ({ what }) => this.told.push(what),
        bug: (error) => this.bugs.push(error),
      },
      () => performance.now() + this.ahead,
    );
    this.listener = TcpListener.open(
      { hostname: "127.0.0.1", port: 0 },
      new ConnectionCount(CAPS),
      (conn, ip, ended) => this.loop.accept(conn, ip, ended),
    );
  }

  get port(): number {
    return this.listener.port;
  }

  do(...effects: (LinkEffect | Told)[]): void {
    this.loop.submit({ kind: "do", effects });
  }

  async sees(...what: string[]): Promise<void> {
    await until(
      () => what.every((one) => this.puppet.seen.includes(one)),
      `${what} in ${this.puppet.seen}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener[Symbol.asyncDispose]();
    await this.loop[Symbol.asyncDispose]();
  }
}

Deno.test("two loops talk: accepted links are even, dialled ones what the machine said", async () => {
  await using callee = new Stage(new Puppet());
  await using caller = new Stage(new Puppet());
  caller.do({ kind: "connect", link: 7, host: "127.0.0.1", port: callee.port });
  await caller.sees("7 connected");
  await callee.sees("2 accepted");
  caller.do({ kind: "send", link: 7, line: "one" }, { kind: "send", link: 7, line: "two" });
  callee.do({ kind: "send", link: 2, line: "three" });
  await callee.sees("2 line one", "2 line two");
  await caller.sees("7 line three");
  caller.do({ kind: "close", link: 7 });
  await callee.sees("2 closed end_of_file");
  await caller.loop.idle();
  assert.deepEqual([caller.loop.links, callee.loop.links], [0, 0]);
  assert.deepEqual(caller.puppet.seen, ["7 connected", "7 line three"], "no input after close");
});

Deno.test("connections from an address that is gone end, others stay", async () => {
  await using callee = new Stage(new Puppet());
  await using caller = new Stage(new Puppet());
  caller.do({ kind: "connect", link: 7, host: "127.0.0.1", port: callee.port });
  await caller.sees("7 connected");
  await callee.sees("2 accepted");
  assert.deepEqual([caller.loop.localIpOf(7), caller.loop.localIpOf(9)], ["127.0.0.1", null]);
  caller.loop.dropFrom("127.0.0.2");
  assert.equal(caller.loop.links, 1);
  caller.loop.dropFrom("127.0.0.1");
  assert.deepEqual([caller.loop.links, caller.puppet.seen.at(-1)], [0, "7 closed reset"]);
});

Deno.test("a connection that cannot be made is an input; one given up is none", async () => {
  await using stage = new Stage(new Puppet());
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  stage.do({ kind: "connect", link: 1, host: "127.0.0.1", port });
  await stage.sees("1 unreachable");
  stage.do({ kind: "connect", link: 3, host: "127.0.0.1", port: stage.port }, {
    kind: "close",
    link: 3,
  });
  await until(() => stage.loop.links === 0, "nothing is left");
  assert.ok(!stage.puppet.seen.some((one) => one.startsWith("3 ")));
});

Deno.test("lines are cut at the limit of their link", async () => {
  await using callee = new Stage(new Puppet());
  await using caller = new Stage(new Puppet());
  caller.do({
    kind: "connect",
    link: 1,
    host: "127.0.0.1",
    port: callee.port,
    lineLimit: 200_000,
  });
  await caller.sees("1 connected");
  const long = "x".repeat(150_000);
  callee.do({ kind: "send", link: 2, line: long }, { kind: "send", link: 2, line: "y" });
  await caller.sees(`1 line ${long}`, "1 line y");
  caller.do({ kind: "send", link: 1, line: "z".repeat(101) }, { kind: "send", link: 1, line: "a" });
  await callee.sees("2 line_too_long", "2 line a");
  using client = await LineClient.connect(callee.port);
  await client.send("no end");
  await client.end();
  await callee.sees("4 line no end", "4 closed end_of_file");
});

Deno.test("the machine learns how many lines have left, where it wants to", async () => {
  await using stage = new Stage(new Puppet(), { reportsWritten: true });
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  stage.do({ kind: "send", link: 2, line: "a" }, { kind: "send", link: 2, line: "b" });
  assert.equal(await client.readLine(), "a");
  assert.equal(await client.readLine(), "b");
  await stage.sees("2 written 2");
});

Deno.test("an unhurried line waits for another one of its link, but not for long", async () => {
  await using stage = new Stage(new Puppet(), { reportsWritten: true });
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  const note = { kind: "send", link: 2, line: "note", unhurried: true } as const;
  stage.do(note);
  stage.do({ kind: "send", link: 2, line: "answer" });
  assert.equal(await client.readLine(), "note");
  assert.equal(await client.readLine(), "answer");
  await stage.sees("2 written 2");
  stage.do(note);
  assert.equal(await client.readLine(), "note");
  await stage.sees("2 written 1");
  stage.do(note);
  stage.do(note);
  stage.do(note);
  for (let read = 0; read < 3; read += 1) assert.equal(await client.readLine(), "note");
});

Deno.test("an unhurried line goes out before its link is closed", async () => {
  await using stage = new Stage(new Puppet());
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  const note = { kind: "send", link: 2, line: "note", unhurried: true } as const;
  stage.do(note, { kind: "close", link: 2 });
  assert.deepEqual(await client.readAll(), ["note"]);
});

Deno.test("effects on links that are not there do nothing", async () => {
  await using stage = new Stage(new Puppet());
  stage.do(
    { kind: "send", link: 99, line: "x" },
    { kind: "close", link: 99 },
    { kind: "abort", link: 98 },
    { kind: "told", what: "and the rest is done" },
  );
  assert.deepEqual(stage.told, ["and the rest is done"]);
  assert.deepEqual(stage.bugs, []);
});

Deno.test("a machine that throws, at once or later, is reported and goes on", async () => {
  const puppet = new Puppet((input) => {
    if (input.kind !== "line") return [];
    const text = new TextDecoder().decode(input.bytes);
    if (text === "now") throw new Error("a bug at once");
    if (text === "later") return Promise.reject(new Error("a bug later"));
    return [{ kind: "send", link: input.link, line: "fine" }];
  });
  await using stage = new Stage(puppet);
  using client = await LineClient.connect(stage.port);
  await client.send("now\nlater\nok\n");
  assert.equal(await client.readLine(), "fine");
  assert.deepEqual(stage.bugs.map(String), ["Error: a bug at once", "Error: a bug later"]);
});

Deno.test("effects that come later keep the order of a link's lines", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  const puppet = new Puppet((input) => {
    if (input.kind !== "line") return [];
    const line = new TextDecoder().decode(input.bytes);
    const reply: LinkEffect[] = [{ kind: "send", link: input.link, line }];
    return line === "slow" ? gate.then(() => reply) : reply;
  });
  await using stage = new Stage(puppet);
  using client = await LineClient.connect(stage.port);
  using other = await LineClient.connect(stage.port);
  await client.send("slow\nquick\n");
  await stage.sees("2 line slow");
  await other.send("elsewhere\n");
  assert.equal(await other.readLine(), "elsewhere", "other links do not wait");
  assert.ok(!stage.puppet.seen.includes("2 line quick"));
  open();
  assert.equal(await client.readLine(), "slow");
  assert.equal(await client.readLine(), "quick");
});

Deno.test("the machine is woken when it wants to be, also earlier than it said first", async () => {
  const puppet = new Puppet((input) => {
    if (input.kind === "wake") puppet.wake = Infinity;
    return [];
  });
  await using stage = new Stage(puppet);
  puppet.wake = performance.now() + 3_600_000;
  stage.do();
  puppet.wake = performance.now() + 5;
  stage.do();
  await stage.sees("wake");
  assert.equal(puppet.seen.length, 1);
});

Deno.test("who does not read what a machine sends is dropped when the queue is full", async () => {
  await using stage = new Stage(new Puppet());
  using deaf = await LineClient.connect(stage.port);
  using reader = await LineClient.connect(stage.port);
  await stage.sees("2 accepted", "4 accepted");
  const line = "x".repeat(100_000);
  for (let sent = 0; stage.loop.links === 2; sent += 1) {
    assert.ok(sent < 1000, "it is never dropped");
    stage.do({ kind: "send", link: 2, line });
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert.ok(stage.puppet.seen.includes("2 closed stalled"));
  stage.do({ kind: "send", link: 4, line: "hello" });
  assert.equal(await reader.readLine(), "hello");
  await deaf.closed();
});

Deno.test("who stops reading is dropped after the stall time, without anything more to send", async () => {
  await using stage = new Stage(new Puppet());
  using deaf = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  stage.do({ kind: "send", link: 2, line: "x".repeat(16 * 1024 * 1024) });
  // Long enough for the kernel's buffers to be full, so that nothing moves any more.
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(stage.loop.links, 1);
  stage.ahead = LIMITS.sendStall + 1;
  await stage.sees("2 closed stalled");
  await deaf.closed();
});

Deno.test("who stood still does not take the others for ones who do not read", async () => {
  await using stage = new Stage(new Puppet());
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  const size = 16 * 1024 * 1024;
  stage.do({ kind: "send", link: 2, line: "x".repeat(size) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  // The process stands still until a sweep is due, which comes before anything that can be read.
  stage.ahead = LIMITS.sendStall + 1;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LIMITS.linkSweep + 100);
  const buffer = new Uint8Array(64 * 1024);
  for (let got = 0; got < size;) {
    got += (await client.conn.read(buffer)) ?? assert.fail("it is cut");
  }
  assert.equal(stage.loop.links, 1);
});

Deno.test("what was sent before a close arrives, even at one who is still sending", async () => {
  const puppet = new Puppet((input) =>
    input.kind === "line" || input.kind === "line_too_long"
      ? [{ kind: "send", link: input.link, line: "enough" }, { kind: "close", link: input.link }]
      : []
  );
  for (const lingers of [true, false]) {
    await using stage = new Stage(puppet, { lingers });
    using client = await LineClient.connect(stage.port);
    await client.send("y".repeat(500_000));
    assert.equal(await client.readLine(), "enough", `lingers: ${lingers}`);
    assert.equal(await client.readLine(), null);
  }
});

Deno.test("a closing link takes as long as the other side goes on reading", async () => {
  const size = 32 * 1024 * 1024;
  await using stage = new Stage(new Puppet());
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  stage.do({ kind: "send", link: 2, line: "x".repeat(size) }, { kind: "close", link: 2 });
  // In real time, because it is the system's buffers that fill and empty: longer in all than a
  // closing link waits for one who does not read.
  const pauses = 4;
  const buffer = new Uint8Array(1024 * 1024);
  let count = 0;
  for (let pause = 1; pause <= pauses; pause += 1) {
    await new Promise((resolve) => setTimeout(resolve, LIMITS.linger * 0.6));
    while (count < pause * size / (pauses + 1)) count += await client.conn.read(buffer) ?? size;
  }
  for (let more = await client.conn.read(buffer); more !== null;) {
    count += more;
    more = await client.conn.read(buffer);
  }
  assert.equal(count, size + 1);
});

Deno.test("an abort resets: what waits is lost, and no input follows", async () => {
  await using stage = new Stage(new Puppet());
  using client = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  await client.send("unread\n");
  await stage.sees("2 line unread");
  stage.do({ kind: "abort", link: 2 });
  await client.closed();
  await stage.loop.idle();
  assert.deepEqual(stage.puppet.seen, ["2 accepted", "2 line unread"]);
});

Deno.test("disposing cuts what is open, being made or closing, and does so at once", async () => {
  const stage = new Stage(new Puppet());
  await using callee = new Stage(new Puppet());
  using deaf = await LineClient.connect(stage.port);
  using other = await LineClient.connect(stage.port);
  await stage.sees("2 accepted", "4 accepted");
  stage.do(
    { kind: "send", link: 2, line: "x".repeat(16 * 1024 * 1024) },
    { kind: "close", link: 2 },
    { kind: "connect", link: 1, host: "127.0.0.1", port: callee.port },
  );
  const before = performance.now();
  await Promise.all([stage[Symbol.asyncDispose](), stage[Symbol.asyncDispose]()]);
  await stage[Symbol.asyncDispose]();
  assert.ok(performance.now() - before < LIMITS.linger / 2, "it waits for nobody");
  assert.equal(stage.loop.links, 0);
  await Promise.all([deaf.closed(), other.closed()]);
  stage.do({ kind: "told", what: "too late" });
  assert.deepEqual(stage.told, []);
});

Deno.test("a connection handed over after the end is closed", async () => {
  const stage = new Stage(new Puppet());
  await stage[Symbol.asyncDispose]();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await LineClient.connect(listener.addr.port);
  const ended = Promise.withResolvers<void>();
  stage.loop.accept(await listener.accept(), "127.0.0.1", ended.resolve);
  await ended.promise;
  await client.closed();
  assert.deepEqual(stage.puppet.seen, []);
});

Deno.test("who sends a thousand lines at once lets others have their turn", async () => {
  await using stage = new Stage(new Puppet(), { turn: { lines: 50, rest: 5 } });
  using flooder = await LineClient.connect(stage.port);
  await stage.sees("2 accepted");
  using honest = await LineClient.connect(stage.port);
  await stage.sees("4 accepted");
  await flooder.send("spam\n".repeat(1000));
  await stage.sees("2 line spam");
  await honest.send("hello\n");
  await stage.sees("4 line hello");
  const before = stage.puppet.seen.indexOf("4 line hello");
  assert.ok(before < 900, `${before} inputs were handled first`);
  await until(
    () => stage.puppet.seen.filter((one) => one === "2 line spam").length === 1000,
    "nothing is lost",
  );
});

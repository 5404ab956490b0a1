import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { type ByteSink, SendQueue } from "../../lib/runtime/send_queue.ts";

/** A sink that takes bytes when the test says so, and as many as it says. */
class SlowSink implements ByteSink {
  readonly writes: string[] = [];
  #waiting: { bytes: Uint8Array; done: PromiseWithResolvers<number> } | null = null;

  write(bytes: Uint8Array): Promise<number> {
    assert.equal(this.#waiting, null, "one write at a time");
    const done = Promise.withResolvers<number>();
    this.#waiting = { bytes, done };
    return done.promise;
  }

  /** The write that waits takes so many bytes, or all. */
  async take(count = Infinity): Promise<void> {
    const { bytes, done } = this.#waiting!;
    this.#waiting = null;
    const taken = bytes.subarray(0, count);
    this.writes.push(new TextDecoder().decode(taken));
    done.resolve(taken.length);
    // The queue goes on in microtasks.
    await new Promise((resolve) => setTimeout(resolve));
  }

  async fail(error: Error): Promise<void> {
    const { done } = this.#waiting!;
    this.#waiting = null;
    done.reject(error);
    await new Promise((resolve) => setTimeout(resolve));
  }

  get asked(): number {
    return this.#waiting?.bytes.length ?? 0;
  }
}

Deno.test("what is added in one turn goes out in one write, with its line ends", async () => {
  for (const end of ["\n", "\r\n"] as const) {
    const sink = new SlowSink();
    const queue = new SendQueue(sink, end, () => 0);
    assert.ok(queue.idle);
    queue.add("one");
    queue.add("dois é");
    assert.equal(sink.asked, 0, "nothing is written before flush");
    const flushed = queue.flush();
    await sink.take();
    await flushed;
    assert.deepEqual(sink.writes, [`one${end}dois é${end}`]);
    assert.ok(queue.idle);
    await queue.flush();
  }
});

Deno.test("a partial write is continued where it stopped, within a character too", async () => {
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => 0);
  const bytes: number[] = [];
  sink.write = ((write) => (chunk: Uint8Array) => {
    bytes.push(chunk[0]!);
    return write.call(sink, chunk);
  })(sink.write);
  queue.add("aé日b");
  const flushed = queue.flush();
  for (let count = 0; count < 8; count += 1) await sink.take(1);
  await flushed;
  assert.deepEqual(new TextDecoder().decode(Uint8Array.from(bytes)), "aé日b\n");
});

Deno.test("what is added during a write follows in the next, and flush waits for both", async () => {
  const sink = new SlowSink();
  const reported: number[] = [];
  const queue = new SendQueue(sink, "\n", () => 0, (lines) => reported.push(lines));
  queue.add("one");
  let done = false;
  const flushed = queue.flush().then(() => done = true);
  queue.add("two");
  queue.add("three");
  await sink.take();
  assert.equal(done, false);
  assert.deepEqual(reported, [1]);
  await sink.take();
  await flushed;
  assert.deepEqual(sink.writes, ["one\n", "two\nthree\n"]);
  assert.deepEqual(reported, [1, 2]);
});

Deno.test("the queue is capped, but takes one line of any length when it is empty", async () => {
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => 0);
  assert.ok(queue.add("x".repeat(3 * LIMITS.sendQueueBytes)));
  assert.ok(!queue.add("y"));
  const flushed = queue.flush();
  assert.ok(!queue.add("y"), "what is being written counts");
  await sink.take();
  await flushed;
  const line = "z".repeat(1023);
  let added = 0;
  while (queue.add(line)) added += 1;
  assert.equal(added, LIMITS.sendQueueBytes / 1024);
  assert.ok(queue.size <= LIMITS.sendQueueBytes);
  const again = queue.flush();
  await sink.take();
  await again;
  assert.equal(queue.size, 0);
});

Deno.test("a write without progress counts as stalled, and any progress starts it over", async () => {
  let now = 0;
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => now);
  now = 1_000_000;
  assert.ok(!queue.stalled(now), "who has nothing to read is not stalled");
  queue.add("abc");
  assert.ok(!queue.stalled(now + LIMITS.sendStall), "nothing was written yet");
  const flushed = queue.flush();
  assert.ok(!queue.stalled(now + LIMITS.sendStall - 1));
  assert.ok(queue.stalled(now + LIMITS.sendStall));
  now += LIMITS.sendStall - 1;
  await sink.take(1);
  assert.ok(!queue.stalled(now + LIMITS.sendStall - 1));
  assert.ok(queue.stalled(now + LIMITS.sendStall));
  assert.ok(queue.stalled(now + 5, 5), "a closing link waits for less");
  await sink.take();
  await flushed;
  assert.ok(!queue.stalled(now + 10 * LIMITS.sendStall));
});

Deno.test("a broken connection rejects the flush, for everyone who waits for it", async () => {
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => 0);
  queue.add("one");
  const both = Promise.allSettled([queue.flush(), queue.flush()]);
  await sink.fail(new Deno.errors.BrokenPipe("gone"));
  assert.deepEqual((await both).map(({ status }) => status), ["rejected", "rejected"]);
});

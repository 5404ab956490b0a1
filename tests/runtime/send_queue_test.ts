import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { type ByteSink, SendQueue } from "../../lib/runtime/send_queue.ts";

/** Where errors go that no test expects. */
const OWNER = {
  broken(error: unknown): void {
    throw error;
  },
};

/** Begins to write; resolves when nothing waits any more. */
function flushed(queue: SendQueue): Promise<void> {
  queue.flush();
  return queue.drained();
}

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
    const queue = new SendQueue(sink, end, () => 0, OWNER);
    assert.ok(queue.idle);
    queue.add("one");
    queue.add("dois é");
    assert.equal(sink.asked, 0, "nothing is written before flush");
    const written = flushed(queue);
    await sink.take();
    await written;
    assert.deepEqual(sink.writes, [`one${end}dois é${end}`]);
    assert.ok(queue.idle);
    await flushed(queue);
  }
});

Deno.test("a partial write is continued where it stopped, within a character too", async () => {
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => 0, OWNER);
  const bytes: number[] = [];
  sink.write = ((write) => (chunk: Uint8Array) => {
    bytes.push(chunk[0]!);
    return write.call(sink, chunk);
  })(sink.write);
  queue.add("aé日b");
  const written = flushed(queue);
  for (let count = 0; count < 8; count += 1) await sink.take(1);
  await written;
  assert.deepEqual(new TextDecoder().decode(Uint8Array.from(bytes)), "aé日b\n");
});

Deno.test("what is added during a write follows in the next, and flush waits for both", async () => {
  const sink = new SlowSink();
  const reported: number[] = [];
  const queue = new SendQueue(sink, "\n", () => 0, {
    ...OWNER,
    written: (lines) => reported.push(lines),
  });
  queue.add("one");
  let done = false;
  const written = flushed(queue).then(() => done = true);
  queue.add("two");
  queue.add("three");
  await sink.take();
  assert.equal(done, false);
  assert.deepEqual(reported, [1]);
  await sink.take();
  await written;
  assert.deepEqual(sink.writes, ["one\n", "two\nthree\n"]);
  assert.deepEqual(reported, [1, 2]);
});

Deno.test("the queue is capped, but takes one line of any length when it is empty", async () => {
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => 0, OWNER);
  assert.ok(queue.add("x".repeat(3 * LIMITS.sendQueueBytes)));
  assert.ok(!queue.add("y"));
  const written = flushed(queue);
  assert.ok(!queue.add("y"), "what is being written counts");
  while (sink.asked > 0) await sink.take();
  assert.equal(sink.writes.join(""), "x".repeat(3 * LIMITS.sendQueueBytes) + "\n");
  await written;
  const line = "z".repeat(1023);
  let added = 0;
  while (queue.add(line)) added += 1;
  assert.equal(added, LIMITS.sendQueueBytes / 1024);
  assert.ok(queue.size <= LIMITS.sendQueueBytes);
  const again = flushed(queue);
  while (sink.asked > 0) await sink.take();
  await again;
  assert.equal(queue.size, 0);
});

Deno.test("a long line is encoded piece by piece, in order, not cut within a character", async () => {
  const sink = new SlowSink();
  const reported: number[] = [];
  const queue = new SendQueue(sink, "\n", () => 0, {
    ...OWNER,
    written: (lines) => reported.push(lines),
  });
  const long = "a" + "😀".repeat(LIMITS.sendPiece);
  queue.add("before");
  assert.ok(queue.add(long));
  assert.ok(queue.add("after"));
  const written = flushed(queue);
  while (sink.asked > 0) {
    assert.ok(sink.asked <= 4 * (LIMITS.sendPiece + 1));
    await sink.take();
  }
  await written;
  assert.equal(sink.writes.join(""), `before\n${long}\nafter\n`);
  assert.equal(reported.reduce((sum, lines) => sum + lines, 0), 3);
  assert.equal(queue.size, 0);
});

Deno.test("a write without progress counts as stalled, and any progress starts it over", async () => {
  let now = 0;
  const sink = new SlowSink();
  const queue = new SendQueue(sink, "\n", () => now, OWNER);
  now = 1_000_000;
  assert.ok(!queue.stalled(now), "who has nothing to read is not stalled");
  queue.add("abc");
  assert.ok(!queue.stalled(now + LIMITS.sendStall), "nothing was written yet");
  const written = flushed(queue);
  assert.ok(!queue.stalled(now + LIMITS.sendStall - 1));
  assert.ok(queue.stalled(now + LIMITS.sendStall));
  now += LIMITS.sendStall - 1;
  await sink.take(1);
  assert.ok(!queue.stalled(now + LIMITS.sendStall - 1));
  assert.ok(queue.stalled(now + LIMITS.sendStall));
  assert.ok(queue.stalled(now + 5, 5), "a closing link waits for less");
  await sink.take();
  await written;
  assert.ok(!queue.stalled(now + 10 * LIMITS.sendStall));
});

Deno.test("a broken connection is told of once, and nobody waits for it any more", async () => {
  const sink = new SlowSink();
  const errors: unknown[] = [];
  const queue = new SendQueue(sink, "\n", () => 0, { broken: (error) => errors.push(error) });
  queue.add("one");
  const both = Promise.all([flushed(queue), flushed(queue)]);
  queue.add("two");
  const gone = new Deno.errors.BrokenPipe("gone");
  await sink.fail(gone);
  await both;
  assert.deepEqual(errors, [gone]);
  assert.ok(queue.idle, "what waited is dropped");
});

Deno.test("a read loop writes by itself what it caused, and what is added meanwhile", () => {
  const reported: number[] = [];
  const queue = new SendQueue(new SlowSink(), "\n", () => 0, {
    ...OWNER,
    written: (lines) => reported.push(lines),
  });
  assert.equal(queue.next(), null);
  queue.add("one");
  assert.ok(!queue.writing);
  const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes!);
  assert.equal(text(queue.next()), "one\n");
  assert.ok(queue.writing);
  queue.flush();
  queue.wrote(1);
  assert.equal(text(queue.next()), "ne\n");
  queue.add("two");
  queue.wrote(3);
  assert.equal(text(queue.next()), "two\n");
  queue.wrote(4);
  assert.equal(queue.next(), null);
  assert.ok(queue.idle);
  assert.deepEqual(reported, [1, 1]);
});

import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { ReceivedNumbers } from "../../lib/music/received_numbers.ts";
import { MOST_ACK_RANGES } from "../../lib/protocol/music/transfer_packets.ts";

Deno.test("received numbers: ranges are what came, the highest first", () => {
  const numbers = new ReceivedNumbers();
  assert.equal(numbers.highest, 0);
  assert.equal(numbers.missing, 0);
  for (const number of [1, 2, 5, 9, 8, 6]) assert.ok(numbers.add(number));
  assert.deepEqual(numbers.ranges(), [{ low: 8, high: 9 }, { low: 5, high: 6 }, {
    low: 1,
    high: 2,
  }]);
  assert.ok(numbers.add(7));
  assert.deepEqual(numbers.ranges(), [{ low: 5, high: 9 }, { low: 1, high: 2 }]);
  for (const number of [1, 7, 9]) assert.ok(!numbers.add(number), "a copy");
  assert.equal(numbers.count, 7);
  assert.ok(Math.abs(numbers.missing - 2 / 9) < 1e-9);
});

Deno.test("received numbers: agree with a set, in whatever order they come", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 50; round++) {
    const [numbers, set] = [new ReceivedNumbers(), new Set<number>()];
    for (let n = 0; n < 60; n++) {
      const number = 1 + Math.floor(random() * 80);
      assert.equal(numbers.add(number), !set.has(number));
      set.add(number);
    }
    const listed = numbers.ranges().flatMap(({ low, high }) =>
      Array.from({ length: high - low + 1 }, (_, at) => high - at)
    );
    assert.deepEqual(listed, [...set].toSorted((one, other) => other - one));
    assert.equal(numbers.count, set.size);
  }
});

Deno.test("received numbers: only the newest ranges are kept, whatever comes", () => {
  const numbers = new ReceivedNumbers();
  for (let number = 1; number < 100_000; number += 2) numbers.add(number);
  const ranges = numbers.ranges();
  assert.equal(ranges.length, MOST_ACK_RANGES);
  assert.equal(ranges[0]!.high, 99_999);
  assert.ok(!numbers.add(4), "what is older counts as known");
  assert.equal(numbers.ranges().length, MOST_ACK_RANGES);
});

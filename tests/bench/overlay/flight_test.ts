import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Flight, type Load } from "./flight.ts";

/** A far end that answers in one turn what came in one turn; `most` is what was under way. */
class FarEnd {
  readonly flight: Flight;
  sent = 0;
  underWay = 0;
  most = 0;

  constructor() {
    this.flight = new Flight((count) => {
      this.sent += count;
      this.underWay += count;
      this.most = Math.max(this.most, this.underWay);
      setTimeout(() => this.#answer(count), 0);
    });
  }

  #answer(count: number): void {
    for (let answered = 0; answered < count; answered++) {
      this.underWay -= 1;
      this.flight.answered(1);
    }
  }
}

function load(window: number): Load {
  return { window, warmUp: 1, measured: 10 };
}

Deno.test("as many messages are under way as the load says, and none when it has ended", async () => {
  const end = new FarEnd();
  const phases: string[] = [];
  const { messages, seconds, roundTrips } = await end.flight.run(
    load(8),
    (phase) => phases.push(phase),
  );
  strictEqual(end.most, 8);
  strictEqual(end.underWay, 0);
  ok(messages > 0 && messages <= end.sent);
  ok(seconds > 0);
  deepStrictEqual(roundTrips, []);
  deepStrictEqual(phases, ["begin", "end"]);
});

Deno.test("with one message under way, each measured round trip is told in microseconds", async () => {
  const end = new FarEnd();
  const begun = performance.now();
  const { messages, roundTrips } = await end.flight.run(load(1), () => {});
  strictEqual(roundTrips.length, messages);
  const total = (performance.now() - begun) * 1000;
  ok(roundTrips.every((micros) => micros > 0 && micros < total));
});

Deno.test("one load after another", async () => {
  const end = new FarEnd();
  await end.flight.run(load(4), () => {});
  end.most = 0;
  await end.flight.run(load(2), () => {});
  strictEqual(end.most, 2);
  strictEqual(end.underWay, 0);
});

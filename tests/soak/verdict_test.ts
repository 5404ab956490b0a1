import { strict as assert } from "node:assert";
import { MIB, MINUTE } from "../../lib/base/units.ts";
import { Deliveries } from "./deliveries.ts";
import type { Sample } from "./samples.ts";
import type { SoakOutcome } from "./soak.ts";
import { complaints } from "./verdict.ts";

const LOOKS = 40;

function sample(changes: Partial<Sample> = {}): Sample {
  return { at: 0, resident: 200 * MIB, descriptors: 30, heap: 20 * MIB, timers: 0, ...changes };
}

/** A soak of 40 minutes with one process, in which all is well but what is changed. */
function outcome(
  changes: Partial<SoakOutcome> = {},
  process: Partial<SoakOutcome["processes"][number]> = {},
): SoakOutcome {
  const samples = Array.from({ length: LOOKS }, (_, n) => sample({ at: n * MINUTE }));
  const lowTides = [sample(), sample()] as const;
  return {
    processes: [{ name: "people 1", start: sample(), lowTides, samples, ...process }],
    counts: { "people: joins": 100 },
    figures: new Map(),
    faults: [],
    faultCount: 0,
    deliveries: new Deliveries(),
    slowest: 0,
    left: [],
    ...changes,
  };
}

/** The reasons, which have to be one, hold these words. */
function assertOne(seen: SoakOutcome, words: RegExp): void {
  const reasons = complaints(seen);
  assert.equal(reasons.length, 1, reasons.join("\n"));
  assert.match(reasons[0]!, words);
}

Deno.test("a soak in which all is well", () => {
  assert.deepEqual(complaints(outcome()), []);
});

Deno.test("memory that grows is a leak, with its rate", () => {
  const grows = (part: "heap" | "resident", perMinute: number) =>
    outcome({}, {
      samples: Array.from({ length: LOOKS }, (_, n) => {
        const still = sample({ at: n * MINUTE });
        return { ...still, [part]: still[part] + n * perMinute };
      }),
    });
  assertOne(
    grows("heap", MIB),
    /^people 1 leaks: used heap grows by 62\.9 ± 0\.0 MB\/h$/,
  );
  assertOne(grows("resident", 4 * MIB), /^people 1 leaks: resident memory grows by/);
  assert.deepEqual(complaints(grows("resident", MIB / 4)), []);
});

Deno.test("memory that fills in the beginning is no leak", () => {
  const samples = Array.from(
    { length: LOOKS },
    (_, n) => sample({ at: n * MINUTE, heap: 20 * MIB - 10 * MIB / (1 + n * n) }),
  );
  assert.deepEqual(complaints(outcome({}, { samples })), []);
});

Deno.test("what stays with everybody gone", () => {
  const tides = (changes: Partial<Sample>) =>
    outcome({}, { lowTides: [sample(), sample(changes)] });
  assertOne(tides({ descriptors: 31 }), /^people 1: descriptors grew from 30 to 31/);
  assertOne(tides({ timers: 2 }), /^people 1: timers grew from 0 to 2/);
  assertOne(tides({ heap: 25 * MIB }), /^people 1: the heap kept 5\.2 MB/);
  assertOne(
    outcome({ left: ['prosa_users{service="call"} 1'] }),
    /^left at the server .*"call"\} 1$/,
  );
});

Deno.test("what a standing machine has not unregistered ends with its lease", () => {
  const left = ['prosa_users{service="rendezvous"} 2'];
  assert.equal(complaints(outcome({ left })).length, 1);
  assert.deepEqual(complaints(outcome({ left, slowest: 5000 })), []);
  assert.equal(
    complaints(outcome({ left: ['prosa_users{service="chat"} 1'], slowest: 5000 })).length,
    1,
  );
});

Deno.test("a message that is lost, or a call without an end", () => {
  const deliveries = new Deliveries();
  deliveries.delivered("a");
  deliveries.delivered("b");
  deliveries.shown("b", 0);
  assertOne(outcome({ deliveries }), /^overlay: 1 acknowledged messages were never shown/);
  assertOne(outcome({ counts: { "chat: messages sent": 1 } }), /^chat messages: 1 .* 0 have ended/);
  assertOne(outcome({ counts: { "calls: made": 2, "calls: answered": 1 } }), /^calls: 2 /);
});

Deno.test("a counter that nothing explains", () => {
  assertOne(outcome({ counts: { "chat: remote error, bad_line": 1 } }), /^unexplained: .*: 1$/);
  assertOne(outcome({ counts: { "chat: server away": 1 } }), /^unexplained: /);
  assert.deepEqual(complaints(outcome({ counts: { "chat: server away": 1 }, slowest: 5000 })), []);
  assertOne(outcome({ figures: new Map([["prosa_bugs_total", 1]]) }), /prosa_bugs_total 1$/);
  assert.equal(complaints(outcome({ faults: ["one"], faultCount: 3 })).length, 2);
});

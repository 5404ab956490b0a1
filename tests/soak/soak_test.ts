import { strict as assert } from "node:assert";
import { SECOND } from "../../lib/base/units.ts";
import { HASTY } from "./pace.ts";
import { report } from "./report.ts";
import { Soak } from "./soak.ts";
import type { Counts } from "./tally.ts";
import { complaints } from "./verdict.ts";

/** What has to happen for the absence of complaints to say something. */
const HAPPENS = [
  "people: vanished",
  "people: left properly",
  "chat: messages acknowledged",
  "calls: answered",
  "calls: packets heard by callers",
  "music: songs whole",
  "music: songs heard",
  "overlay: messages delivered",
  "overlay: messages to all received",
];

function missing(counts: Counts): string[] {
  return HAPPENS.filter((counter) => !(counts[counter]! > 0));
}

Deno.test("twenty people come, talk, call, fetch and go: nothing is lost and nothing stays", async () => {
  const watched: string[] = [];
  const outcome = await Soak.run({
    peers: 20,
    workers: 2,
    seed: 1,
    pace: HASTY,
    warmUp: 3 * SECOND,
    main: 6 * SECOND,
    enough: (counts) => missing(counts).length === 0,
    sampling: SECOND,
    progress: (text) => watched.push(text),
  });
  const seen = `${watched.join("\n")}\n${report(outcome)}`;
  assert.deepEqual(complaints(outcome), [], seen);
  assert.deepEqual(missing(outcome.counts), [], seen);
});

import assert from "node:assert/strict";
import { SourceCandidates } from "../../lib/music/source_candidates.ts";

const [ANA, BIA] = [{ ip: "10.0.0.1", port: 7000 }, { ip: "10.0.0.2", port: 7000 }];

Deno.test("source candidates: who was lost waits behind the others, and thrice is enough", () => {
  const candidates = new SourceCandidates();
  assert.equal(candidates.next(), null);
  assert.equal(candidates.fault, "no_source");
  candidates.add(ANA);
  candidates.add(BIA);
  candidates.add({ ...ANA });
  assert.equal(candidates.next()?.address, ANA);
  candidates.lost(ANA, "source_gone", 1000);
  assert.equal(candidates.next()?.address, BIA);
  candidates.lost(BIA, "not_available", 1500);
  assert.deepEqual([candidates.next()?.address, candidates.next()?.askAt], [ANA, 2000]);
  candidates.lost(ANA, "busy", 2500);
  candidates.worked(ANA);
  candidates.lost(ANA, "source_gone", 3000);
  candidates.lost(ANA, "source_gone", 4000);
  assert.notEqual(candidates.next(), null, "it has worked in between");
  candidates.lost(ANA, "no_answer", 5000);
  assert.equal(candidates.next(), null);
  assert.equal(candidates.fault, "no_answer");
  candidates.add(BIA);
  assert.equal(candidates.next(), null, "who does not have it is not asked again");
});

Deno.test("source candidates: are bounded", () => {
  const candidates = new SourceCandidates();
  for (let port = 1; port < 1000; port++) candidates.add({ ip: "10.0.0.1", port });
  let count = 0;
  for (let next; (next = candidates.next()) !== null; count++) {
    candidates.lost(next.address, "wrong_bytes", 0);
  }
  assert.equal(count, 64);
});

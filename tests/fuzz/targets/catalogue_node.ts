import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import type { CatalogueOutcome, MembershipInput } from "../../../lib/music/catalogue/contract.ts";
import { CATALOGUE_NODE_LIMITS } from "../../../lib/music/catalogue/limits.ts";
import { CatalogueMembership } from "../../../lib/music/catalogue/membership.ts";
import { CatalogueSearch } from "../../../lib/music/catalogue/search.ts";
import { parseCatalogueReply, parseCatalogueRequest } from "../../../lib/protocol/music.ts";
import { utf8Length } from "../../../lib/wire/text.ts";
import * as vectors from "../../vectors/music.ts";
import { linesOf } from "../../vectors/vector.ts";
import { operationOf, scriptOf, type Step, stepsOf, TIMES } from "../script.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, type Saw } from "../target.ts";

const REPLIES = linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED);
const { SUITE, BARE } = vectors;

/** A request is one line that a server reads. */
function checkRequest(line: string): void {
  assert.ok(utf8Length(line) <= LIMITS.jsonLineBytes);
  parseCatalogueRequest(bytesOf(line));
}

/** A node in the catalogue, whose server and clock do what the script says. */
class World {
  now = 0;
  asking = false;
  left = false;
  started = false;
  readonly machine = new CatalogueMembership({ name: "ana", port: 7000, random: seededRandom(7) });
  #before = "";

  constructor(readonly saw: Saw) {}

  give(input: MembershipInput): void {
    for (const effect of this.machine.handle(input, this.now)) {
      if (effect.kind === "ask") {
        assert.ok(!this.asking, "two requests at once");
        this.asking = true;
        checkRequest(effect.line);
      } else if (effect.kind === "music_left") this.left = true;
      this.saw(`${this.#before} > ${effect.kind} ${this.machine.state}`);
      this.#before = effect.kind;
    }
  }

  answer(outcome: CatalogueOutcome): void {
    if (!this.asking) return;
    this.asking = false;
    this.give({ kind: "outcome", outcome });
  }
}

const OPERATIONS: Readonly<Record<string, (world: World, step: Step) => void>> = {
  l(world, { rest }) {
    const reply = readOrRefuse(() => parseCatalogueReply(rest), world.saw);
    world.answer(
      reply === null ? { kind: "unreachable", reason: "no reply" } : { kind: "reply", reply },
    );
  },
  u: (world) => world.answer({ kind: "unreachable", reason: "refused" }),
  f(world, { who, value }) {
    const file = who % 2 === 0 ? SUITE : BARE;
    const files = Array.from({ length: 20 * value }, (_, n) => ({
      ...file,
      id: n.toString(16).padStart(64, "0"),
    }));
    world.give({ kind: "files", files });
  },
  t(world, { value }) {
    world.now += TIMES[value]!;
    world.give({ kind: "wake" });
  },
  s(world) {
    // Once: a node that has left is made anew.
    if (!world.started) world.give({ kind: "start" });
    world.started = true;
  },
  q: (world) => world.give({ kind: "leave" }),
};

const REGISTERED = (files: number) =>
  ["l00", `{"status":"OK","ttl":120,"registered":${files}}`] as const;

export const CATALOGUE_NODE: readonly FuzzTarget[] = [
  {
    name: "catalogue_membership",
    seeds: [
      scriptOf(
        "f01",
        "s00",
        REGISTERED(20),
        "t0?",
        REGISTERED(20),
        "t0?",
        REGISTERED(0),
        REGISTERED(20),
      ),
      scriptOf(
        "s00",
        REGISTERED(0),
        "f0>",
        "t0;",
        REGISTERED(100),
        REGISTERED(200),
        REGISTERED(280),
        "q00",
      ),
      scriptOf("s00", "u00", "t0;", ["l00", '{"status":"ERROR","error":"full"}'], "t0>", "q00"),
      ...REPLIES.filter(({ length }) => length < 600).map((line) =>
        scriptOf("s00", ["l00", line], "t0?")
      ),
    ],
    words: [
      "\ns00\n",
      "\nt0?\n",
      "\nu00\n",
      "\nq00\n",
      "\nf01\n",
      "\nl00",
      '"registered":20',
      '"status":"ERROR"',
      "bad_files",
    ],
    most: 4000,
    tries: 200,
    run(input, saw) {
      const world = new World(saw);
      for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
      world.left = false;
      world.give({ kind: "leave" });
      for (let n = 0; n < 5 && !world.left; n += 1) {
        world.answer({ kind: "unreachable", reason: "gone" });
        world.now += 60_000;
        world.give({ kind: "wake" });
      }
      assert.ok(world.left, "leaving never ends");
    },
  },
  {
    name: "catalogue_search",
    seeds: [...REPLIES, scriptOf(...REPLIES.map((line) => ["l00", line] as const))],
    words: ['"status":"OK"', '"nodes":[', '"next":', '"files":[', '"name":"ana"', "\nl00"],
    most: 6000,
    tries: 300,
    run(input, saw) {
      const search = new CatalogueSearch("bach");
      let step = search.start();
      for (const { rest } of stepsOf(input)) {
        if (step.kind !== "ask") break;
        checkRequest(step.line);
        const reply = readOrRefuse(() => parseCatalogueReply(rest), saw);
        if (reply !== null) step = search.take(reply);
        saw(`${reply?.kind} > ${step.kind}`);
      }
      if (step.kind !== "found") return;
      const { songs, nodes } = step.listing;
      assert.ok(songs.length <= CATALOGUE_NODE_LIMITS.songs);
      assert.ok(nodes.length <= CATALOGUE_NODE_LIMITS.nodes);
      saw(`${songs.length} songs of ${nodes.length} nodes`);
    },
  },
];

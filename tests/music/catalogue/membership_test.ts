import assert from "node:assert/strict";
import fc from "fast-check";
import { MINUTE, SECOND } from "../../../lib/base/units.ts";
import { CATALOGUE_NODE_LIMITS } from "../../../lib/music/catalogue/limits.ts";
import { song, songs } from "../../directory/catalogue_probe.ts";
import { LoneNode } from "./lone_node.ts";

const { farewell } = CATALOGUE_NODE_LIMITS;

Deno.test("membership: a short list in one request, told with its number", () => {
  const node = new LoneNode();
  node.give({ kind: "files", files: songs(3) }, { kind: "start" });
  assert.deepEqual(node.takeAll(), songs(3));
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 3, again: false }]);
  assert.equal(node.machine.wakeAt(), node.now + MINUTE, "half of 120 s");
});

Deno.test("membership: a long list in parts, each when the one before was answered", () => {
  const node = new LoneNode();
  node.give({ kind: "files", files: songs(1000) }, { kind: "start" });
  assert.equal(node.machine.wakeAt(), null, "the answer is what wakes it");
  assert.deepEqual(node.takeAll(), songs(1000));
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 1000, again: false }]);
});

Deno.test("membership: no files are a list too; the same song twice is one", () => {
  const node = new LoneNode();
  node.give({ kind: "start" });
  assert.deepEqual(node.takeAll(), []);
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 0, again: false }]);
  const twice = LoneNode.registered([song(1), song(2), song(1, { name: "copy.mp3" })]);
  assert.equal(twice.machine.state, "registered");
});

Deno.test("membership: renews at half of the lease that was granted, quietly, without the list", () => {
  const node = LoneNode.registered(songs(2), 60);
  for (let round = 0; round < 3; round += 1) {
    const before = node.now;
    node.wake();
    assert.equal(node.now - before, 30 * SECOND);
    const request = node.request();
    assert.ok(request.kind === "NODE_REGISTER" && request.files === undefined && !request.more);
    node.reply({ kind: "registered", ttl: 60, registered: 2 });
  }
  assert.deepEqual(node.news(), []);
});

for (
  const [name, answer] of [
    ["knows another number", { kind: "registered", ttl: 120, registered: 0 }],
    ["wants files", { kind: "error", error: "bad_files" }],
    ["wants more", { kind: "error", error: "bad_more (missing)" }],
  ] as const
) {
  Deno.test(`membership: a server that ${name} at a renewal gets the whole list`, () => {
    const node = LoneNode.registered(songs(400));
    node.wake().request();
    node.reply(answer);
    assert.equal(node.takeAll().length, 400);
    assert.equal(node.machine.state, "registered");
    assert.deepEqual(node.news(), []);
  });
}

Deno.test("membership: a list that was counted wrongly is sent again once, then believed", () => {
  const node = new LoneNode();
  node.give({ kind: "files", files: songs(2) }, { kind: "start" });
  for (let round = 0; round < 2; round += 1) {
    node.request();
    node.reply({ kind: "registered", ttl: 120, registered: 7 });
  }
  assert.deepEqual(node.asked, []);
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 7, again: false }]);
  node.wake().request();
  node.reply({ kind: "registered", ttl: 120, registered: 7 });
  assert.deepEqual(node.asked, [], "it has not changed since");
});

Deno.test("membership: changes are gathered, and one that comes meanwhile is not lost", () => {
  const node = LoneNode.registered(songs(1));
  node.give({ kind: "files", files: songs(2) });
  node.now += 500;
  node.give({ kind: "files", files: songs(3) });
  assert.equal(node.machine.wakeAt(), node.now + 500, "a second after the first change");
  node.wake();
  node.give({ kind: "files", files: songs(4) });
  assert.equal(node.takeAll().length, 3);
  node.wake();
  assert.equal(node.takeAll().length, 4);
  assert.deepEqual(node.news().map((one) => "files" in one && one.files), [3, 4]);
});

Deno.test("membership: a list that takes long is not sent all the time", () => {
  const node = LoneNode.registered(songs(1));
  node.give({ kind: "files", files: songs(2) }).wake();
  node.now += 10 * SECOND;
  node.takeAll();
  node.give({ kind: "files", files: songs(3) });
  assert.equal(node.machine.wakeAt()! - node.now, 40 * SECOND);
});

Deno.test("membership: a server that is away is told once, tried with back-off, and its return", () => {
  const node = new LoneNode();
  node.give({ kind: "files", files: songs(2) }, { kind: "start" });
  const pauses: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    node.request();
    node.fail("refused");
    const before = node.now;
    node.wake();
    pauses.push(node.now - before);
  }
  assert.deepEqual(node.news(), [
    { kind: "music_server_away", first: true, reason: "refused" },
  ]);
  assert.ok(pauses[0]! <= SECOND && pauses[7]! >= 15 * SECOND && pauses[7]! <= 30 * SECOND);
  node.takeAll();
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 2, again: false }]);
  node.wake().fail();
  assert.deepEqual(node.news(), [
    { kind: "music_server_away", first: false, reason: "no answer in time" },
  ]);
  node.asked.length = 0;
  node.wake().takeAll();
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 2, again: true }]);
});

Deno.test("membership: a list whose sending broke off begins at its first part again", () => {
  const node = new LoneNode();
  node.give({ kind: "files", files: songs(500) }, { kind: "start" });
  const first = node.request();
  node.reply({ kind: "registered", ttl: 120, registered: 1 });
  node.request();
  node.fail();
  node.wake();
  assert.deepEqual(node.request(), first);
});

Deno.test("membership: a refusal is told once for each word, and tried again", () => {
  const node = new LoneNode();
  node.give({ kind: "start" });
  for (const word of ["already_registered", "already_registered", "full"]) {
    node.request();
    node.refuse(word);
    const before = node.now;
    node.wake();
    assert.ok(node.now - before >= 2 * SECOND && node.now - before <= MINUTE);
  }
  assert.deepEqual(node.news(), [
    { kind: "music_refused", error: "already_registered" },
    { kind: "music_refused", error: "full" },
  ]);
  node.takeAll();
  assert.deepEqual(node.news(), [{ kind: "music_registered", files: 0, again: false }]);
});

Deno.test("membership: a reply to something else, and a word without end, are refusals", () => {
  const node = new LoneNode();
  node.give({ kind: "start" }).request();
  node.reply({ kind: "removed", removed: true });
  node.wake().request();
  node.refuse("x".repeat(1e6));
  assert.deepEqual(
    node.news().map((one) => one.kind === "music_refused" && one.error.length),
    ["bad_reply".length, CATALOGUE_NODE_LIMITS.errorWord],
  );
});

Deno.test("membership: leaving removes the entry", () => {
  const node = LoneNode.registered(songs(1));
  node.give({ kind: "leave" });
  assert.deepEqual(node.request(), { kind: "NODE_REMOVE", name: "ana" });
  assert.deepEqual(node.news(), []);
  node.reply({ kind: "removed", removed: true });
  assert.deepEqual(node.news(), [{ kind: "music_left" }]);
  assert.equal(node.machine.wakeAt(), null);
  node.give({ kind: "start" });
  assert.equal(node.takeAll().length, 1, "it may come back");
});

Deno.test("membership: leaving waits for what is under way, and for the answer a bounded time", () => {
  const node = LoneNode.registered(songs(1));
  node.wake().request();
  node.give({ kind: "leave" });
  assert.deepEqual(node.asked, [], "the removal could otherwise come first");
  node.reply({ kind: "registered", ttl: 120, registered: 1 });
  assert.equal(node.request().kind, "NODE_REMOVE");
  const before = node.now;
  node.wake();
  assert.equal(node.now - before, farewell);
  assert.deepEqual(node.news(), [{ kind: "music_left" }]);
  node.fail();
  assert.deepEqual([node.asked, node.news()], [[], []], "an answer too late does nothing");
});

Deno.test("membership: leaving before it began, and while the server is away", () => {
  assert.deepEqual(new LoneNode().give({ kind: "leave" }).news(), [{ kind: "music_left" }]);
  const node = new LoneNode();
  node.give({ kind: "start" }).request();
  node.fail();
  node.news();
  node.give({ kind: "leave" }).request();
  node.fail();
  assert.deepEqual(node.news(), [{ kind: "music_left" }]);
});

Deno.test("membership: waking too early does nothing", () => {
  const node = LoneNode.registered(songs(1));
  node.now = node.machine.wakeAt()! - 1;
  node.give({ kind: "wake" }, { kind: "start" });
  assert.deepEqual([node.asked, node.news()], [[], []]);
});

Deno.test("membership: whatever happens, the server has the last list in the end", () => {
  const act = fc.constantFrom("files", "ok", "wrong", "error", "fail", "wake", "later");
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const node = new LoneNode().give({ kind: "start" });
      let count = 0;
      for (const one of acts) {
        node.now += 100;
        if (one === "files") node.give({ kind: "files", files: songs(++count) });
        else if (one === "wake") node.give({ kind: "wake" });
        else if (one === "later") node.now += 20 * SECOND;
        else if (node.asked.length > 0) {
          const request = node.request();
          assert.ok(request.kind === "NODE_REGISTER");
          const registered = request.files?.length ?? count;
          if (one === "fail") node.fail();
          else if (one === "error") node.refuse("full");
          else {node.reply({
              kind: "registered",
              ttl: 9,
              registered: registered + Number(one === "wrong"),
            });}
        }
      }
      let has = -1;
      // A server that forgets what it had after each change of the list.
      for (let round = 0; round < 10; round += 1) {
        if (node.asked.length === 0) node.wake();
        const request = node.request();
        assert.ok(request.kind === "NODE_REGISTER");
        if (request.files !== undefined) has = request.files.length;
        node.reply({ kind: "registered", ttl: 120, registered: has });
      }
      assert.equal(has, count);
      assert.equal(node.machine.state, "registered");
    }),
    { seed: 1, numRuns: 300 },
  );
});

import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import type { OverlayPeer } from "../overlay_peer.ts";
import { OverlayWorld } from "../overlay_world.ts";
import { textOf } from "../script.ts";
import { type Fields, Stranger } from "./stranger.ts";

/** ana – relay – bob, who have exchanged a message. */
function three(seed: number, tap?: (line: string, to: string) => void) {
  const world = new OverlayWorld({
    seed,
    ...(tap === undefined ? {} : { tap: (_, to, line) => tap(textOf(line), to.ip) }),
  });
  const [ana, relay, bob] = world.addUnconnected("ana", "relay", "bob");
  world.chain([ana, relay, bob]);
  assert.equal(ana.sendAndWait(bob.id, "hello").kind, "delivered");
  return { world, ana, relay, bob };
}

/** A message from ana to bob every second for `seconds`, each of which must be delivered soon. */
function talk(world: OverlayWorld, ana: OverlayPeer, bob: OverlayPeer, seconds: number): void {
  const sent = Array.from({ length: seconds }, (_, second) => {
    world.network.timeline.run(1000);
    return ana.send(bob.id, `second ${second}`);
  });
  world.network.timeline.run(20_000);
  for (const { outcome } of sent) {
    assert.ok(outcome?.kind === "delivered", JSON.stringify(outcome));
    assert.ok(outcome.ms < 3000, `${outcome.ms} ms`);
  }
  const shown = bob.texts.filter((text) => text.startsWith("second "));
  assert.deepEqual(shown, Array.from({ length: seconds }, (_, second) => `second ${second}`));
}

const pub = (src: string, msg_id: string, payload: string): Fields => (
  { type: "PUB", msg_id, src, dst: "*", payload, require_ack: false, ttl: 8 }
);
const send = (src: string, dst: string, msg_id: string, payload: string): Fields => (
  { type: "SEND", msg_id, src, dst, payload, require_ack: true, ttl: 8 }
);

Deno.test("a neighbour that floods is held to its quota; others talk on", () => {
  for (const kind of ["PUB", "SEND", "WHO_HAS"]) {
    const { world, ana, relay, bob } = three(1);
    const mallory = new Stranger(world, "mallory@sim");
    mallory.greet(relay);
    for (let tenth = 0; tenth < 200; tenth += 1) {
      world.network.timeline.after(tenth * 100, () => {
        const messages = Array.from({ length: 100 }, (_, index) => {
          const id = `flood ${tenth} ${index}`;
          if (kind === "PUB") return pub("mallory@sim", id, "flood");
          if (kind === "SEND") return send("mallory@sim", "bob@sim", id, "flood");
          return { type: "WHO_HAS", msg_id: id, src: "mallory@sim", dst: `${id}@sim`, ttl: 8 };
        });
        if (mallory.connectedTo(relay)) mallory.say(relay, ...messages);
      });
    }
    talk(world, ana, bob, 20);
    assert.ok(mallory.got.some(({ type, code }) => type === "ERROR" && code === "over_quota"));
    const flooded = bob.texts.filter((text) => text === "flood").length;
    assert.ok(flooded <= 400 + 21 * 200, `${flooded} of ${kind} passed`);
  }
});

Deno.test("a stranger under the id of a neighbour is refused, whoever opened the link", () => {
  const { world, ana, relay, bob } = three(2);
  // Long enough that no two links opened at once are in question any more.
  world.network.timeline.run(60_000);
  const mallory = new Stranger(world, "mallory@sim");
  for (const id of [ana.id, bob.id, relay.id]) {
    mallory.greet(relay, id);
    assert.ok(!mallory.connectedTo(relay), id);
  }
  talk(world, ana, bob, 3);
});

Deno.test("forged ACK, RELAY_FAIL, TTL_EXPIRED and BYE of others are not believed", () => {
  const ids: string[] = [];
  const { world, ana, relay, bob } = three(3, (line) => {
    const message: Fields = JSON.parse(line);
    if (message.type === "SEND" && message.payload === "is it true?") ids.push(message.msg_id);
  });
  const mallory = new Stranger(world, "mallory@sim");
  mallory.greet(ana);
  world.network.separate([[ana.host, relay.host, mallory.host], [bob.host]], "freeze");
  const sent = ana.send(bob.id, "is it true?");
  world.network.timeline.run(1000);
  const msg_id = ids[0]!;
  mallory.say(
    ana,
    { type: "ACK", msg_id, from: "bob@sim", src: "bob@sim", dst: "ana@sim", ttl: 8 },
    { type: "RELAY_FAIL", msg_id, src: "relay@sim", dst: "bob@sim", reason: "no_route", ttl: 8 },
    { type: "TTL_EXPIRED", msg_id, src: "relay@sim", dst: "bob@sim", reason: "far", ttl: 8 },
    { type: "ERROR", code: "no_route", ref: msg_id, detail: "", ttl: 8 },
  );
  world.network.timeline.run(1000);
  assert.equal(sent.outcome, null);
  assert.ok(ana.neighbours.has(relay.id));
  world.network.heal();
  world.network.timeline.run(1000);
  assert.equal(sent.outcome!.kind, "delivered");
  mallory.say(ana, {
    type: "BYE",
    msg_id: "b",
    src: "relay@sim",
    dst: "ana@sim",
    reason: "x",
    ttl: 1,
  });
  world.network.timeline.run(1000);
  assert.ok(ana.neighbours.has(relay.id));
  talk(world, ana, bob, 2);
});

Deno.test("a message that claims to be from its receiver is not shown to it", () => {
  const { world, relay, bob, ana } = three(4);
  const mallory = new Stranger(world, "mallory@sim");
  mallory.greet(relay);
  mallory.say(relay, pub("relay@sim", "m1", "I said so"), pub("ana@sim", "m2", "ana said so"));
  world.network.timeline.run(1000);
  assert.ok(!relay.texts.includes("I said so"));
  assert.ok(!ana.texts.includes("ana said so"));
  talk(world, ana, bob, 2);
});

Deno.test("who answers for everybody and passes nothing on costs time, not messages", () => {
  const world = new OverlayWorld({ seed: 5 });
  const [ana, relay, bob] = world.addUnconnected("ana", "relay", "bob");
  world.chain([ana, relay, bob]);
  const mallory = new Stranger(
    world,
    "mallory@sim",
    ({ type, msg_id, dst }) =>
      type !== "WHO_HAS" ? [] : [{ type: "WHO_HAS_HIT", msg_id, src: dst, dst, via: dst, ttl: 8 }],
  );
  mallory.greet(ana);
  for (let count = 0; count < 5; count += 1) {
    const outcome = ana.sendAndWait(bob.id, `message ${count}`);
    assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
    assert.equal(outcome.via, relay.id);
  }
  assert.deepEqual(bob.texts, [0, 1, 2, 3, 4].map((count) => `message ${count}`));
});

Deno.test("replayed messages are shown to nobody again", () => {
  const { world, ana, relay, bob } = three(6);
  const mallory = new Stranger(world, "mallory@sim");
  const seen: Fields[] = [];
  const spy = new Stranger(world, "spy@sim", (message) => {
    seen.push(message);
    return [];
  });
  spy.greet(relay);
  mallory.greet(bob);
  for (let count = 0; count < 5; count += 1) ana.sendAndWait("*", `to all ${count}`);
  assert.equal(ana.sendAndWait("spy@sim", "to the spy").kind, "not_delivered");
  world.network.timeline.run(1000);
  const pubs = seen.filter(({ type }) => type === "PUB");
  assert.equal(pubs.length, 5);
  for (let minute = 0; minute < 9; minute += 1) {
    for (const stranger of [spy, mallory]) {
      const to = stranger === spy ? relay : bob;
      stranger.say(to, ...pubs, ...pubs.map((message) => ({ ...message, ttl: 8 })));
    }
    world.network.timeline.run(60_000);
  }
  for (const peer of [relay, bob]) {
    const shown = peer.texts.filter((text) => text.startsWith("to all"));
    assert.deepEqual(shown, [0, 1, 2, 3, 4].map((count) => `to all ${count}`));
  }
  assert.ok(!ana.texts.some((text) => text.startsWith("to all")));
  talk(world, ana, bob, 2);
});

Deno.test("garbage is answered with bad_format and harms nobody", () => {
  const { world, ana, relay, bob } = three(7);
  const mallory = new Stranger(world, "mallory@sim");
  mallory.greet(relay);
  const random = seededRandom(7);
  const valid = [pub("mallory@sim", "x", "text"), send("mallory@sim", "bob@sim", "y", "text")];
  for (let count = 0; count < 2000; count += 1) {
    world.network.timeline.after(count * 10, () => {
      if (mallory.connectedTo(relay)) mallory.say(relay, garbage(random, valid));
    });
  }
  talk(world, ana, bob, 20);
  assert.ok(mallory.got.some(({ code }) => code === "bad_format"));
  assert.ok(ana.neighbours.has(relay.id) && bob.neighbours.has(relay.id));
});

Deno.test("who never reads is not waited for, and at last cut off", () => {
  const { world, ana, relay, bob } = three(8);
  const mallory = new Stranger(world, "mallory@sim");
  mallory.greet(relay);
  mallory.host.reading = false;
  const long = "x".repeat(20_000);
  for (let count = 0; count < 60; count += 1) {
    world.network.timeline.after(count * 250, () => ana.send("*", `${count} ${long}`));
  }
  talk(world, ana, bob, 20);
  assert.equal(bob.texts.filter((text) => text.endsWith(long)).length, 60);
  world.network.timeline.run(120_000);
  assert.ok(!relay.neighbours.has("mallory@sim"));
});

Deno.test("who connects and says nothing, or anything before HELLO, is shown out", () => {
  const { world, ana, relay, bob } = three(9);
  const quiet = new Stranger(world, "quiet@sim");
  quiet.connect(relay);
  const rude = new Stranger(world, "rude@sim");
  rude.connect(relay);
  rude.say(relay, pub("rude@sim", "x", "before HELLO"));
  world.network.timeline.run(1000);
  assert.deepEqual(rude.got.map(({ type, code }) => [type, code]), [["ERROR", "unauthorized"]]);
  assert.deepEqual([quiet, rude].map((stranger) => stranger.connectedTo(relay)), [true, false]);
  world.network.timeline.run(10_000);
  assert.ok(!quiet.connectedTo(relay));
  assert.ok(!relay.texts.includes("before HELLO"));
  talk(world, ana, bob, 2);
});

/** Something that is no message, made from nothing or from a message. */
function garbage(random: () => number, valid: readonly Fields[]): string {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const noise = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(32 + Math.floor(random() * 300))).join("");
  const message = pick(valid);
  const field = pick(Object.keys(message));
  switch (Math.floor(random() * 6)) {
    case 0:
      return noise(1 + Math.floor(random() * 200));
    case 1:
      return JSON.stringify(message).slice(0, Math.floor(random() * 60));
    case 2:
      return JSON.stringify({ ...message, [field]: pick([null, 7, [], {}, -1, "", noise(400)]) });
    case 3:
      return "[".repeat(10_000);
    case 4:
      return `{"type":"PUB","__proto__":{"src":"a@b"},"ttl":1e999,"x":"${"y".repeat(40_000)}"}`;
    default:
      return JSON.stringify({ type: noise(5), msg_id: noise(5), ttl: random() * 100 });
  }
}

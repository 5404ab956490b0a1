import assert from "node:assert/strict";
import { Rendezvous } from "./rendezvous.ts";
import { Timeline } from "./timeline.ts";

const peer = (name: string, namespace = "unb", ttl = 60) => ({
  namespace,
  name,
  ip: "10.0.0.1",
  port: 4000,
  ttl,
});

Deno.test("the meeting point lists who is registered, by namespace or everyone", () => {
  const timeline = new Timeline();
  const rendezvous = new Rendezvous(timeline);
  rendezvous.register(peer("ana"));
  rendezvous.register(peer("bob", "ufsc"));
  assert.deepEqual(rendezvous.discover().map(({ name }) => name), ["ana", "bob"]);
  assert.deepEqual(rendezvous.discover("ufsc").map(({ name }) => name), ["bob"]);
  rendezvous.unregister("unb", "ana");
  assert.deepEqual(rendezvous.discover("unb"), []);
});

Deno.test("a lease ends in virtual time unless it is renewed", () => {
  const timeline = new Timeline();
  const rendezvous = new Rendezvous(timeline);
  rendezvous.register(peer("ana"));
  timeline.run(59_000);
  assert.equal(rendezvous.discover()[0]?.expires_in, 1);
  rendezvous.register(peer("ana"));
  timeline.run(59_000);
  assert.equal(rendezvous.discover().length, 1);
  timeline.run(1000);
  assert.deepEqual(rendezvous.discover(), []);
});

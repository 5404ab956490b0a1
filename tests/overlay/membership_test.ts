import assert from "node:assert/strict";
import { HOUR, SECOND } from "../../lib/base/units.ts";
import type { RendezvousOutcome, RendezvousRequest } from "../../lib/overlay/contract.ts";
import { type Host, Pipes } from "./pipes.ts";

/** Answers everything that is asked, as `answer` says; returns the requests with their times. */
function serve(
  net: Pipes,
  host: Host,
  time: number,
  answer: (request: RendezvousRequest) => RendezvousOutcome,
) {
  const asked: (readonly [number, RendezvousRequest["kind"]])[] = [];
  const until = net.now + time;
  for (;;) {
    for (const request of host.requests.splice(0)) {
      asked.push([net.now, request.kind]);
      host.give({ kind: "rendezvous_answer", request, outcome: answer(request) });
    }
    if (net.now >= until) return asked;
    net.run(Math.min(SECOND, until - net.now));
  }
}

const works = (peers: () => ReturnType<Pipes["listed"]>) => (request: RendezvousRequest) =>
  request.kind === "register"
    ? { ok: true, ttl: 600 } as const
    : { ok: true, peers: peers() } as const;
const refuses = () => ({ ok: false, fault: "unreachable", reason: "refused" } as const);

Deno.test("REGISTER at the start and at half the lease that was granted, DISCOVER every 30 s", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  assert.deepEqual(ana.requests, [
    { kind: "register", namespace: "UnB", name: "ana", port: ana.port, ttl: 7200 },
    { kind: "discover", namespace: undefined, purpose: "neighbours" },
  ]);
  const asked = serve(net, ana, 1000 * SECOND, works(() => net.listed()));
  const times = (kind: string) => asked.filter(([, of]) => of === kind).map(([at]) => at / SECOND);
  assert.deepEqual(times("register"), [0, 300, 600, 900]);
  assert.deepEqual(times("discover").slice(0, 4), [0, 30, 60, 90]);
});

Deno.test("a rendezvous that is not there is said once, tried with back-off, and said when it is back", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  const asked = serve(net, ana, HOUR / 10, refuses);
  assert.equal(ana.all("rendezvous_lost").length, 1);
  assert.ok(asked.length > 20 && asked.length < 60, `${asked.length} requests in six minutes`);
  const after = serve(net, ana, 60 * SECOND, works(() => net.listed()));
  assert.ok(after.some(([, kind]) => kind === "register"));
  assert.equal(ana.all("rendezvous_back").length, 1);
});

Deno.test("after an absence between two renewals the registration is renewed", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  serve(net, ana, 10 * SECOND, works(() => net.listed()));
  serve(net, ana, 30 * SECOND, refuses);
  const back = serve(net, ana, 60 * SECOND, works(() => net.listed()));
  assert.equal(back.filter(([, kind]) => kind === "register").length, 1);
});

Deno.test("a rendezvous that forgot this peer is told again", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  serve(net, ana, 10 * SECOND, works(() => net.listed()));
  const asked = serve(net, ana, 25 * SECOND, works(() => []));
  assert.deepEqual(asked.map(([, kind]) => kind), ["discover", "register"]);
});

Deno.test("told that the rendezvous may have restarted, it looks at once, and registers again", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  serve(net, ana, 10 * SECOND, works(() => net.listed()));
  ana.give({ kind: "look_again" });
  const known = serve(net, ana, 0, works(() => net.listed()));
  assert.deepEqual(known.map(([, kind]) => kind), ["discover"]);
  ana.give({ kind: "look_again" });
  const forgotten = serve(net, ana, SECOND, works(() => []));
  assert.deepEqual(forgotten.map(([, kind]) => kind), ["discover", "register"]);
});

Deno.test("at another address it registers again, though the rendezvous still lists it", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({ kind: "start" });
  serve(net, ana, 10 * SECOND, works(() => net.listed()));
  ana.give({ kind: "moved" });
  const again = serve(net, ana, SECOND, works(() => net.listed()));
  assert.deepEqual(again.map(([, kind]) => kind), ["register", "discover"]);
});

Deno.test("a registration that is refused is said once, and others are found all the same", () => {
  const net = new Pipes();
  const [ana, bia] = [net.host("ana", { outbound: 8 }), net.host("bia")];
  ana.give({ kind: "start" });
  serve(
    net,
    ana,
    100 * SECOND,
    (request) =>
      request.kind === "register"
        ? { ok: false, fault: "refused", reason: "bad_name" }
        : { ok: true, peers: net.listed() },
  );
  assert.equal(ana.all("registration_refused").length, 1);
  assert.deepEqual(ana.all("rendezvous_lost"), []);
  assert.deepEqual(ana.neighbours, [bia.id]);
});

Deno.test("a peer without a port discovers and does not register", () => {
  const ana = new Pipes().host("ana", { port: null });
  ana.give({ kind: "start" });
  assert.deepEqual(ana.requests.map(({ kind }) => kind), ["discover"]);
  ana.command("quit", {});
  assert.equal(ana.all("finished").length, 1);
});

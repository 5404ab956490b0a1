import { deepEqual, equal, ok } from "node:assert/strict";
import { parseInput } from "../../lib/terminal/commands/parse_input.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { OverlayDialogue } from "../../lib/terminal/overlay_dialogue.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";

function dialogue(): OverlayDialogue {
  return new OverlayDialogue({
    say: translator("en"),
    paint: createPainter(false),
    namespace: "UnB",
    rendezvous: "10.0.0.1:5000",
    name: () => "ana",
    columns: () => 80,
  });
}

function typed(person: OverlayDialogue, line: string) {
  const input = parseInput(line, { active: [], open: [], callable: [], ...person.names });
  ok(input.kind === "command" && input.system === "overlay", line);
  return person.command(input);
}

const up = (peer: string) =>
  ({ kind: "neighbour_up", peer, outbound: true, features: [] }) as const;
const listed = (peer: string) => ({ peer, address: { ip: "10.0.0.2", port: 1 }, connection: null });

Deno.test("dialogue: each command has its own tag and is busy until it is answered", () => {
  const person = dialogue();
  equal(person.busy, false);
  const ping = typed(person, "/ping bia");
  const routes = typed(person, "/routes");
  ok(ping.tag !== routes.tag);
  deepEqual(ping, { kind: "ping", tag: ping.tag, peer: "bia@UnB" });
  person.lines({ kind: "routes", tag: routes.tag, neighbours: [], routes: [] }, 0);
  equal(person.busy, true);
  person.lines({ kind: "pong", tag: ping.tag, peer: "bia@UnB", ms: 1 }, 0);
  equal(person.busy, false);
});

Deno.test("dialogue: an answer knows what was asked", () => {
  const person = dialogue();
  const send = typed(person, "/msg @bia olá");
  const outcome = { kind: "not_delivered", fault: "too_long", detail: "" } as const;
  const fate = { kind: "fate", tag: send.tag, id: "m1", to: "bia@UnB", outcome } as const;
  deepEqual(person.lines(fate, 0).slice(1), ["Your text: olá"]);
  const peers = typed(person, "/peers Giga");
  deepEqual(person.lines({ kind: "peers", tag: peers.tag, peers: [], fault: null }, 0), [
    "Nobody else is in Giga. /peers * shows every namespace.",
  ]);
});

Deno.test("dialogue: the person has to do with whom they wrote to or asked to be connected to", () => {
  const person = dialogue();
  equal(person.lines(up("rui@Giga"), 0).length, 1);
  equal(person.lines(up("zoe@UnB"), 0).length, 0);
  typed(person, "/msg @bia olá");
  typed(person, "/connect caio");
  typed(person, "/msg * olá");
  equal(person.lines(up("bia@UnB"), 0).length, 1);
  equal(person.lines(up("caio@UnB"), 0).length, 1);
  equal(person.lines(up("zé@UnB"), 0).length, 0);
});

Deno.test("dialogue: registered is told once", () => {
  const person = dialogue();
  equal(person.lines({ kind: "registered", seconds: 10 }, 0).length, 1);
  equal(person.lines({ kind: "registered", seconds: 10 }, 0).length, 0);
});

Deno.test("dialogue: names to complete come from what was reported", () => {
  const person = dialogue();
  person.lines(up("rui@Giga"), 0);
  person.lines({ kind: "peers", tag: 1, peers: [listed("Ana Maria@UnB")], fault: null }, 0);
  const from = { kind: "message", id: "m1", to: "*", text: "oi", via: null } as const;
  person.lines({ ...from, from: "zoe@CIC" }, 0);
  const outcome = { kind: "delivered", via: "rui@Giga", hops: 2, ms: 1 } as const;
  person.lines({ kind: "fate", tag: 9, id: "m2", to: "bia@UnB", outcome }, 0);
  const { peers, neighbours, namespaces } = person.names;
  deepEqual([...peers], ["rui@Giga", "Ana Maria@UnB", "zoe@CIC", "bia@UnB"]);
  deepEqual([...neighbours], ["rui@Giga"]);
  deepEqual([...namespaces], ["UnB", "Giga", "CIC"]);
  person.lines({ kind: "neighbour_down", peer: "rui@Giga", reason: "reset" }, 0);
  deepEqual([...person.names.neighbours], []);
  deepEqual(typed(person, "/msg @Ana Maria oi"), {
    kind: "send",
    tag: 1,
    to: "Ana Maria@UnB",
    text: "oi",
  });
});

Deno.test("dialogue: what is remembered of others does not grow without end", () => {
  const person = dialogue();
  const peers = Array.from({ length: 10_000 }, (_, at) => listed(`p${at}@n${at}`));
  person.lines({ kind: "peers", tag: 1, peers, fault: null }, 0);
  const known = [...person.names.peers];
  equal(known.length, 4096);
  equal(known.at(-1), "p9999@n9999");
});

/**
 * Five peers and a server as real processes, where Ana and Bruno cannot reach each other: they talk
 * through a relay, it is killed, and they talk through another.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { CONNECTED, connectedTo, routesShown } from "./overlay_programs.ts";
import {
  misleadingRendezvous,
  PEOPLE,
  type Person,
  separateNetworks,
  type Stage,
} from "./overlay_stage.ts";
import type { PipedProgram } from "./piped_program.ts";

const RELAYS = ["Rui@Giga", "Rita@Giga", "Camila@UnB"];

Deno.test("two who can only dial out talk through a relay, and through another when it dies", async () => {
  await using stage = await misleadingRendezvous();
  await scenario(stage);
});

// Without the rights to make networks, the scenario above is all that can be shown.
const networks = await separateNetworks();
await networks?.[Symbol.asyncDispose]();
if (networks !== null) {
  Deno.test("two in networks with no way between them talk through a relay, and another", async () => {
    await using stage = await separateNetworks();
    assert.ok(stage !== null);
    await scenario(stage);
  });
}

async function scenario(stage: Stage): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const start = async (person: Person) => stack.use(await stage.start(person));
  const [rui, rita, camila] = await Promise.all([start("Rui"), start("Rita"), start("Camila")]);
  const [ana, bruno] = await Promise.all([start("Ana"), start("Bruno")]);
  const programs: Record<Person, PipedProgram> = {
    Ana: ana,
    Bruno: bruno,
    Camila: camila,
    Rui: rui,
    Rita: rita,
  };
  const [peers] = await Promise.all([connectedTo(ana, RELAYS), connectedTo(bruno, RELAYS)]);
  assert.match(peers.get("Bruno@UnB") ?? "", /^Bruno@UnB +– +– +– +\d/);

  const first = await unicast(ana, bruno, "olá, Bruno");
  await everyone(programs);
  const known = await routesShown(ana, 4);
  assert.deepEqual([...known.keys()].sort(), ["Bruno@UnB", ...RELAYS].sort());
  for (const relay of RELAYS) {
    assert.match(known.get(relay) ?? "", new RegExp(`^${relay} +${relay} +direta +1 `));
  }

  const killed = programs[first.split("@")[0] as Person];
  killed.kill("SIGKILL");
  await ana.waitFor(`O caminho até Bruno@UnB via ${first} se perdeu.`);
  const found = /^Bruno@UnB é alcançado agora via (\S+) \(2 saltos\)\.$/m;
  const [, second] = await ana.waitFor(found);
  assert.ok(RELAYS.includes(second!) && second !== first, second);
  await ana.say("/msg @Bruno ainda aí?");
  const [, through] = await ana.waitFor(DELIVERED);
  assert.ok(RELAYS.includes(through!) && through !== first, through);
  await bruno.waitFor(`[para você, via ${through}] Ana@UnB: ainda aí?\n`);
  const left = RELAYS.filter((relay) => relay !== first);
  const after = await connectedTo(ana, left);
  assert.doesNotMatch(after.get(first) ?? "", CONNECTED);
  const ways = await routesShown(ana, 3);
  assert.ok(!ways.has(first), first);
  await bruno.say("/msg @Ana sim");
  await bruno.waitFor(DELIVERED);
  await ana.waitFor(/\[para você, via \S+\] Bruno@UnB: sim\n/);

  await goodbye(stage, ana, programs[left[0]!.split("@")[0] as Person]);
  for (const [person, program] of Object.entries(programs)) {
    if (program !== ana && program !== killed) await program.say("/quit");
    const { output, errors } = await program.ended();
    assert.equal(errors, "", person);
    // Whoever was shown something was shown it once, at the very end too.
    const shown = output.match(/^\d\d:\d\d:\d\d \[.*$/gm) ?? [];
    const texts = shown.map((line) => line.slice(line.indexOf("]")));
    assert.deepEqual(texts, [...new Set(texts)], person);
  }
}

const DELIVERED = /^✓ \S+@UnB: entregue via (\S+) \(2 saltos\) em [\d.,]+ (?:ms|s)$/m;

/** A message through a relay, watched by who sends it; returns the relay. */
async function unicast(ana: PipedProgram, bruno: PipedProgram, text: string): Promise<string> {
  await ana.say("/watch on");
  await ana.waitFor(
    "Cada mensagem entre peers, de ligações e do registro de ligações é mostrada ao passar.",
  );
  const from = ana.output.length;
  await ana.say(`/msg @Bruno ${text}`);
  const [, next] = await ana.waitFor(/^Bruno@UnB é alcançado agora via (\S+) \(2 saltos\)\.$/m);
  const [, relay] = await ana.waitFor(DELIVERED);
  assert.ok(RELAYS.includes(relay!), relay);
  assert.equal(relay, next);
  await bruno.waitFor(`[para você, via ${relay}] Ana@UnB: ${text}\n`);
  await ana.say("/watch off");
  await ana.waitFor(
    "As mensagens entre peers, de ligações e do registro de ligações não são mais mostradas ao passar.",
  );
  const watched = ana.output.slice(from);
  for (
    const [arrow, peer, type] of [
      ["→", "\\S+", "WHO_HAS"],
      ["←", relay, "WHO_HAS_HIT"],
      ["→", relay, "SEND"],
      ["←", relay, "RELAY_OK"],
      ["←", relay, "ACK"],
    ]
  ) {
    const line = new RegExp(`^\\d\\d:\\d\\d:\\d\\d ${arrow} ${peer}  \\{"type":"${type}"`, "m");
    assert.match(watched, line);
  }
  return relay!;
}

/** A message to a namespace, which two show and two only pass on, and one to all. */
async function everyone({ Ana, Bruno, ...others }: Record<Person, PipedProgram>): Promise<void> {
  await Ana.say("/msg #UnB oi, UnB");
  await Ana.waitFor("✓ #UnB: publicada para 3 vizinhos\n");
  await Ana.say("/msg * oi, todos");
  await Ana.waitFor("✓ *: publicada para 3 vizinhos\n");
  for (const [person, program] of Object.entries({ Bruno, ...others })) {
    await program.waitFor(/\[\*(?:, via \S+)?\] Ana@UnB: oi, todos\n/);
    const marked = program.output.match(/\[#UnB(?:, via \S+)?\] Ana@UnB: oi, UnB\n/g) ?? [];
    assert.equal(marked.length, PEOPLE[person as Person] === "UnB" ? 1 : 0, person);
  }
}

/** `/quit`: the neighbours hear BYE and the server UNREGISTER. */
async function goodbye(stage: Stage, ana: PipedProgram, neighbour: PipedProgram): Promise<void> {
  await neighbour.say("/watch on");
  await neighbour.waitFor(
    "Cada mensagem entre peers, de ligações e do registro de ligações é mostrada ao passar.",
  );
  await ana.say("/quit");
  const { code, output } = await ana.ended();
  assert.equal(code, 0);
  assert.match(output, /Até logo!\n$/);
  await neighbour.waitFor(/ ← Ana@UnB {2}\{"type":"BYE"/);
  await neighbour.waitFor(/ → Ana@UnB {2}\{"type":"BYE_OK"/);
  await stage.server.waitFor('"type":"UNREGISTER","namespace":"UnB","name":"Ana"');
}

/**
 * Ana and Bruno reach each other through relays alone. At each step of a message a relay is killed,
 * the one that just carries it: the message arrives by another, once, and its fate is told.
 *
 * @module
 */
import assert from "node:assert/strict";
import { connectedTo } from "../../processes/overlay_programs.ts";
import type { HoldPoint } from "../../processes/wire_tap.ts";
import { KillablePeers } from "./killable_peers.ts";

/** A step of a message from Ana to Bruno, as the tap in front of the relay sees it. */
interface Step extends HoldPoint {
  readonly what: string;
  /** To whom. */
  readonly to: "@Bruno" | "*";
}

/** `forth` is from Ana or Bruno to the relay, `back` from the relay to one of them. */
const STEPS: readonly Step[] = [
  // The first message has no route yet: it looks for one.
  step("asked for a way and not answered", "back", /"WHO_HAS_HIT"/),
  step("not yet handed to the relay", "forth", /"SEND".*"src":"Ana@UnB".*"ttl":8/),
  step("handed to the relay and not passed on", "back", /"SEND".*"dst":"Bruno@UnB".*"ttl":7/),
  step("shown, its ACK not yet at the relay", "forth", /"ACK".*"from":"Bruno@UnB".*"ttl":8/),
  step("shown, neither RELAY_OK nor ACK at Ana", "back", /"RELAY_OK".*"dst":"Bruno@UnB"/),
  step("shown, RELAY_OK at Ana and no ACK", "back", /"RELAY_OK".*"dst":"Bruno@UnB"/, "all"),
  step(
    "published and not yet at the relay",
    "forth",
    /"PUB".*"src":"Ana@UnB".*"ttl":8/,
    "nothing",
    "*",
  ),
];

function step(
  what: string,
  direction: HoldPoint["direction"],
  line: RegExp,
  after: HoldPoint["after"] = "nothing",
  to: Step["to"] = "@Bruno",
): Step {
  return { what, direction, line, after, to };
}

Deno.test("a relay is killed at each step of a message: it arrives by another, once", async () => {
  await using peers = await KillablePeers.open();
  const names = Array.from({ length: STEPS.length + 1 }, (_, index) => `R${index}`);
  await Promise.all(names.map((name) => peers.reachable(name)));
  const [ana, bruno] = await Promise.all([peers.outbound("Ana"), peers.outbound("Bruno")]);
  const relays = [...peers.peers.keys()];
  await Promise.all([ana, bruno].map((program) => connectedTo(program, relays)));

  for (const step of STEPS) {
    const text = `isto: ${step.what}`;
    const killed = await peers.killAt(step, () => ana.say(`/msg ${step.to} ${text}`));
    if (step.to === "*") {
      await ana.waitFor(/^✓ \*: publicada para \d vizinhos$/m);
      await bruno.waitFor(new RegExp(`\\[\\*, via (\\S+)\\] Ana@UnB: ${text}\n`));
      continue;
    }
    const [, by] = await ana.waitFor(/^✓ Bruno@UnB: entregue via (\S+) \(2 saltos\) em /m);
    assert.notEqual(by, killed.id, step.what);
    const lost = ana.output.includes(`O caminho até Bruno@UnB via ${killed.id} se perdeu.`);
    assert.equal(lost, step !== STEPS[0], `${step.what}\n${ana.output}`);
  }

  // The last relay: nobody else is left, and it is started again before the message is given up.
  const text = "isto: sem outro caminho";
  const last = await peers.killAt(STEPS[1]!, () => ana.say(`/msg @Bruno ${text}`));
  await ana.waitFor(`A conexão com ${last.id} acabou (terminou sem despedida), e era a última.`);
  await peers.again(last);
  await ana.waitFor(`✓ Bruno@UnB: entregue via ${last.id} (2 saltos)`);
  await bruno.waitFor(`: ${text}\n`);

  // Killed while it is sent away: the person sees what they asked for.
  await peers.killAt(
    { direction: "forth", line: /"BYE".*"src":"Ana@UnB"/, after: "nothing" },
    () => ana.say(`/disconnect ${last.id}`),
  );
  await ana.waitFor(`Desconectado de ${last.id}.`);

  for (const { what } of [...STEPS, { what: "sem outro caminho" }]) {
    const shown = bruno.output.split(`: isto: ${what}\n`).length - 1;
    assert.equal(shown, 1, `${what}: shown ${shown} times\n${bruno.output}`);
  }
  for (const { errors, name } of [ana, bruno]) assert.equal(errors, "", name);
  assert.doesNotMatch(ana.output, /Não entregue/);
});

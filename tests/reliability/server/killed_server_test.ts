/**
 * A server is killed while each of twelve people is at another step with it, then started again. What
 * each sees, that all are back by themselves, once, and that who had left stays gone.
 *
 * @module
 */
import assert from "node:assert/strict";
import { LineClient } from "../../runtime/line_client.ts";
import { eventually } from "../../runtime/stores/eventually.ts";
import {
  ASKED,
  CALLED,
  CALLER,
  HELD_PEOPLE,
  type HeldPerson,
  LEAVING,
  SETTLED,
  UNHEARD,
} from "./held_people.ts";
import { KillableServer, type Person, shows, type Store } from "./killable_server.ts";

const STAYING = [...HELD_PEOPLE, CALLED, CALLER];
const EVERYONE = [...STAYING, LEAVING, UNHEARD];

for (const store of ["memory", "data", "redis"] as const satisfies readonly Store[]) {
  Deno.test(`a server (${store}) is killed at each step that people are at with it`, async () => {
    await using server = await KillableServer.start(store);
    const people = new Map<HeldPerson, Person>();
    for (const held of EVERYONE) {
      people.set(held, held.start ? server.person(null, ...held.start) : server.person(held.name));
    }
    for (const [{ start }, { program }] of people) await shows(program, start ? ASKED : SETTLED);
    // From here on nobody is waited for but those who are held: their patience with a server ends.
    for (const [{ name, start }, { program }] of people) {
      if (start !== undefined) await program.say(name);
    }
    for (const [held, { program, taps }] of people) {
      for (const line of held.held ?? []) server.hold(taps, line);
      if (held.types !== undefined) await program.say(held.types);
    }
    const caller = people.get(CALLER)!.program;
    await shows(caller, [/^Conectado a Eva/m]);
    await caller.say("alô, Eva");

    await server.killAtTheHolds();
    for (const [{ away }, { program }] of people) await shows(program, away);
    for (const leaving of [LEAVING, UNHEARD]) {
      const { code, errors } = await people.get(leaving)!.program.ended();
      assert.deepEqual({ code, errors }, { code: 0, errors: "" }, leaving.name);
    }
    await caller.say("ainda aí?");
    await shows(people.get(CALLED)!.program, [/\?Fabi \(não confirmado\): ainda aí\?$/m]);

    await server.restart();
    for (const [{ back }, { program }] of people) await shows(program, back);
    await everyoneIsBack(server, store === "memory" ? [] : [UNHEARD.name]);
    for (const { program } of people.values()) {
      assert.equal(program.errors, "", program.name);
      const said = program.output.trimEnd().split("\n");
      assert.deepEqual(said, [...new Set(said)], `said twice: ${program.output}`);
    }
  });
}

/** Each of those who stayed is in each table once, with nobody else but whom a store kept. */
async function everyoneIsBack(
  { ports: { chatPort, registryPort } }: KillableServer,
  kept: readonly string[],
): Promise<void> {
  const names = STAYING.map(({ name }) => name).sort();
  using chat = await LineClient.connect(chatPort);
  await chat.send("USER Olho:20000\r\n");
  const list = async () => {
    await chat.send("KEEP\r\nLIST\r\n");
    return (await chat.readLine())?.slice("LIST ".length).split(":").sort();
  };
  await eventually(async () => String(await list()) === String(names), `${names} in the chat`);

  using registry = await LineClient.connect(registryPort);
  await registry.send('{"type":"DISCOVER"}\n');
  const { peers } = JSON.parse(await registry.readLine() ?? "{}");
  const listed = peers.map(({ name }: { name: string }) => name).sort();
  assert.deepEqual(listed, [...names, ...kept].sort());

  using calls = await LineClient.connect(registryPort);
  for (const { name } of EVERYONE) {
    await calls.send(`{"type":"consulta","nome":"${name}"}\n`);
    const kind = names.includes(name) ? "consulta_ok" : "consulta_erro";
    assert.equal(JSON.parse(await calls.readLine() ?? "{}").type, kind, name);
  }
}

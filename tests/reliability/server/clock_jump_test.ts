/**
 * The wall clock of a machine is set by a day, forward and back, while the programs on it run.
 *
 * @module
 */
import assert from "node:assert/strict";
import { registered } from "../../processes/overlay_programs.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { peerArgs, startPiped, startServer } from "../../processes/programs.ts";
import { LineClient } from "../../runtime/line_client.ts";
import { eventually } from "../../runtime/stores/eventually.ts";
import { RedisProcess } from "../../runtime/stores/redis_process.ts";
import { TemporaryFolder } from "../../runtime/stores/temporary_folder.ts";
import { ShiftedClock } from "./shifted_clock.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** More than a day, for the times on the screen to differ. */
const JUMP = DAY + 3 * HOUR;
/** Seconds of a lease. */
const TTL = 600;

interface Listed {
  readonly name: string;
  readonly expires_in: number;
}

async function ask(port: number, request: unknown) {
  using client = await LineClient.connect(port);
  await client.send(JSON.stringify(request) + "\n");
  return JSON.parse(await client.readLine() ?? "{}");
}

async function enter(port: number, name: string): Promise<void> {
  const request = { type: "REGISTER", namespace: "g", name, port: 7000, ttl: TTL };
  assert.equal((await ask(port, request)).status, "OK", name);
}

/** Who is listed, and that nobody has more time than was given. */
async function listed(port: number): Promise<string[]> {
  const { peers } = await ask(port, { type: "DISCOVER", namespace: "g" }) as { peers: Listed[] };
  for (const { name, expires_in } of peers) {
    assert.ok(expires_in > TTL - 60 && expires_in <= TTL, `${name}: ${expires_in} s`);
  }
  return peers.map(({ name }) => name);
}

Deno.test("a server whose clock jumps: while it runs nothing changes, and no lease grows", async () => {
  using folder = new TemporaryFolder();
  using clock = ShiftedClock.open();
  const { environment } = clock;
  const permissions = [
    "--allow-net",
    `--allow-read=${folder.path}`,
    `--allow-write=${folder.path}`,
  ];
  const start = () =>
    startServer(["--data", folder.path, "--log-file", folder.file("log")], {
      permissions,
      environment,
    });
  {
    await using server = await start();
    using ana = await LineClient.connect(server.chatPort);
    await ana.send("USER Ana:20000\r\nLIST\r\n");
    assert.equal(await ana.readLine(), "LIST ");
    await enter(server.registryPort, "before");
    for (const [shift, name] of [[DAY, "tomorrow"], [-DAY, "yesterday"], [0, "today"]] as const) {
      clock.set(shift);
      await ana.send("KEEP\r\nADDR Ana\r\n");
      assert.equal(await ana.readLine(), "ADDR 127.0.0.1:20000", name);
      await enter(server.registryPort, name);
      assert.ok((await listed(server.registryPort)).includes("before"), name);
    }
    server.program.kill("SIGKILL");
    await server.program.ended();
  }
  // Started again on a clock that goes right: what yesterday's clock wrote has run out by it.
  {
    await using server = await start();
    assert.deepEqual(await listed(server.registryPort), ["before", "tomorrow", "today"]);
    server.program.kill("SIGKILL");
    await server.program.ended();
  }
  {
    clock.set(DAY);
    await using server = await start();
    assert.deepEqual(await listed(server.registryPort), ["tomorrow"]);
  }
  const days = Deno.readTextFileSync(folder.file("log")).trimEnd().split("\n")
    .map((line) => JSON.parse(line).time.slice(0, "2026-11-21".length));
  assert.ok(new Set(days).size >= 3, `the log has the time of the clock: ${[...new Set(days)]}`);
});

Deno.test("a peer whose clock jumps in the middle of a chat goes on as if nothing had been", async () => {
  using clock = ShiftedClock.open();
  const { environment } = clock;
  await using server = await startServer(["--quiet"]);
  const start = async (name: string, options = {}) => {
    const program = startPiped("peer", peerArgs(server, name), options);
    await registered(program, `${name}@geral`);
    return program;
  };
  await using ana = await start("Ana", { environment });
  await using bruno = await start("Bruno");
  await ana.say("/chat Bruno");
  await ana.waitFor("Conectado a Bruno (confirmado)");
  await bruno.waitFor("Conectado a Ana (confirmado)");
  await ana.say("/connect Bruno");
  for (const shift of [JUMP, -JUMP, 0]) {
    clock.set(shift);
    await says(ana, bruno, `o relógio está em ${shift / HOUR}`);
    await says(bruno, ana, `aqui está tudo bem, ${shift / HOUR}`);
    await ana.say(`/msg @Bruno ${shift / HOUR} pelo overlay`);
    const [, time] = await ana.waitFor(
      /^✓ Bruno@geral: entregue diretamente em ([\d.,]+ (?:ms|s))$/m,
    );
    assert.doesNotMatch(time!, /-|\d{5}/);
    await bruno.waitFor(`Ana@geral: ${shift / HOUR} pelo overlay\n`);
  }
  const hours = ana.output.match(/^\d\d(?=:\d\d:\d\d Bruno: )/gm);
  assert.equal(new Set(hours).size, 3, "what arrives has the time of the clock");
  for (const { output, errors } of [ana, bruno]) {
    assert.doesNotMatch(output, /caiu|acabou|não responde/);
    assert.equal(errors, "");
  }
});

async function says(from: PipedProgram, to: PipedProgram, text: string): Promise<void> {
  await from.say(text);
  await to.waitFor(`: ${text}\n`);
}

// Redis does not start under libfaketime, so what a jump of its clock does to leases is done to them.
Deno.test("a Redis whose clock jumps: who lost the name is cut, and has it again at once", async () => {
  await using redis = await RedisProcess.start();
  await using server = await startServer(["--quiet", "--store", redis.url]);
  const enters = async () => {
    const client = await LineClient.connect(server.chatPort);
    await client.send("USER Ana:20000\r\nLIST\r\n");
    assert.equal(await client.readLine(), "LIST ");
    return client;
  };
  const row = `prosa:1:row:${JSON.stringify(["chat", "", "Ana"])}`;
  {
    using ana = await enters();
    await enter(server.registryPort, "before");
    // A day forward: all leases have ended.
    assert.equal(await redis.command("FLUSHALL"), "+OK\r\n");
    await ana.send("KEEP\r\n");
    await ana.closed();
  }
  using ana = await enters();
  await enter(server.registryPort, "after");
  assert.ok((await listed(server.registryPort)).includes("after"));
  // A day back: leases end a day later, until they are renewed.
  assert.equal(await redis.command("PEXPIRE", row, String(DAY)), ":1\r\n");
  await ana.send("KEEP\r\nADDR Ana\r\n");
  assert.equal(await ana.readLine(), "ADDR 127.0.0.1:20000");
  const left = async () => Number(/^:(\d+)/.exec(await redis.command("PTTL", row))?.[1]);
  await eventually(async () => await left() <= 15_000, "the lease is 15 s again");
});

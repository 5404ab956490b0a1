/**
 * The services around the overlay: a rendezvous by somebody else, one that is not there, one that
 * restarts; and the log.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { registered, startOverlayPeer } from "./overlay_programs.ts";
import { ThirdPartyRendezvous } from "./overlay_rendezvous.ts";
import { ScriptedNeighbour } from "./overlay_neighbour.ts";
import type { PipedProgram } from "./piped_program.ts";
import { peerArgs, startPeer, startPiped, startServer } from "./programs.ts";

/** Nobody listens there: it takes an administrator, and is of no use to one. */
const DEAD_PORT = 1;

Deno.test("a rendezvous by somebody else, and no chat server: said once, the overlay works", async () => {
  await using rendezvous = await ThirdPartyRendezvous.listen();
  const ports = { chatPort: DEAD_PORT, registryPort: rendezvous.port };
  await using ana = startPiped("peer", peerArgs(ports, "Ana", "--namespace", "UnB"));
  await ana.waitFor("Não foi possível chegar ao servidor 127.0.0.1:1.");
  await registered(ana, "Ana@UnB");
  await using bruno = startPiped("peer", peerArgs(ports, "Bruno", "--namespace", "UnB"));
  await registered(bruno, "Bruno@UnB");
  await bruno.waitFor("Você está na rede de peers, conectado a Ana@UnB.");
  await bruno.say("/msg @Ana olá");
  await ana.waitFor("[para você] Bruno@UnB: olá\n");
  await bruno.waitFor(/^✓ Ana@UnB: entregue diretamente em /m);
  await ana.say("/msg * oi, todos");
  await bruno.waitFor("[*] Ana@UnB: oi, todos\n");
  await ana.say("/quit");
  assert.equal((await ana.ended()).code, 0);
  assert.deepEqual([...rendezvous.names], ["Bruno@UnB"]);
  for (const { output, errors } of [ana, bruno]) {
    assert.equal(errors, "");
    assert.equal(output.match(/Não foi possível chegar ao servidor/g)?.length, 1);
    assert.doesNotMatch(output, /rendezvous/);
  }
});

Deno.test("a chat server, and no rendezvous: said once, chat works, and neighbours can come", async () => {
  await using server = await startServer();
  const ports = { ...server, registryPort: DEAD_PORT };
  await using ana = await startPeer(ports, "Ana");
  await using bruno = await startPeer(ports, "Bruno");
  for (const peer of [ana, bruno]) {
    await peer.waitFor(/O rendezvous 127\.0\.0\.1:1 não responde \(ninguém escuta lá\)/);
  }
  await bruno.say("/chat Ana");
  await ana.waitFor("Conectado a Bruno");
  await bruno.say("olá, Ana");
  await ana.waitFor("Bruno: olá, Ana\n");
  await ana.say("/peers *");
  await ana.waitFor("Não foi possível perguntar ao rendezvous");
  await using zeca = await ScriptedNeighbour.join(ana.port, "Zeca@geral");
  zeca.say({ type: "PUB", msg_id: "p", src: "Zeca@geral", dst: "*", payload: "oi", ttl: 1 });
  await ana.waitFor("[*] Zeca@geral: oi\n");
  for (const { output } of [ana, bruno]) {
    assert.equal(output.match(/O rendezvous .* não responde/g)?.length, 1);
  }
});

Deno.test("a server that restarts knows everyone again at once", async () => {
  await using first = await startServer();
  const { chatPort, registryPort } = first;
  await using ana = await startOverlayPeer(first, "Ana", "UnB");
  await using bruno = await startOverlayPeer(first, "Bruno", "UnB");
  await bruno.waitFor("Você está na rede de peers, conectado a Ana@UnB.");
  first.program.kill("SIGKILL");
  await Promise.all([ana, bruno].map((peer) => peer.waitFor("O servidor caiu.")));
  await ana.say("/msg @Bruno ainda aí?");
  await bruno.waitFor("[para você] Ana@UnB: ainda aí?\n");
  await first.program.ended();
  await using second = await startServer([], { chatPort, registryPort });
  await second.program.waitFor(/^Rendezvous, 2 usuários ativos:$/m);
  await Promise.all([ana, bruno].map((peer) => peer.waitFor("O servidor voltou")));
  await using camila = await startOverlayPeer(second, "Camila", "UnB");
  await camila.say("/connect Ana");
  await camila.waitFor("Conectado a Ana@UnB.");
  for (const { output } of [ana, bruno]) {
    assert.equal(output.match(/Você está registrado como/g)?.length, 1);
  }
});

Deno.test("a log tells connections, messages and errors, a JSON object a line", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "ana.log");
  {
    await using server = await startServer(["--quiet"]);
    const permissions = ["--allow-net", `--allow-write=${folder}`];
    const args = peerArgs(server, "Ana", "--namespace", "UnB", "--log-file", file);
    await using ana = startPiped("peer", args, { permissions });
    const port = await listening(ana);
    await registered(ana, "Ana@UnB");
    await using zeca = await ScriptedNeighbour.join(port, "Zeca@UnB", ["ack"]);
    zeca.raw(
      '{"type":"SEND","msg_id":"s","src":"Zeca@UnB","dst":"Ana@UnB","payload":"\\n\\"oi"}\n',
    );
    zeca.raw('não é JSON\n{"type":"ERROR","code":"cansado","ref":"","detail":"\\u001b[2J"}\n');
    await zeca.next("ERROR");
    await ana.say("/msg @Zeca até");
    const { msg_id } = await zeca.next("SEND");
    zeca.say({ type: "ACK", msg_id, from: "Zeca@UnB", ttl: 1 });
    await ana.waitFor("✓ Zeca@UnB");
    await ana.say("/connect Ninguem");
    await ana.waitFor("O endereço de Ninguem@UnB não é conhecido");
    zeca.socket.end();
    await ana.waitFor("A conexão com Zeca@UnB acabou");
    await ana.say("/quit");
    assert.equal((await ana.ended()).code, 0);
  }
  const text = await Deno.readTextFile(file);
  await Deno.remove(folder, { recursive: true });
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f]/);
  const records = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const reports = records.filter(({ report }) => report !== undefined)
    .map(({ event, report }) => ({ ...JSON.parse(report), kind: event }));
  const has = (kind: string, fields: Record<string, unknown>) => {
    const found = reports.some((report) =>
      report.kind === kind &&
      Object.entries(fields).every(([name, value]) => report[name] === value)
    );
    assert.ok(found, `no ${kind} ${JSON.stringify(fields)} in\n${text}`);
  };
  has("registered", {});
  has("neighbour_up", { peer: "Zeca@UnB", outbound: false });
  has("message", { from: "Zeca@UnB", to: "Ana@UnB", text: '\n"oi' });
  has("remote_error", { peer: "Zeca@UnB", code: "cansado" });
  has("fate", { to: "Zeca@UnB" });
  has("connect_failed", { peer: "Ninguem@UnB", fault: "unknown_peer" });
  has("neighbour_down", { peer: "Zeca@UnB", reason: "end_of_file" });
  for (const { time, event } of records) {
    assert.equal(new Date(time).toISOString(), time);
    assert.match(event, /^[a-z_]+$/);
  }
  const wire = records.filter(({ event }) => event === "in" || event === "out");
  assert.ok(wire.some(({ event, text }) => event === "in" && text === "não é JSON"));
  assert.ok(wire.some(({ event, text }) => event === "out" && /"code":"bad_format"/.test(text)));
});

/** The port that the welcome names. */
async function listening(peer: PipedProgram): Promise<number> {
  const [, port] = await peer.waitFor(/Os outros chegam até você pela porta (\d+)\./);
  return Number(port);
}

import assert from "node:assert/strict";
import type { LinkId } from "../../lib/base/link.ts";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { CallDesk } from "../../lib/directory/call_desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../lib/directory/registry_desk.ts";
import { RendezvousService } from "../../lib/directory/rendezvous_service.ts";
import type { DirectoryStore } from "../../lib/directory/store.ts";
import { DeskProbe, onLinks, refusals, sentTo } from "./desk_probe.ts";
import { LateStore } from "./late_store.ts";

/** A registry with calls and the rendezvous, as the server has it. */
function registry(store: DirectoryStore = new MemoryStore(), server = "s1") {
  const calls = new CallDesk(store, server);
  const probe = new DeskProbe(new RegistryDesk([new RendezvousService(store), calls]));
  /** The one reply to a request, as an object. */
  const ask = async (link: LinkId, request: object) => {
    const [line] = sentTo(link, await probe.line(link, JSON.stringify(request)));
    return JSON.parse(line!);
  };
  const register = (link: LinkId, nome: string, more: object = { porta: 6000 }) =>
    ask(link, { type: "registro", nome, ...more });
  const users = async () => await calls.users(probe.now);
  return { probe, calls, ask, register, users };
}

Deno.test("call desk: the seed's table: João and Maria register, ask and leave", async () => {
  const { probe, ask, register, users } = registry();
  const joao = await probe.connect("192.168.0.101");
  const maria = await probe.connect("192.168.0.121");
  const first = await probe.line(
    joao,
    '{"type":"registro","nome":"João","ip":"192.168.0.101","porta":6000}',
  );
  assert.deepEqual(first, [
    {
      kind: "send",
      link: joao,
      line: '{"type":"registro_ok","nome":"João","ip":"192.168.0.101","porta":6000}',
    },
    { kind: "user_added", service: "call", name: "João" },
  ]);
  assert.equal((await register(maria, "Maria", { porta: 6050 })).type, "registro_ok");
  assert.deepEqual(await users(), [
    { name: "João", ip: "192.168.0.101", port: 6000 },
    { name: "Maria", ip: "192.168.0.121", port: 6050 },
  ]);
  assert.equal(probe.desk.nameOf(maria), "Maria");
  assert.deepEqual(await ask(joao, { type: "consulta", nome: "Maria" }), {
    type: "consulta_ok",
    nome: "Maria",
    ip: "192.168.0.121",
    porta: 6050,
  });
  assert.deepEqual(await ask(joao, { type: "consulta", nome: "Rui" }), {
    type: "consulta_erro",
    nome: "Rui",
    erro: "nao_registrado",
  });
  assert.deepEqual(await probe.line(joao, '{"type":"encerramento","nome":"João"}'), [
    { kind: "send", link: joao, line: '{"type":"encerramento_ok","nome":"João"}' },
    { kind: "close", link: joao },
    { kind: "user_removed", service: "call", name: "João" },
  ]);
  assert.deepEqual(await users(), [{ name: "Maria", ip: "192.168.0.121", port: 6050 }]);
});

Deno.test("call desk: a name is one connection's, also for the same address", async () => {
  const { probe, register, users } = registry();
  const first = await probe.connect("127.0.0.1");
  const second = await probe.connect("127.0.0.1");
  await register(first, "João");
  assert.deepEqual(await register(second, "Joa\u0303o"), {
    type: "registro_erro",
    nome: "João",
    erro: "nome_em_uso",
  });
  assert.equal((await register(second, "Maria")).type, "registro_ok", "another name on the same");
  assert.equal((await users()).length, 2);
});

Deno.test("call desk: every error of the page, and the connection stays open", async () => {
  const { probe, ask, register } = registry();
  const link = await probe.connect();
  const errors = [
    [{ type: "registro", nome: "", porta: 6000 }, "registro_erro", "nome_invalido"],
    [{ type: "registro", nome: "Ana", porta: 0 }, "registro_erro", "porta_invalida"],
    [{ type: "registro", nome: "Ana", porta: 1, ip: "x" }, "registro_erro", "ip_invalido"],
    [{ type: "consulta", nome: 7 }, "consulta_erro", "nome_invalido"],
    [{ type: "consulta", nome: "Ana" }, "consulta_erro", "nao_registrado"],
    [{ type: "encerramento", nome: "Ana" }, "encerramento_erro", "nao_autorizado"],
  ] as const;
  for (const [request, type, erro] of errors) {
    const reply = await ask(link, request);
    assert.deepEqual([reply.type, reply.erro], [type, erro]);
  }
  assert.equal((await register(link, "Ana")).type, "registro_ok");
  assert.equal((await register(link, "Ana")).erro, "ja_registrado");
  assert.equal((await register(link, "Bia")).erro, "ja_registrado");
  const other = await probe.connect();
  await register(other, "Bia");
  assert.equal((await ask(link, { type: "encerramento", nome: "Bia" })).erro, "nao_autorizado");
  assert.equal((await ask(link, { type: "consulta", nome: "Bia" })).type, "consulta_ok");
});

/** What is claimed, what the server sees, and what is entered. */
const CLAIMS: readonly (readonly [claimed: string | undefined, seen: string, entered: string])[] = [
  [undefined, "203.0.113.7", "203.0.113.7"],
  ["203.0.113.7", "203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7"],
  ["192.168.0.101", "127.0.0.1", "192.168.0.101"],
  ["10.0.0.5", "192.168.0.101", "10.0.0.5"],
  ["198.51.100.1", "203.0.113.7", "203.0.113.7"],
  ["198.51.100.1", "192.168.0.101", "192.168.0.101"],
  ["192.168.0.101", "203.0.113.7", "203.0.113.7"],
  ["0.0.0.0", "127.0.0.1", "127.0.0.1"],
  ["fd00::7", "fd00::9", "fd00::7"],
];

for (const [claimed, seen, entered] of CLAIMS) {
  Deno.test(`call desk: ${claimed} from ${seen} is entered as ${entered}`, async () => {
    const { probe, register } = registry();
    const link = await probe.connect(seen);
    const reply = await register(link, "Ana", { ip: claimed, porta: 6000 });
    assert.deepEqual(reply, { type: "registro_ok", nome: "Ana", ip: entered, porta: 6000 });
  });
}

Deno.test("call desk: a stranger's address is not entered, and that is counted; a private one is not", async () => {
  const { probe } = registry();
  for (
    const [ip, codes] of [["198.51.100.1", ["foreign_address"]], ["192.168.0.101", []]] as const
  ) {
    const link = await probe.connect("203.0.113.7");
    const request = { type: "registro", nome: `at ${ip}`, ip, porta: 6000 };
    assert.deepEqual(refusals(await probe.line(link, JSON.stringify(request))), codes);
  }
});

Deno.test("call desk: a connection that drops takes its entry along", async () => {
  const { probe, register, users } = registry();
  const link = await probe.connect();
  await register(link, "Ana");
  assert.deepEqual(await probe.input({ kind: "closed", link, reason: "reset" }), [
    { kind: "user_removed", service: "call", name: "Ana" },
  ]);
  assert.deepEqual(await users(), []);
  assert.equal((await register(await probe.connect(), "Ana")).type, "registro_ok");
});

Deno.test("call desk: an open connection keeps its entry for a day", async () => {
  const { probe, register, users } = registry();
  await register(await probe.connect(), "Ana");
  for (let i = 0; i < 24 * 60 * 6; i++) {
    assert.deepEqual(await probe.pass(10 * SECOND), []);
  }
  assert.equal((await users()).length, 1);
});

Deno.test("call desk: what a server that died had entered ends by itself", async () => {
  const store = new MemoryStore();
  const [dead, other] = [registry(store, "s1"), registry(store, "s2")];
  await dead.register(await dead.probe.connect("192.168.0.101"), "Ana");
  const link = await other.probe.connect("192.168.0.102");
  assert.equal((await other.register(link, "Ana")).erro, "nome_em_uso");
  other.probe.now += MINUTE;
  assert.equal((await other.register(link, "Ana")).type, "registro_ok");
});

Deno.test("call desk: what a server that died had entered is its owner's, and nobody else's", async () => {
  const store = new MemoryStore();
  const [dead, other] = [registry(store, "s1"), registry(store, "s2")];
  await dead.register(await dead.probe.connect("192.168.0.101"), "Ana");
  const link = await other.probe.connect("192.168.0.101");
  assert.equal((await other.register(link, "Ana", { porta: 6001 })).erro, "nome_em_uso");
  const stranger = await other.probe.connect("192.168.0.102");
  const claimed = { ip: "192.168.0.101", porta: 6000 };
  assert.equal((await other.register(stranger, "Ana", claimed)).erro, "nome_em_uso");
  assert.equal((await other.register(link, "Ana")).type, "registro_ok");
  const again = await other.probe.connect("192.168.0.101");
  assert.equal((await other.register(again, "Ana")).erro, "nome_em_uso");
  // Where that server was alive after all, it finds out when it renews.
  assert.deepEqual(refusals(await dead.probe.pass(20 * SECOND)), ["lease_lost"]);
});

Deno.test("call desk: a name that the store has lost closes its connection", async () => {
  const store = new MemoryStore();
  const { probe, register } = registry(store);
  const link = await probe.connect();
  await register(link, "Ana");
  probe.now += 2 * MINUTE;
  store.expire(probe.now);
  const effects = await probe.pass(0);
  assert.deepEqual(onLinks(effects), [{ kind: "close", link }]);
  assert.deepEqual(refusals(effects), ["lease_lost"]);
});

Deno.test("call desk: a connection without a name has five minutes since its last request", async () => {
  const { probe, ask } = registry();
  const link = await probe.connect();
  await ask(link, { type: "consulta", nome: "Ana" });
  assert.deepEqual(await probe.pass(4 * MINUTE), []);
  await ask(link, { type: "consulta", nome: "Ana" });
  assert.deepEqual(await probe.pass(4 * MINUTE), []);
  assert.deepEqual(await probe.pass(MINUTE), [
    { kind: "refused", link, code: "no_name_in_time" },
    { kind: "close", link },
  ]);
});

Deno.test("call desk: a full directory says so", async () => {
  const { probe, register } = registry(new MemoryStore({ records: 1, recordsPerOwner: 1 }));
  await register(await probe.connect(), "Ana");
  assert.equal((await register(await probe.connect(), "Bia")).erro, "servidor_cheio");
});

Deno.test("call desk: a connection that ends while it registers leaves nothing behind", async () => {
  const store = new LateStore(new MemoryStore());
  const { probe, users } = registry(store);
  const link = await probe.connect();
  store.hold();
  const registering = probe.line(link, '{"type":"registro","nome":"Ana","porta":6000}');
  await probe.input({ kind: "closed", link, reason: "reset" });
  store.answer();
  assert.deepEqual(await registering, []);
  assert.deepEqual(await users(), []);
});

Deno.test("call desk: leases are renewed also where the store answers later", async () => {
  const store = new LateStore(new MemoryStore());
  const { probe, register, users } = registry(store);
  await register(await probe.connect(), "Ana");
  await register(await probe.connect(), "Bia");
  for (let i = 0; i < 20; i++) assert.deepEqual(await probe.pass(15 * SECOND), []);
  assert.equal((await users()).length, 2);
});

Deno.test("call desk: the rendezvous beside it is one-shot as ever", async () => {
  const { probe, register } = registry();
  const caller = await probe.connect();
  await register(caller, "Ana");
  const link = await probe.connect();
  const effects = await probe.line(link, '{"type":"DISCOVER"}');
  assert.deepEqual(onLinks(effects).map(({ kind }) => kind), ["send", "close"]);
  assert.deepEqual(sentTo(link, effects), ['{"status":"OK","peers":[]}']);
});

Deno.test("call desk: who fell silent elsewhere does not hold the name, at that address alone", async () => {
  for (const store of [new MemoryStore(), new LateStore(new MemoryStore())]) {
    const { probe, register, users } = registry(store);
    const ana = await probe.connect("192.0.2.1");
    await register(ana, "Ana");
    const gone = (name: string, ip: string) => probe.input({ kind: "vanished", name, ip });
    assert.deepEqual(await gone("Ana", "192.0.2.2"), []);
    assert.deepEqual(await gone("Bia", "192.0.2.1"), []);
    assert.deepEqual(await gone("Ana", "192.0.2.1"), [
      { kind: "refused", link: ana, code: "vanished" },
      { kind: "abort", link: ana },
      { kind: "user_removed", service: "call", name: "Ana" },
    ]);
    assert.deepEqual(await gone("Ana", "192.0.2.1"), [], "once");
    const again = await probe.connect("192.0.2.9");
    assert.equal((await register(again, "Ana")).type, "registro_ok");
    assert.deepEqual(await users(), [{ name: "Ana", ip: "192.0.2.9", port: 6000 }]);
  }
});

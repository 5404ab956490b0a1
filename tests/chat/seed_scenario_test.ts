import { strict as assert } from "node:assert";
import { Network } from "./network.ts";

const bruno = { label: "Bruno", name: "Bruno", verified: true };
const camila = { label: "Camila", name: "Camila", verified: true };

/** `protocols/chat.md`, "The seed's own scenario". */
Deno.test("the scenario of the seed, as written", () => {
  const network = new Network();
  const server = network.startServer();
  const a = network.join("Ana", { port: 20000 });
  assert.deepEqual(a.take(), [{ kind: "registered", name: "Ana", again: false, names: [] }]);
  assert.deepEqual(network.between("Ana", "server"), [
    "Ana > server: USER Ana:20000",
    "Ana > server: LIST",
    "server > Ana: LIST ",
  ]);

  const b = network.join("Bruno", { port: 21500 });
  b.take();
  b.does({ kind: "list" });
  assert.deepEqual(b.take(), [{ kind: "users", names: ["Ana"] }]);
  const c = network.join("Camila", { port: 45000 });
  c.take();
  c.does({ kind: "list" });
  assert.deepEqual(c.take(), [{ kind: "users", names: ["Ana", "Bruno"] }]);
  assert.deepEqual(server.take().map((report) => report.kind), [
    "user_added",
    "user_added",
    "user_added",
  ]);

  network.wire.length = 0;
  c.calls("Bruno");
  assert.deepEqual(network.wire, [
    "Camila > server: ADDR Bruno",
    "Camila > server: LIST",
    `server > Camila: ADDR ${b.ip}:21500`,
    "server > Camila: LIST Ana:Bruno",
    "Camila > Bruno: USER Camila",
    "Bruno > server: ADDR Camila",
    "Bruno > server: LIST",
    `server > Bruno: ADDR ${c.ip}:45000`,
    "server > Bruno: LIST Ana:Camila",
  ]);
  assert.deepEqual(c.take(), [
    { kind: "opened", partner: bruno, outbound: true, active: true, doubt: null },
  ]);
  assert.deepEqual(b.take(), [
    { kind: "opened", partner: camila, outbound: false, active: true, doubt: null },
  ]);

  network.wire.length = 0;
  c.says("Oi, Bruno!");
  b.says("Olá, Camila");
  assert.deepEqual(network.wire, ["Camila > Bruno: Oi, Bruno!", "Bruno > Camila: Olá, Camila"]);
  assert.deepEqual(c.take(), [
    { kind: "sent", partner: bruno, text: "Oi, Bruno!", parts: 1 },
    { kind: "message", partner: bruno, text: "Olá, Camila" },
  ]);
  assert.deepEqual(b.take(), [
    { kind: "message", partner: camila, text: "Oi, Bruno!" },
    { kind: "sent", partner: camila, text: "Olá, Camila", parts: 1 },
  ]);

  network.wire.length = 0;
  b.does({ kind: "bye", name: null });
  assert.deepEqual(network.wire, ["Bruno > Camila: DISC"]);
  assert.deepEqual(b.take(), [{ kind: "closed", partner: camila, ending: "bye" }]);
  assert.deepEqual(c.take(), [{ kind: "closed", partner: bruno, ending: "their_bye" }]);
  assert.equal(b.ends.size, 1, "only the connection to the server is left");
  assert.equal(c.ends.size, 1, "only the connection to the server is left");

  network.wire.length = 0;
  b.says("Você ainda está aí?");
  assert.deepEqual(network.wire, []);
  assert.deepEqual(b.take(), [{ kind: "refused", refusal: { why: "none_active", open: [] } }]);

  b.does({ kind: "exit" });
  assert.deepEqual(b.take(), [{ kind: "left" }]);
  assert.equal(b.ends.size, 0);
  a.take();
  a.does({ kind: "list" });
  assert.deepEqual(a.take(), [{ kind: "users", names: ["Camila"] }]);
  assert.deepEqual(server.take(), [{ kind: "user_removed", service: "chat", name: "Bruno" }]);
  assert.deepEqual([a.peer.partners, c.peer.partners], [[], []]);
});

import assert from "node:assert/strict";
import type { Diagnosis } from "../../../lib/doctor/findings.ts";
import { examine } from "../../../lib/runtime/doctor/examination.ts";
import { until } from "../line_client.ts";
import { OneShotServer } from "../one_shot_server.ts";
import { RunningServer } from "../running_server.ts";

const never = new AbortController().signal;
const ports = { listen: 0, call: 0, music: 0 };

/** The kinds of what was told, without what differs from machine to machine. */
function kindsOf(diagnoses: readonly Diagnosis[]): string[] {
  return diagnoses.map(({ finding }) => finding.kind)
    .filter((kind) => kind !== "device" && kind !== "no_device");
}

const LOCAL = ["permissions", "addresses", "port", "port", "port", "udp"];

Deno.test("examination: this machine alone", async () => {
  const told: Diagnosis[] = [];
  const found = await examine({ server: null, ports }, (one) => told.push(one), never);
  assert.deepEqual(told, found);
  assert.deepEqual(kindsOf(found), LOCAL);
});

Deno.test("examination: a server, in the order of what depends on what", async () => {
  await using running = await RunningServer.open();
  const { chat: chatPort, registry: registryPort } = running.server.ports;
  const server = { host: "localhost", chatPort, registryPort };
  const found = await examine({ server, ports }, () => {}, never);
  assert.deepEqual(kindsOf(found), [...LOCAL, "name", "server", "server", "outside", "clock"]);
  assert.deepEqual(running.bugs, []);
  await running.links(0);
});

Deno.test("examination: of a server that is not there, nothing more is asked", async () => {
  const gone = new OneShotServer(() => null);
  const { host, port } = gone.address;
  await gone[Symbol.asyncDispose]();
  const server = { host, chatPort: port, registryPort: port };
  const found = await examine({ server, ports }, () => {}, never);
  assert.deepEqual(kindsOf(found), [...LOCAL, "server", "server"]);
  const marks = found.flatMap(({ mark, finding }) => finding.kind === "server" ? [mark] : []);
  assert.deepEqual(marks, ["failed", "failed"]);
});

Deno.test("examination: of a name that is nobody's, nothing more is asked", async () => {
  const server = { host: "nobody.invalid", chatPort: 10_000, registryPort: 5000 };
  const found = await examine({ server, ports }, () => {}, never);
  assert.deepEqual(kindsOf(found), [...LOCAL, "name"]);
  assert.equal(found.at(-1)?.mark, "failed");
});

Deno.test("examination: cut short, it ends at once, tells no more and leaves nothing open", async () => {
  await using silent = new OneShotServer(() => null);
  const { host, port } = silent.address;
  const ending = new AbortController();
  const told: Diagnosis[] = [];
  const server = { host, chatPort: port, registryPort: port };
  const examining = examine({ server, ports }, (one) => told.push(one), ending.signal);
  await until(() => silent.requests.length === 2, "both ports were asked");
  ending.abort();
  const before = told.length;
  await examining;
  assert.equal(told.length, before);
  assert.ok(told.every(({ finding }) => finding.kind !== "server"));
});

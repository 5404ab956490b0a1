/**
 * The real server gives its figures to OpenTelemetry: what it counts, and nothing of whom it counts.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { OpenTelemetryCollector } from "../runtime/metrics/open_telemetry_collector.ts";
import { eventually } from "../runtime/stores/eventually.ts";
import { canBeCalled, startPeer, startServer } from "./programs.ts";

Deno.test("a server exports its figures to OpenTelemetry, and no name, text or address", async () => {
  await using collector = new OpenTelemetryCollector();
  await using server = await startServer([], { environment: collector.environment });
  await using ana = await startPeer(server, "Zulmira");
  await using bia = await startPeer(server, "Quiteria");
  await canBeCalled(server, 2);
  await ana.say("/chat Quiteria");
  await ana.waitFor("Conectado a Quiteria (confirmado)");
  await ana.say("segredo azul");
  await bia.waitFor("Zulmira: segredo azul");
  // Who is asked for and is not here is a name too.
  await ana.say("/who Ninguem");
  await ana.waitFor("Ninguem");

  // What is sent now was counted after all of that.
  const before = collector.messages.length;
  const figures = () => collector.messages.slice(before).filter((text) => text.includes("prosa_"));
  await eventually(() => figures().length > 1, "the figures arrive");
  const last = figures().at(-1)!;
  for (const name of ["prosa_users", "prosa_connections", "prosa_lines_received_total"]) {
    assert.ok(last.includes(name), name);
  }
  const ports = [ana.port, bia.port].map(String);
  for (
    const word of ["Zulmira", "Quiteria", "Ninguem", "geral", "segredo", "127.0.0.1", ...ports]
  ) {
    assert.ok(!collector.received.includes(word), word);
  }
});

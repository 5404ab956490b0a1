/**
 * Counts one thing and gives it to OpenTelemetry until its standard input ends.
 *
 * @module
 */
import {
  exportByOpenTelemetry,
  openTelemetryActive,
} from "../../../lib/runtime/metrics/open_telemetry.ts";

await Deno.stdout.write(new TextEncoder().encode(openTelemetryActive() ? "active" : "inactive"));
using _ = await exportByOpenTelemetry([
  {
    name: "prosa_asked_total",
    help: "Asked.",
    kind: "counter",
    labels: ["port"],
    samples: () => [{ labels: { port: "chat" }, value: 7 }],
  },
  {
    name: "prosa_present",
    help: "Present.",
    kind: "gauge",
    labels: [],
    samples: () => Promise.resolve([{ labels: {}, value: 3 }]),
  },
]);
await Deno.stdin.read(new Uint8Array(1));

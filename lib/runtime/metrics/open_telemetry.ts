import type { Attributes, ObservableResult } from "@opentelemetry/api";
import type { Family } from "./family.ts";

/** Under which copies of the API find each other, and the exporter that Deno brings. */
const GLOBAL_API = Symbol.for("opentelemetry.js.api.1");

/** Whether somebody collects: Deno does so where it was started with `OTEL_DENO=true`. */
export function openTelemetryActive(): boolean {
  return GLOBAL_API in globalThis;
}

/** Gives the families to the meter that is installed, until it is disposed of. */
export async function exportByOpenTelemetry(families: readonly Family[]): Promise<Disposable> {
  const { metrics } = await import("@opentelemetry/api");
  const meter = metrics.getMeter("prosa");
  const exported = new DisposableStack();
  for (const { name, help: description, kind, samples } of families) {
    const instrument = kind === "gauge"
      ? meter.createObservableGauge(name, { description })
      : meter.createObservableCounter(name, { description });
    const observe = async (result: ObservableResult<Attributes>) => {
      for (const { labels, value } of await samples()) result.observe(value, labels);
    };
    instrument.addCallback(observe);
    exported.defer(() => instrument.removeCallback(observe));
  }
  return exported;
}

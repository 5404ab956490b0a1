import type { Log } from "../log_file.ts";
import { LogCounts } from "./log_counts.ts";
import { exportByOpenTelemetry, openTelemetryActive } from "./open_telemetry.ts";
import type { ServerMetrics } from "./server_metrics.ts";

/** Who is to have the figures of a server, besides OpenTelemetry where that is on. */
export interface Readers {
  /** Where `/metrics` and `/health` listen; a port of 0 is any free one. */
  readonly endpoint: { readonly host: string; readonly port: number } | null;
  readonly log: Log | null;
}

/** The endpoint cannot listen. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";

  constructor(readonly host: string, readonly port: number, override readonly cause: unknown) {
    super(`cannot listen on ${host}:${port}`);
  }
}

/** Whether anybody wants figures; without, nothing has to be counted. */
export function anybodyReads({ endpoint, log }: Readers): boolean {
  return endpoint !== null || log !== null || openTelemetryActive();
}

/**
 * Shows the figures to whoever is to have them; what only one of them needs is loaded only then.
 *
 * @param resources ends it
 * @param bug takes what is thrown while a request is answered
 * @returns the port of the endpoint, or null without one
 * @throws {EndpointError} where it cannot listen
 */
export async function openExporters(
  metrics: ServerMetrics,
  { endpoint, log }: Readers,
  resources: AsyncDisposableStack,
  bug: (error: unknown) => void,
): Promise<number | null> {
  if (log !== null) resources.use(new LogCounts(metrics.families, log));
  if (openTelemetryActive()) resources.use(await exportByOpenTelemetry(metrics.families));
  if (endpoint === null) return null;
  const { MetricsEndpoint } = await import("./metrics_endpoint.ts");
  const { host, port } = endpoint;
  try {
    return resources.use(new MetricsEndpoint({ hostname: host, port }, metrics, bug)).port;
  } catch (error) {
    throw new EndpointError(host, port, error);
  }
}

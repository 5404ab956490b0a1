import { SECOND } from "../../base/units.ts";
import type { Service } from "../../directory/desk.ts";
import type { Port } from "../server.ts";
import type { Family, Sample } from "./family.ts";
import type { PortTraffic } from "./port_traffic.ts";
import type { ServerMetrics } from "./server_metrics.ts";
import { OUTCOMES, type StoreCounts } from "./store_counts.ts";

const PORTS: readonly Port[] = ["chat", "registry"];
const SERVICES: readonly Service[] = ["chat", "rendezvous", "call", "music"];

/** The families of a server's figures; `docs/operations.md` says what to watch of them. */
export function serverFamilies(metrics: ServerMetrics): readonly Family[] {
  const perPort = (
    kind: Family["kind"],
    name: string,
    help: string,
    value: (traffic: PortTraffic, port: Port) => number,
  ): Family => ({
    name,
    help,
    kind,
    labels: ["port"],
    samples: () =>
      PORTS.map((port) => ({ labels: { port }, value: value(metrics.traffic[port], port) })),
  });
  const perService = (
    name: string,
    help: string,
    labels: readonly string[],
    samples: (counts: StoreCounts, service: string) => readonly Sample[],
  ): Family => ({
    name,
    help,
    kind: "counter",
    labels: ["service", ...labels],
    samples: () =>
      [...metrics.store?.services ?? []].flatMap(([service, counts]) => samples(counts, service)),
  });
  const single = (
    kind: Family["kind"],
    name: string,
    help: string,
    value: () => number,
  ): Family => ({ name, help, kind, labels: [], samples: () => [{ labels: {}, value: value() }] });

  return [
    perPort(
      "gauge",
      "prosa_connections",
      "Connections now.",
      (_, port) => metrics.connections[port],
    ),
    perPort(
      "counter",
      "prosa_connections_accepted_total",
      "Connections taken on.",
      ({ accepted }) => accepted,
    ),
    perPort(
      "counter",
      "prosa_connections_refused_total",
      "Connections closed at once because a cap was reached.",
      ({ refused }) => refused,
    ),
    perPort(
      "counter",
      "prosa_accepts_failed_total",
      "Attempts to accept that failed for want of descriptors or memory.",
      ({ acceptsFailed }) => acceptsFailed,
    ),
    {
      name: "prosa_connections_ended_total",
      help: "Connections that ended; stalled: the other side did not read what it was sent.",
      kind: "counter",
      labels: ["port", "reason"],
      samples: () =>
        PORTS.flatMap((port) => {
          const { ended, closed, cut } = metrics.traffic[port];
          return Object.entries({ ...ended, closed, cut })
            .map(([reason, value]) => ({ labels: { port, reason }, value }));
        }),
    },
    perPort(
      "counter",
      "prosa_lines_received_total",
      "Lines that arrived whole.",
      ({ linesReceived }) => linesReceived,
    ),
    perPort(
      "counter",
      "prosa_lines_sent_total",
      "Lines given to connections to send.",
      ({ linesSent }) => linesSent,
    ),
    perPort(
      "counter",
      "prosa_lines_too_long_total",
      "Lines that were dropped because they are over the limit.",
      ({ linesTooLong }) => linesTooLong,
    ),
    {
      name: "prosa_requests_refused_total",
      help: "Input that was refused or ignored, by the reason's code.",
      kind: "counter",
      labels: ["code"],
      samples: () =>
        [...metrics.refusals.entries()].map(([code, value]) => ({ labels: { code }, value })),
    },
    {
      name: "prosa_probes_total",
      help: "Peers that asked how they are reached, by what became of the connection to them.",
      kind: "counter",
      labels: ["outcome"],
      samples: () =>
        [...metrics.probes.entries()].map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    single(
      "counter",
      "prosa_probe_datagrams_total",
      "Datagrams sent to peers that asked how they are reached.",
      () => metrics.probeDatagrams,
    ),
    perService(
      "prosa_directory_operations_total",
      "What was asked of the directory and what became of it.",
      ["operation", "outcome"],
      (counts, service) =>
        OUTCOMES.map(([field, operation, outcome]) => ({
          labels: { service, operation, outcome },
          value: counts[field],
        })),
    ),
    perService(
      "prosa_leases_ended_total",
      "Registrations whose lease ran out.",
      [],
      ({ ended }, service) => [{ labels: { service }, value: ended }],
    ),
    perService(
      "prosa_directory_errors_total",
      "Operations that the store failed at.",
      [],
      ({ failed }, service) => [{ labels: { service }, value: failed }],
    ),
    single(
      "counter",
      "prosa_directory_sweep_errors_total",
      "Sweeps of leases that the store failed at.",
      () => metrics.store?.sweepsFailed ?? 0,
    ),
    {
      name: "prosa_users",
      help: "Users in the directory now, those of other servers of the same store included.",
      kind: "gauge",
      labels: ["service"],
      samples: () => users(metrics),
    },
    single(
      "gauge",
      "prosa_store_up",
      "1 where the store can be asked, 0 where it cannot.",
      () => metrics.storeWorks ? 1 : 0,
    ),
    single(
      "counter",
      "prosa_store_outages_total",
      "How often the store went away.",
      () => metrics.outages,
    ),
    single("counter", "prosa_bugs_total", "Errors of the server itself.", () => metrics.bugs),
    single(
      "gauge",
      "prosa_event_loop_delay_seconds",
      "Longest delay of a timer in the last 15 s.",
      () => metrics.loopDelay.largest / SECOND,
    ),
    single(
      "gauge",
      "prosa_uptime_seconds",
      "Since the server was started.",
      () => metrics.uptime / SECOND,
    ),
    {
      name: "prosa_memory_bytes",
      help: "Memory of the process: resident, and what of the engine's heap is in use.",
      kind: "gauge",
      labels: ["area"],
      samples: () => {
        const { rss, heapUsed, heapTotal, external } = Deno.memoryUsage();
        return Object.entries({ resident: rss, heap_used: heapUsed, heap: heapTotal, external })
          .map(([area, value]) => ({ labels: { area }, value }));
      },
    },
  ];
}

/** A store that cannot be asked has no figures of users; the others are shown all the same. */
async function users({ store, now }: ServerMetrics): Promise<readonly Sample[]> {
  if (store === null) return [];
  try {
    return await Promise.all(SERVICES.map(async (service) => ({
      labels: { service },
      // Past the counting: looking is not a request.
      value: (await store.store.list(service, {}, now())).length,
    })));
  } catch {
    return [];
  }
}

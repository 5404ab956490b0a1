import { SECOND } from "../../base/units.ts";
import type { Desk } from "../../directory/desk.ts";
import type { DirectoryStore } from "../../directory/store.ts";
import { monotonicNow } from "../clock.ts";
import type { Port, Server, ServerObserver } from "../server.ts";
import type { StoreReport } from "../stores/store_report.ts";
import { CodeCounts } from "./code_counts.ts";
import { CountedDesk } from "./counted_desk.ts";
import { CountedStore } from "./counted_store.ts";
import { EventLoopDelay } from "./event_loop_delay.ts";
import type { Family } from "./family.ts";
import type { Health } from "./health.ts";
import { PortTraffic } from "./port_traffic.ts";
import { serverFamilies } from "./server_families.ts";

/** An observer that also counts what goes through the desks. */
export type CountingObserver = ServerObserver & {
  /** Puts the counting in front of the desk of a port. */
  readonly desk: (port: Port, desk: Desk) => Desk;
};

/**
 * Everything that is counted in a server. It wraps the store and the observer before the server is
 * opened with them; whoever exports reads {@link families} and {@link health}.
 */
export class ServerMetrics implements Disposable {
  readonly traffic: Readonly<Record<Port, PortTraffic>> = {
    chat: new PortTraffic(),
    registry: new PortTraffic(),
  };
  readonly refusals = new CodeCounts();
  /** What became of the connections that peers asked for, to learn whether they are reached. */
  readonly probes = new CodeCounts();
  /** Datagrams sent for the same reason. */
  probeDatagrams = 0;
  readonly loopDelay: EventLoopDelay;
  readonly families: readonly Family[];
  /** Errors that nobody but our own code can be blamed for. */
  bugs = 0;
  /** How often the store was found to be away. */
  outages = 0;
  #away = false;
  #store: CountedStore | null = null;
  #server: Pick<Server, "loops"> | null = null;
  readonly #startedAt: number;

  constructor(readonly now: () => number = monotonicNow) {
    this.#startedAt = now();
    this.loopDelay = new EventLoopDelay(now);
    this.families = serverFamilies(this);
  }

  /** The store to open the server with. */
  countStore(store: DirectoryStore): CountedStore {
    return this.#store = new CountedStore(store);
  }

  /** The observer to open the server with. */
  countReports(observer: ServerObserver): CountingObserver {
    return {
      ...observer,
      report: (report) => {
        if (report.kind === "connection_refused") this.traffic[report.port].refused += 1;
        else if (report.kind === "accept_failed") this.traffic[report.port].acceptsFailed += 1;
        else if (report.kind === "refused") this.refusals.add(report.code);
        else if (report.kind === "probed") {
          this.probes.add(report.outcome);
          this.probeDatagrams += report.datagrams;
        }
        observer.report(report);
      },
      bug: (error) => {
        this.bugs += 1;
        observer.bug(error);
      },
      desk: (port, desk) => new CountedDesk(desk, this.traffic[port]),
    };
  }

  /** Takes the server that was opened, whose connections are looked up. */
  watch(server: Pick<Server, "loops">): void {
    this.#server = server;
  }

  /** Takes what the store tells. */
  storeReported({ kind }: StoreReport): void {
    this.#away = kind === "store_failed";
    if (this.#away) this.outages += 1;
  }

  /** The store that is counted. */
  get store(): CountedStore | null {
    return this.#store;
  }

  /** How many connections each port has now. */
  get connections(): Readonly<Record<Port, number>> {
    const [chat, registry] = this.#server?.loops ?? [];
    return { chat: chat?.links ?? 0, registry: registry?.links ?? 0 };
  }

  /** Whether the directory can be asked. */
  get storeWorks(): boolean {
    return !this.#away && this.#store?.failing !== true;
  }

  /** In milliseconds. */
  get uptime(): number {
    return this.now() - this.#startedAt;
  }

  /** Whether the server does what it is for. */
  health(): Health {
    const { storeWorks, connections } = this;
    return {
      status: storeWorks ? "ok" : "degraded",
      store: storeWorks ? "ok" : "failed",
      uptime_seconds: Math.floor(this.uptime / SECOND),
      connections,
    };
  }

  [Symbol.dispose](): void {
    this.loopDelay[Symbol.dispose]();
  }
}

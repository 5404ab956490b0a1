import type { DirectoryStore } from "../../../lib/directory/store.ts";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import { MetricsEndpoint } from "../../../lib/runtime/metrics/metrics_endpoint.ts";
import { ServerMetrics } from "../../../lib/runtime/metrics/server_metrics.ts";
import { Server } from "../../../lib/runtime/server.ts";
import type { ConnectionCaps } from "../../../lib/runtime/tcp_listener.ts";
import { LineClient } from "../line_client.ts";
import { readFigures } from "./figures_text.ts";

const CAPS: ConnectionCaps = { total: 100, perIp: 100 };

/** A server on free ports of the loopback whose figures are shown over HTTP. */
export class WatchedServer implements AsyncDisposable {
  /** Milliseconds that its clock is ahead of the real one. */
  ahead = 0;
  readonly bugs: unknown[] = [];
  readonly metrics = new ServerMetrics(() => this.now());
  server!: Server;
  endpoint!: MetricsEndpoint;

  static async open(
    { store = new MemoryStore(), caps = CAPS }: { store?: DirectoryStore; caps?: ConnectionCaps } =
      {},
  ): Promise<WatchedServer> {
    const watched = new WatchedServer();
    const { metrics, bugs } = watched;
    watched.server = await Server.open(
      { host: "127.0.0.1", chatPort: 0, registryPort: 0, caps },
      metrics.countStore(store),
      metrics.countReports({ report: () => {}, bug: (error) => bugs.push(error) }),
      () => watched.now(),
    );
    metrics.watch(watched.server);
    watched.endpoint = new MetricsEndpoint(
      { hostname: "127.0.0.1", port: 0 },
      metrics,
      (error) => bugs.push(error),
    );
    return watched;
  }

  now(): number {
    return performance.now() + this.ahead;
  }

  async fetch(path: string): Promise<{ status: number; headers: Headers; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.endpoint.port}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** The figures of now. */
  async figures(): Promise<ReadonlyMap<string, number>> {
    return readFigures((await this.fetch("/metrics")).text);
  }

  /** Resolves when a figure is `value`. */
  async until(figure: string, value: number): Promise<void> {
    const deadline = performance.now() + 5000;
    for (;;) {
      const present = (await this.figures()).get(figure);
      if (present === value) return;
      if (performance.now() > deadline) throw new Error(`${figure} is ${present}, not ${value}`);
    }
  }

  chat(): Promise<LineClient> {
    return LineClient.connect(this.server.ports.chat);
  }

  registry(): Promise<LineClient> {
    return LineClient.connect(this.server.ports.registry);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endpoint[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    this.metrics[Symbol.dispose]();
  }
}

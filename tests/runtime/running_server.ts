import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import type { DeskReport } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import {
  type PortReport,
  Server,
  type ServerLine,
  type ServerOptions,
} from "../../lib/runtime/server.ts";
import { LineClient, until } from "./line_client.ts";

/** A server on free ports of the loopback, with everything that it tells. */
export class RunningServer implements AsyncDisposable {
  /** Milliseconds that its clock is ahead of the real one. */
  ahead = 0;
  readonly reports: (DeskReport | PortReport)[] = [];
  readonly lines: ServerLine[] = [];
  readonly bugs: unknown[] = [];
  readonly store = new MemoryStore();
  server!: Server;

  static async open(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const running = new RunningServer();
    running.server = await Server.open(
      {
        host: "127.0.0.1",
        chatPort: 0,
        registryPort: 0,
        caps: { total: LIMITS.serverConnections, perIp: LIMITS.serverConnectionsPerIp },
        ...options,
      },
      running.store,
      {
        line: (line) => running.lines.push({ ...line, text: readable(line.text) }),
        report: (report) => running.reports.push(report),
        bug: (error) => running.bugs.push(error),
      },
      running.now,
    );
    return running;
  }

  readonly now = (): number => performance.now() + this.ahead;

  chat(): Promise<LineClient> {
    return LineClient.connect(this.server.ports.chat);
  }

  registry(): Promise<LineClient> {
    return LineClient.connect(this.server.ports.registry);
  }

  /** A chat connection with an accepted name; the first LIST reply has been read. */
  async user(name: string, port = 20000): Promise<LineClient> {
    const client = await this.chat();
    await client.send(`USER ${name}:${port}\r\nLIST\r\n`);
    assert.match(await client.readLine() ?? "closed", /^LIST /);
    return client;
  }

  /** One request to the registry and all that came back. */
  async ask(request: string): Promise<string[]> {
    using client = await this.registry();
    await client.send(`${request}\n`);
    return await client.readAll();
  }

  /** Resolves when so many connections are there on both ports. */
  async links(count: number): Promise<void> {
    const { loops } = this.server;
    await until(() => loops.reduce((sum, { links }) => sum + links, 0) === count, `${count} links`);
  }

  /** How many reports of a kind, and of a code where one is given, there were. */
  count(kind: string, code?: string): number {
    return this.reports.filter((report) =>
      report.kind === kind && (code === undefined || ("code" in report && report.code === code))
    ).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}

function readable(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder().decode(text);
}

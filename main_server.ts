/**
 * `server`: the meeting point. Reads the arguments, builds, wires and disposes.
 *
 * @module
 */
import type { DirectoryStore } from "./lib/directory/store.ts";
import { EndSignal } from "./lib/runtime/end_signal.ts";
import { type Log, LogFile, NO_LOG } from "./lib/runtime/log_file.ts";
import { anybodyReads, EndpointError, openExporters } from "./lib/runtime/metrics/exporters.ts";
import { ServerMetrics } from "./lib/runtime/metrics/server_metrics.ts";
import { ownAddresses } from "./lib/runtime/own_addresses.ts";
import { PortError, Server, type ServerObserver } from "./lib/runtime/server.ts";
import { openStore, StoreError } from "./lib/runtime/stores/open_store.ts";
import type { StoreReport } from "./lib/runtime/stores/store_report.ts";
import { wantsColour } from "./lib/terminal/console/at_terminal.ts";
import { LineOutput } from "./lib/terminal/console/line_output.ts";
import { printError, tellStartFailure } from "./lib/terminal/console/start_failure.ts";
import { terminalSize, writeAll } from "./lib/terminal/console/terminal_device.ts";
import { translator } from "./lib/terminal/messages/catalogue.ts";
import { parseServerOptions, type ServerOptions } from "./lib/terminal/options/server_options.ts";
import { ServerScreen } from "./lib/terminal/server_screen.ts";
import { createPainter } from "./lib/terminal/text/painter.ts";
import { joinCommand, peerCommand } from "./lib/terminal/views/join_command.ts";
import { who, wireText } from "./lib/terminal/views/protocol_line.ts";
import { reasonText } from "./lib/terminal/views/reason.ts";
import { logFailure, logProblem, portProblem } from "./lib/terminal/views/start_problem.ts";
import { storeProblem } from "./lib/terminal/views/store_problem.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the server until it is told to end; the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { columns } = terminalSize();
  const parsed = parseServerOptions(args, { locale: navigator.language, columns });
  if (parsed.kind === "run") return await serve(parsed.options);
  (parsed.stream === "stdout" ? console.log : printError)(parsed.output);
  return parsed.code;
}

async function serve(options: ServerOptions): Promise<number> {
  const say = translator(options.language);
  const output = new LineOutput(writeAll, (count) => say.count("console.not_shown", count));
  await using resources = new AsyncDisposableStack();
  resources.defer(() => output.drained());

  let log: Log = NO_LOG;
  if (options.logFile !== null) {
    try {
      const file = options.logFile;
      log = resources.use(
        await LogFile.open(file, {
          failed: (error) => output.print(logFailure(error, file, say)),
          works: () => output.print(say("log.works", { file })),
        }),
      );
    } catch (error) {
      tellStartFailure(logProblem(error, options.logFile, say), say);
      return 1;
    }
  }

  const readers = {
    endpoint: options.metrics ?? null,
    log: options.logFile === null ? null : log,
  };
  const metrics = anybodyReads(readers) ? resources.use(new ServerMetrics()) : null;

  const tellOfStore = (report: StoreReport) => {
    metrics?.storeReported(report);
    output.print(
      report.kind === "store_failed"
        ? say("server.store_failed", { reason: reasonText(report.reason, say) })
        : say("server.store_recovered"),
    );
    log.add(report.kind, { ...report });
  };
  let store: DirectoryStore;
  try {
    store = await openStore(options, resources, tellOfStore);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    tellStartFailure(storeProblem(error, say), say);
    return 1;
  }

  const screen = new ServerScreen({
    print: (line) => output.print(line),
    say,
    paint: createPainter(wantsColour(false)),
    columns: () => terminalSize().columns,
    users: async (service) => await server.users(service),
  });
  const observer = observe(screen, log, options);
  let server: Server;
  try {
    server = resources.use(
      await Server.open(
        {
          ...options,
          caps: { total: options.maxConnections, perIp: options.maxPerIp },
        },
        metrics?.countStore(store) ?? store,
        metrics?.countReports(observer) ?? observer,
      ),
    );
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    const option = error.which === "chat" ? "--chat-port" : "--registry-port";
    const problem = { error: error.cause, host: options.host, port: error.port, option } as const;
    tellStartFailure(portProblem(problem, say), say);
    return 1;
  }

  let metricsPort: number | null = null;
  if (metrics !== null) {
    metrics.watch(server);
    try {
      metricsPort = await openExporters(metrics, readers, resources, observer.bug);
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      const { cause, host, port } = error;
      const problem = { error: cause, host, port, option: "--metrics-port" } as const;
      tellStartFailure(portProblem(problem, say), say);
      return 1;
    }
  }

  const signal = resources.use(new EndSignal());
  const { chat, registry } = server.ports;
  output.print(say("server.listening.chat", { address: `${options.host}:${chat}` }));
  output.print(say("server.listening.registry", { address: `${options.host}:${registry}` }));
  const reached = options.host === "0.0.0.0" ? ownAddresses()?.[0] : options.host;
  if (reached !== undefined) {
    const command = joinCommand(peerCommand(import.meta.url), reached, server.ports);
    output.print(say("server.join"));
    output.print(command);
  }
  if (options.metrics !== undefined && metricsPort !== null) {
    const address = `http://${urlHost(options.metrics.host)}:${metricsPort}/metrics`;
    output.print(say("options.metrics_at", { address }));
  }
  output.print(say("server.how_to_end"));
  log.add("listening", { host: options.host, chat, registry });

  await signal.came;
  await screen.close();
  output.print(say("server.ended"));
  log.add("ended", {});
  return 0;
}

/** A host as it stands before a port: an IPv6 address in brackets. */
function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Shows and logs what the server tells. */
function observe(
  screen: ServerScreen,
  log: Log,
  { quiet, logFile }: ServerOptions,
): ServerObserver {
  return {
    line: quiet && logFile === null ? undefined : (line) => {
      const { direction, text } = line;
      if (!quiet) screen.line({ direction, who: who(line), text });
      if (logFile !== null) log.add(direction, { who: who(line), text: wireText(text) });
    },
    report: (report) => {
      if (report.kind === "user_added") screen.userAdded(report.service);
      log.add(report.kind, { ...report });
    },
    bug: (error) => {
      console.error(error);
      log.add("bug", { error: String(error) });
    },
  };
}

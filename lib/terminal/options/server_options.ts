import { object, type ObjectErrorOptions } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import { LIMITS } from "../../base/limits.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Language } from "../messages/language.ts";
import { sentence } from "../messages/sentence.ts";
import {
  type CommandLine,
  type Definition,
  type Environment,
  parseCommandLine,
} from "./command_line.ts";
import { DEFAULT_PORTS } from "./default_ports.ts";
import { flagged, valued } from "./typed_option.ts";
import { storeUrl } from "./store_url.ts";
import {
  connectionCount,
  dataFolder,
  filePath,
  language,
  listenHost,
  port,
} from "./value_parsers.ts";

/** What `server` was told to do. */
export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly chatPort: number;
  /** 0: any free port. */
  readonly registryPort: number;
  readonly quiet: boolean;
  readonly language: Language;
  readonly logFile: string | null;
  readonly maxConnections: number;
  readonly maxPerIp: number;
  /** The folder of a directory that survives a restart. */
  readonly data: string | null;
  /** The Redis of a directory that several servers share. */
  readonly store: string | null;
  /** Where figures are shown over HTTP; left out, they are not. A port of 0 is any free one. */
  readonly metrics?: { readonly host: string; readonly port: number };
}

const DEFAULTS = {
  host: "0.0.0.0",
  metricsHost: "127.0.0.1",
  maxConnections: LIMITS.serverConnections,
  maxPerIp: LIMITS.serverConnectionsPerIp,
} as const;

/** The command line of `server`: the options to run with, or what to print before ending. */
export function parseServerOptions(
  args: readonly string[],
  environment: Environment,
): CommandLine<ServerOptions> {
  return parseCommandLine(DEFINITION, args, environment);
}

const DEFINITION: Definition<InferValue<ReturnType<typeof parser>>, ServerOptions> = {
  program: "server",
  brief: "options.server.brief",
  examples: ["", "--chat-port 12000 --registry-port 5001 --quiet"],
  parser,
  finish: (parsed, t) =>
    parsed.data !== undefined && parsed.store !== undefined
      ? sentence("options.fault.data_and_store")
      : parsed.metricsHost !== undefined && parsed.metricsPort === undefined
      ? sentence("options.fault.metrics_host")
      : {
        host: parsed.host ?? DEFAULTS.host,
        chatPort: parsed.chatPort ?? DEFAULT_PORTS.chat,
        registryPort: parsed.registryPort ?? DEFAULT_PORTS.registry,
        quiet: parsed.quiet,
        language: t.language,
        logFile: parsed.logFile ?? null,
        maxConnections: parsed.maxConnections ?? DEFAULTS.maxConnections,
        maxPerIp: parsed.maxPerIp ?? DEFAULTS.maxPerIp,
        data: parsed.data ?? null,
        store: parsed.store ?? null,
        ...parsed.metricsPort === undefined ? {} : {
          metrics: { host: parsed.metricsHost ?? DEFAULTS.metricsHost, port: parsed.metricsPort },
        },
      },
};

function parser(t: Translator, errors: ObjectErrorOptions) {
  const { host, metricsHost, maxConnections, maxPerIp } = DEFAULTS;
  const { chat, registry } = DEFAULT_PORTS;
  return object(t("options.heading"), {
    host: valued(t, "--host", listenHost, t("options.server.host", { default: host })),
    chatPort: valued(
      t,
      "--chat-port",
      port(0),
      t("options.server.chat_port", { default: chat }),
    ),
    registryPort: valued(
      t,
      "--registry-port",
      port(0),
      t("options.server.registry_port", { default: registry }),
    ),
    quiet: flagged(t, "--quiet", t("options.server.quiet")),
    maxConnections: valued(
      t,
      "--max-connections",
      connectionCount,
      t("options.server.max_connections", { default: maxConnections }),
    ),
    maxPerIp: valued(
      t,
      "--max-per-ip",
      connectionCount,
      t("options.server.max_per_ip", { default: maxPerIp }),
    ),
    data: valued(t, "--data", dataFolder, t("options.server.data")),
    store: valued(t, "--store", storeUrl, t("options.server.store")),
    metricsPort: valued(t, "--metrics-port", port(0), t("options.server.metrics_port")),
    metricsHost: valued(
      t,
      "--metrics-host",
      listenHost,
      t("options.server.metrics_host", { default: metricsHost }),
    ),
    logFile: valued(t, "--log-file", filePath, t("options.log_file")),
    language: valued(t, "--lang", language, t("options.lang")),
  }, { errors });
}

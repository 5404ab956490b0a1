import { object, type ObjectErrorOptions } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import { LIMITS } from "../../base/limits.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Language } from "../messages/language.ts";
import {
  type CommandLine,
  type Definition,
  type Environment,
  parseCommandLine,
} from "./command_line.ts";
import { DEFAULT_PORTS } from "./default_ports.ts";
import { flagged, valued } from "./typed_option.ts";
import { connectionCount, filePath, language, listenHost, port } from "./value_parsers.ts";

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
}

const DEFAULTS = {
  host: "0.0.0.0",
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
  finish: (parsed, t) => ({
    host: parsed.host ?? DEFAULTS.host,
    chatPort: parsed.chatPort ?? DEFAULT_PORTS.chat,
    registryPort: parsed.registryPort ?? DEFAULT_PORTS.registry,
    quiet: parsed.quiet,
    language: t.language,
    logFile: parsed.logFile ?? null,
    maxConnections: parsed.maxConnections ?? DEFAULTS.maxConnections,
    maxPerIp: parsed.maxPerIp ?? DEFAULTS.maxPerIp,
  }),
};

function parser(t: Translator, errors: ObjectErrorOptions) {
  const { host, maxConnections, maxPerIp } = DEFAULTS;
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
    logFile: valued(t, "--log-file", filePath, t("options.log_file")),
    language: valued(t, "--lang", language, t("options.lang")),
  }, { errors });
}

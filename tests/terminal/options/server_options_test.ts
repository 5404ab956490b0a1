import { deepEqual } from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import {
  parseServerOptions,
  type ServerOptions,
} from "../../../lib/terminal/options/server_options.ts";

const DEFAULTS: ServerOptions = {
  host: "0.0.0.0",
  chatPort: 10000,
  registryPort: 5000,
  quiet: false,
  language: "en",
  logFile: null,
  maxConnections: LIMITS.serverConnections,
  maxPerIp: LIMITS.serverConnectionsPerIp,
};

const ROWS: readonly (readonly [string, Partial<ServerOptions>])[] = [
  ["", {}],
  ["--host 127.0.0.1", { host: "127.0.0.1" }],
  ["--host [::1]", { host: "::1" }],
  ["--host=::", { host: "::" }],
  ["--chat-port 0 --registry-port 0", { chatPort: 0, registryPort: 0 }],
  ["--chat-port=65535", { chatPort: 65535 }],
  ["--quiet", { quiet: true }],
  ["--lang pt", { language: "pt" }],
  ["--lang auto", {}],
  ["--log-file a/b.log", { logFile: "a/b.log" }],
  ["--max-connections 5 --max-per-ip 2", { maxConnections: 5, maxPerIp: 2 }],
];

for (const [line, changed] of ROWS) {
  Deno.test(`server ${line}`, () => {
    const args = line.split(" ").filter((word) => word !== "");
    deepEqual(parseServerOptions(args, { locale: "en-US" }), {
      kind: "run",
      options: { ...DEFAULTS, ...changed },
    });
  });
}

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
  data: null,
  store: null,
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
  ["--data a/b", { data: "a/b" }],
  ["--store redis://127.0.0.1:6379", { store: "redis://127.0.0.1:6379" }],
  ["--store rediss://u:p@h.example:1/15", {
    store: "rediss://u:p@h.example:1/15",
  }],
  ["--max-connections 5 --max-per-ip 2", { maxConnections: 5, maxPerIp: 2 }],
  ["--metrics-port 0", { metrics: { host: "127.0.0.1", port: 0 } }],
  ["--metrics-port 9100 --metrics-host ::1", {
    metrics: { host: "::1", port: 9100 },
  }],
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

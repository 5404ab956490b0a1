import config from "../../../deno.json" with { type: "json" };
import type { ReplySize } from "../baselines/reply_sizes.ts";
import { bareDeno, type Candidate, type Kind, startTarget, type Target } from "../candidates.ts";
import { PROJECT, type Workbench } from "../workbench.ts";

/** More than any figure opens, for all of them come from one address. */
const CONNECTIONS = "19000";

/** The server's ports in the order in which it names them. */
export const PORTS = { chat: 0, registry: 1 } as const;

/** How the server is used for one figure. */
export interface ServerUse {
  readonly kind: Kind;
  readonly port: keyof typeof PORTS;
  readonly sizes: readonly ReplySize[];
  readonly setup: readonly Uint8Array[];
  /** What every connection of a baseline sends instead of the setup. */
  readonly plainSetup: readonly Uint8Array[];
  /** What is to be in the directory before the first round. */
  prepare?(target: Target): Promise<void>;
}

/** The project's server; in a check of the bench itself, the bare echo once more. */
export function directoryServer(bench: Workbench, use: ServerUse): Candidate {
  if (bench.selfCheck) return bareDeno(bench, use.kind, use.sizes, use.plainSetup);
  return {
    name: "server",
    setup: use.setup,
    async start() {
      const argv = [
        ...serverCommand(),
        ...["--host", "127.0.0.1", "--chat-port", "0", "--registry-port", "0"],
        ...["--quiet", "--lang", "en"],
        ...["--max-connections", CONNECTIONS, "--max-per-ip", CONNECTIONS],
      ];
      const target = await startTarget(bench, argv, PORTS[use.port], PROJECT);
      await use.prepare?.(target);
      return target;
    },
  };
}

/** What `deno task server` runs, flags included, so that people get what was measured. */
export function serverCommand(): string[] {
  const [, ...args] = config.tasks.server.command.split(" ");
  return [Deno.execPath(), ...args];
}

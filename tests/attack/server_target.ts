import { type RunningServer, startServer } from "../processes/programs.ts";
import { PATIENCE } from "../processes/output_watch.ts";
import { readFigures } from "../runtime/metrics/figures_text.ts";
import type { Target } from "./attack.ts";
import { HonestServerUser } from "./honest_server_user.ts";

/** The address of the honest user; attackers come from others of 127.0.0.0/8. */
const HONEST_IP = "127.0.0.2";

/** A `server` process with its figures shown, and an honest user of all four systems. */
export class ServerTarget implements Target {
  private constructor(
    readonly server: RunningServer,
    readonly honest: HonestServerUser,
    readonly metrics: string,
    readonly logFile: string | null,
  ) {}

  /**
   * Starts both.
   *
   * @param args further options of the server
   * @param log whether it writes a log, which is removed in the end
   */
  static async open(
    args: readonly string[] = ["--quiet"],
    { log = false }: { readonly log?: boolean } = {},
  ): Promise<ServerTarget> {
    const logFile = log ? await Deno.makeTempFile({ suffix: ".log" }) : null;
    const logging = logFile === null ? [] : ["--log-file", logFile];
    const permissions = ["--allow-net", ...log ? ["--allow-write"] : []];
    const server = await startServer(["--metrics-port", "0", ...logging, ...args], { permissions });
    try {
      const [metrics] = /http:\/\/\S+\/metrics/.exec(server.program.output)!;
      const honest = await HonestServerUser.start({
        ...server,
        host: "127.0.0.1",
        from: HONEST_IP,
      });
      return new ServerTarget(server, honest, metrics, logFile);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number {
    return this.server.program.pid;
  }

  get chatPort(): number {
    return this.server.chatPort;
  }

  get registryPort(): number {
    return this.server.registryPort;
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    return readFigures(await (await fetch(this.metrics)).text());
  }

  /**
   * Resolves when one of the server's figures is `value`.
   *
   * @throws {Error} where that takes too long
   */
  async until(figure: string, value: number): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const present = (await this.counters()).get(figure);
      if (present === value) return;
      if (performance.now() > deadline) throw new Error(`${figure} is ${present}, not ${value}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.honest[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    if (this.logFile !== null) await Deno.remove(this.logFile);
  }
}

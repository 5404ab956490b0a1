import assert from "node:assert/strict";
import { inTime } from "../../processes/output_watch.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import {
  peerArgs,
  type RunningServer,
  type ServerPorts,
  startPiped,
  startServer,
} from "../../processes/programs.ts";
import { type Hold, type HoldPoint, WireTap } from "../../processes/wire_tap.ts";
import { eventually } from "../../runtime/stores/eventually.ts";
import { RedisProcess } from "../../runtime/stores/redis_process.ts";
import { TemporaryFolder } from "../../runtime/stores/temporary_folder.ts";

/** Where the server keeps its directory. */
export type Store = "memory" | "data" | "redis";

/** A port of the server. */
export type Port = "chat" | "registry";

/** A line of one of the two ports. */
export type HeldLine = readonly [Port, HoldPoint];

/** A tap on each port, for one person alone. */
export type Taps = Readonly<Record<Port, WireTap>>;

/** A person's program, with taps between it and the server. */
export interface Person {
  readonly program: PipedProgram;
  readonly taps: Taps;
}

/**
 * A real server that is killed and started again with the same directory. Whoever talks to it does so
 * through taps of their own, whose ports stay; they are stopped at the step that is looked at.
 */
export class KillableServer implements AsyncDisposable {
  #running!: RunningServer;
  readonly #folder: TemporaryFolder;
  readonly #taps: WireTap[] = [];
  readonly #holds: { readonly line: string; readonly hold: Hold }[] = [];

  private constructor(
    readonly stack: AsyncDisposableStack,
    readonly args: readonly string[],
  ) {
    this.#folder = stack.use(new TemporaryFolder());
  }

  static async start(store: Store): Promise<KillableServer> {
    const stack = new AsyncDisposableStack();
    const args: string[] = ["--quiet"];
    if (store === "redis") args.push("--store", stack.use(await RedisProcess.start()).url);
    const server = new KillableServer(stack, args);
    if (store === "data") args.push("--data", server.#folder.path);
    await server.#start();
    return server;
  }

  /** Where the server is, without a tap. */
  get ports(): ServerPorts {
    return this.#running;
  }

  /** What the server has printed since it was started last. */
  get program(): PipedProgram {
    return this.#running.program;
  }

  /** A way to the server, stopped at these lines. */
  tapped(...lines: readonly HeldLine[]): Taps {
    const taps = {
      chat: new WireTap({ port: () => this.#running.chatPort }),
      registry: new WireTap({ port: () => this.#running.registryPort }),
    };
    this.#taps.push(taps.chat, taps.registry);
    for (const line of lines) this.hold(taps, line);
    return taps;
  }

  /** Stops at one more line. */
  hold(taps: Taps, [port, point]: HeldLine): void {
    this.#holds.push({ line: `${point.line}`, hold: taps[port].hold(point) });
  }

  /** Starts somebody's program, stopped at these lines. It asks for a name where none is given. */
  person(name: string | null, ...lines: readonly HeldLine[]): Person {
    const taps = this.tapped(...lines);
    const ports = { chatPort: taps.chat.port, registryPort: taps.registry.port };
    return { taps, program: this.stack.use(startPiped("peer", peerArgs(ports, name))) };
  }

  /** Kills the server as soon as every line that is waited for is held; what is held is lost. */
  async killAtTheHolds(): Promise<void> {
    for (const { line, hold } of this.#holds) await inTime(hold.reached, `no ${line} came`);
    // Nobody is there for those who connect, as without a tap.
    await Promise.all(this.#taps.map((tap) => tap.away()));
    this.program.kill("SIGKILL");
    await this.program.ended();
    for (const { hold } of this.#holds.splice(0)) hold.cut();
  }

  /** Starts the server again. */
  async restart(): Promise<void> {
    await this.#start();
    for (const tap of this.#taps) tap.again();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const tap of this.#taps) await tap[Symbol.asyncDispose]();
    await this.stack.disposeAsync();
  }

  async #start(): Promise<void> {
    const { path } = this.#folder;
    const permissions = ["--allow-net", `--allow-read=${path}`, `--allow-write=${path}`];
    this.#running = this.stack.use(await startServer(this.args, { permissions }));
  }
}

/** Resolves when each of these stands somewhere in what a program has shown its person. */
export async function shows(program: PipedProgram, sentences: readonly RegExp[]): Promise<void> {
  for (const sentence of sentences) {
    await eventually(() => sentence.test(program.output), `${sentence}`).catch(() => {
      assert.match(
        program.output,
        sentence,
        `${program.name}: no ${sentence} in\n${program.output}`,
      );
    });
  }
}

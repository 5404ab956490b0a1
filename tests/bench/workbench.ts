import { join } from "node:path";
import type { CompressionLevel } from "../../lib/runtime/packaging/self_extracting.ts";

/** How long and how often is measured. */
export interface Timing {
  readonly rounds: number;
  /** Before each measured time, in milliseconds. */
  readonly warmUp: number;
  /** In milliseconds. */
  readonly measured: number;
  readonly connections: ConnectionsTiming;
  /** Starts of each program with its caches filled, and with empty ones. */
  readonly starts: { readonly warm: number; readonly cold: number };
  /** How hard the single files are compressed. */
  readonly compression: CompressionLevel;
  readonly stores: StoresTiming;
  /** Calls of each kind, and how long both speak in them, in seconds. */
  readonly calls: { readonly count: number; readonly speech: number };
  readonly music: MusicTiming;
}

/** How many connections are held, how often, and how long in milliseconds. */
export interface ConnectionsTiming {
  readonly rounds: number;
  readonly count: number;
  readonly warmUp: number;
  readonly measured: number;
}

/** How many records the stores have, and how often each operation is measured. */
export interface StoresTiming {
  readonly rounds: number;
  readonly records: number;
  /** In milliseconds. */
  readonly measured: number;
}

/** How much music is sent, and how often. */
export interface MusicTiming {
  readonly rounds: number;
  /** Of a transfer. */
  readonly bytes: number;
  /** What TCP may take for them, in seconds. */
  readonly tcpSeconds: number;
  /** Songs whose first sound is awaited. */
  readonly firstSounds: number;
  /** Of the song that may have no gap. */
  readonly songSeconds: number;
}

const FULL: Timing = {
  rounds: 9,
  warmUp: 300,
  measured: 600,
  connections: { rounds: 2, count: 19_000, warmUp: 6000, measured: 20_000 },
  starts: { warm: 11, cold: 3 },
  compression: 9,
  stores: { rounds: 3, records: 10_000, measured: 500 },
  calls: { count: 2, speech: 24 },
  music: { rounds: 3, bytes: 300e6, tcpSeconds: 10, firstSounds: 20, songSeconds: 60 },
};

const QUICK: Timing = {
  rounds: 2,
  warmUp: 200,
  measured: 400,
  connections: { rounds: 1, count: 2_000, warmUp: 1000, measured: 5000 },
  starts: { warm: 2, cold: 1 },
  compression: 1,
  stores: { rounds: 1, records: 2_000, measured: 200 },
  calls: { count: 1, speech: 8 },
  music: { rounds: 1, bytes: 50e6, tcpSeconds: 3, firstSounds: 3, songSeconds: 8 },
};

const here = import.meta.dirname!;

/** The project's folder. */
export const PROJECT = join(here, "..", "..");

/**
 * What this machine has for a run of the bench: a folder of its own that is removed in the end,
 * the C programs where there is a compiler, Node, and two cores to keep server and load apart.
 */
export class Workbench implements AsyncDisposable {
  #files = 0;
  readonly #resources = new AsyncDisposableStack();

  private constructor(
    readonly folder: string,
    readonly timing: Timing,
    /** Whether the bare echo stands in for the subject: its ratios show the noise. */
    readonly selfCheck: boolean,
    readonly generator: readonly string[],
    readonly baselines: ReadonlyMap<string, readonly string[]>,
    readonly pinned: boolean,
  ) {}

  static async open(options: { quick: boolean; selfCheck: boolean }): Promise<Workbench> {
    const folder = await Deno.makeTempDir({ prefix: "prosa-bench-" });
    const load = await compile(join(here, "load", "load.c"), join(folder, "load"));
    const epoll = options.quick
      ? null
      : await compile(join(here, "baselines", "echo.c"), join(folder, "echo"));
    const baselines = new Map([["bare Deno", denoRun(join(here, "baselines", "deno_echo.ts"))]]);
    if (await runs("node", "--version")) {
      baselines.set("Node", ["node", join(here, "baselines", "node_echo.mjs")]);
    }
    if (epoll !== null) baselines.set("C", [epoll]);
    return new Workbench(
      folder,
      options.quick ? QUICK : FULL,
      options.selfCheck,
      load === null ? denoRun(join(here, "load", "load.ts"), "--allow-read") : [load],
      baselines,
      navigator.hardwareConcurrency > 1 && await runs("taskset", "--version"),
    );
  }

  /** A command on the core of the servers. */
  onServerCore(argv: readonly string[]): string[] {
    return this.pinned ? ["taskset", "-c", "0", ...argv] : [...argv];
  }

  /** A command on the core of the load generator. */
  onLoadCore(argv: readonly string[]): string[] {
    return this.pinned ? ["taskset", "-c", "1", ...argv] : [...argv];
  }

  /** Puts bytes into a file of the run's folder and says where it is. */
  async file(bytes: Uint8Array): Promise<string> {
    const path = join(this.folder, `${this.#files++}.records`);
    await Deno.writeFile(path, bytes);
    return path;
  }

  /** Keeps something until the end of the run, also where that is interrupted. */
  use<Resource extends AsyncDisposable>(resource: Resource): Resource {
    return this.#resources.use(resource);
  }

  /** Tells the person at the terminal what is being done. */
  progress(text: string): void {
    console.error(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The command that runs a program with this Deno. */
export function denoRun(path: string, ...more: string[]): string[] {
  return [Deno.execPath(), "run", "--allow-net", ...more, path];
}

/** The path of the compiled program, or null where nothing here compiles C. */
export async function compile(source: string, target: string): Promise<string | null> {
  return await runs("cc", "-O2", "-o", target, source) ? target : null;
}

async function runs(program: string, ...args: string[]): Promise<boolean> {
  try {
    const options = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(program, options).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

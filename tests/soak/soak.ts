import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { serverCommand } from "../bench/suites/directory_server.ts";
import { type RunningServer, startServer } from "../processes/programs.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { Deliveries } from "./deliveries.ts";
import type { Told } from "./orders.ts";
import type { Pace } from "./pace.ts";
import {
  type Figures,
  figuresAt,
  leftIn,
  type Sample,
  sampleOf,
  sampleOfServer,
} from "./samples.ts";
import { makeSongs } from "./songs.ts";
import { type Counts, total } from "./tally.ts";
import { WorkerProcess } from "./worker_process.ts";

/** What is to be done. Times in milliseconds. */
export interface SoakOptions {
  readonly peers: number;
  readonly workers: number;
  readonly seed: number;
  readonly pace: Pace;
  /** Before the first low tide, with everything done that costs memory only once. */
  readonly warmUp: number;
  /** From the first low tide to the second; longer where it was not `enough` by then. */
  readonly main: number;
  readonly enough?: (counts: Counts) => boolean;
  readonly sampling: number;
  readonly progress: (text: string) => void;
}

/** What was seen of one process. */
export interface ProcessRecord {
  readonly name: string;
  /** Before anybody came. */
  readonly start: Sample;
  /** With everybody gone: after the warm-up, and in the end. */
  readonly lowTides: readonly [Sample, Sample];
  /** In the main part. */
  readonly samples: readonly Sample[];
}

/** What came of a soak. */
export interface SoakOutcome {
  /** The server first. */
  readonly processes: readonly ProcessRecord[];
  readonly counts: Counts;
  /** Of the server, in the end. */
  readonly figures: Figures;
  /** What may not happen and happened: the first ones, and how many there were. */
  readonly faults: readonly string[];
  readonly faultCount: number;
  readonly deliveries: Deliveries;
  /** The longest that people waited for what needs no time, in milliseconds. */
  readonly slowest: number;
  /** What was left at the server with everybody gone. */
  readonly left: readonly string[];
}

const HOST = "127.0.0.1";
/** The server as `deno task server` starts it, with no permission but the network. */
const PERMISSIONS = [
  "--allow-net",
  ...serverCommand().filter((word) => word.startsWith("--v8-flags=")),
];
const FAULTS_KEPT = 20;
/**
 * How long a process may know of somebody after everybody has gone: two sweeps of the server, a
 * connection that was just being made, a file that was just being read.
 */
const SETTLING = 20 * SECOND;
const LOOK = 100;
/** How much longer a run may take for enough to happen. */
const EXTENSION = 2 * MINUTE;

/** A server process, people in worker processes, and what is seen of all of them. */
export class Soak implements AsyncDisposable {
  readonly #resources = new AsyncDisposableStack();
  readonly #started = performance.now();
  readonly #faults: string[] = [];
  readonly #deliveries = new Deliveries();
  #faultCount = 0;
  #server!: RunningServer;
  #metrics!: string;
  #workers: WorkerProcess[] = [];
  #counts: Counts[] = [];
  #slowest = 0;

  private constructor(readonly options: SoakOptions) {}

  /** Runs all of it. */
  static async run(options: SoakOptions): Promise<SoakOutcome> {
    await using soak = new Soak(options);
    await soak.#open();
    return await soak.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  async #open(): Promise<void> {
    const { peers, workers, seed, pace } = this.options;
    const folder = this.#resources.use(await TemporaryFolder.make());
    const songs = await makeSongs(folder.path, seed);
    this.#server = this.#resources.use(
      await startServer(["--quiet", "--metrics-port", "0"], { permissions: PERMISSIONS }),
    );
    const { program, chatPort, registryPort } = this.#server;
    this.#metrics = /http:\S+\/metrics/.exec(program.output)![0];
    const names = Array.from({ length: peers }, (_, n) => `p${String(n).padStart(4, "0")}`);
    const share = (n: number) => Math.round(peers * n / workers);
    for (let n = 0; n < workers; n++) {
      const plan = {
        server: { host: HOST, chatPort, registryPort },
        names,
        own: [share(n), share(n + 1)] as const,
        songs,
        songFolder: folder.path,
        homes: folder.at("homes"),
        pace,
        seed,
      };
      this.#workers.push(
        this.#resources.use(new WorkerProcess(`people ${n + 1}`, plan, (told) => this.#told(told))),
      );
    }
    await Promise.all(this.#workers.map((worker) => worker.answer("ready")));
  }

  async #run(): Promise<SoakOutcome> {
    const { warmUp, main, sampling, progress, enough } = this.options;
    const start = await this.#sample();
    progress(`${this.#clock()} everybody comes`);
    await this.#all("all_here", "come");
    progress(`${this.#clock()} everybody is here`);
    await this.#wait(warmUp);
    await this.#all("all_gone", "leave");
    const left = await this.#settled();
    const first = await this.#lowTide(start);
    progress(`${this.#clock()} low tide; everybody comes again`);
    await this.#all("all_here", "come");
    const samples: Sample[][] = [];
    const until = performance.now() + main;
    const late = until + EXTENSION;
    for (let over = false; !over;) {
      const left = until - performance.now();
      await this.#wait(left > 0 ? Math.min(sampling, left) : sampling);
      samples.push(await this.#sample());
      const counts = total(this.#counts);
      progress(`${this.#clock()} ${describe(samples.at(-1)!, counts)}`);
      const now = performance.now();
      over = now >= late || now >= until && enough?.(counts) !== false;
    }
    await this.#all("all_gone", "leave");
    left.push(...await this.#settled());
    const last = await this.#lowTide(start);
    progress(`${this.#clock()} everybody has gone`);
    return {
      processes: ["server", ...this.#workers.map(({ name }) => name)].map((name, n) => ({
        name,
        start: start[n]!,
        lowTides: [first[n]!, last[n]!],
        samples: samples.map((looks) => looks[n]!),
      })),
      counts: total(this.#counts),
      figures: await figuresAt(this.#metrics),
      faults: this.#faults,
      faultCount: this.#faultCount,
      deliveries: this.#deliveries,
      slowest: this.#slowest,
      left,
    };
  }

  /** Looks at every process, the server first. */
  async #sample(): Promise<Sample[]> {
    const at = performance.now() - this.#started;
    const answers = await Promise.all(
      this.#workers.map((worker) => worker.answer("sample", { kind: "sample" })),
    );
    this.#counts = answers.map(({ state }) => state.counts);
    this.#slowest = Math.max(...answers.map(({ state }) => state.slowest));
    return await Promise.all([
      sampleOfServer(this.#server.program.pid, at, await figuresAt(this.#metrics)),
      ...answers.map(({ state }, n) => sampleOf(this.#workers[n]!.pid, at, state)),
    ]);
  }

  async #all(answer: "all_here" | "all_gone", order: "come" | "leave"): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.answer(answer, { kind: order })));
  }

  /** What the server still knows, some time after everybody has gone. */
  async #settled(): Promise<string[]> {
    const until = performance.now() + SETTLING;
    for (;;) {
      const left = leftIn(await figuresAt(this.#metrics));
      if (left.length === 0 || performance.now() > until) return left;
      await this.#wait(LOOK);
    }
  }

  /** What every process still holds, some time after everybody has gone. */
  async #lowTide(start: readonly Sample[]): Promise<Sample[]> {
    const until = performance.now() + SETTLING;
    for (;;) {
      const samples = await this.#sample();
      const all = samples.every(({ descriptors, timers }, n) =>
        descriptors <= start[n]!.descriptors && (timers ?? 0) <= (start[n]!.timers ?? 0)
      );
      if (all || performance.now() > until) return samples;
      await this.#wait(LOOK);
    }
  }

  #told(told: Told): void {
    switch (told.kind) {
      case "shown":
        return this.#deliveries.shown(told.id, performance.now());
      case "delivered":
        return this.#deliveries.delivered(told.id);
      case "fault":
        this.#faultCount += 1;
        if (this.#faults.length < FAULTS_KEPT) {
          this.#faults.push(told.what);
          this.options.progress(`${this.#clock()} FAULT ${told.what}`);
        }
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  #clock(): string {
    return `${((performance.now() - this.#started) / SECOND).toFixed(1).padStart(6)} s`;
  }
}

/** One line about everything, for who watches. */
function describe(samples: readonly Sample[], counts: Counts): string {
  const megabytes = samples.map(({ resident }) => (resident / 1e6).toFixed(0)).join("+");
  const descriptors = samples.reduce((sum, one) => sum + one.descriptors, 0);
  return `${megabytes} MB, ${descriptors} descriptors, ${counts["people: joins"] ?? 0} joins, ` +
    `${counts["chat: messages acknowledged"] ?? 0} messages, ${counts["calls: answered"] ?? 0} ` +
    `calls, ${counts["music: songs whole"] ?? 0} songs`;
}

import { join } from "node:path";
import type { Count, Load } from "../overlay/flight.ts";
import type { Told } from "../overlay/origin.ts";
import { cpuSeconds } from "../proc.ts";
import { Program } from "../process.ts";
import { TextLineStream } from "../text_lines.ts";
import { denoRun } from "../workbench.ts";

const PROGRAMS = join(import.meta.dirname!, "..", "overlay");

/** What a chain is made of. */
export interface ChainKind {
  readonly name: string;
  /** A program of the folder `overlay`, and what comes before the numbers of a place. */
  readonly program: string;
  readonly args: readonly string[];
}

/** What one load of one chain gave. */
export interface ChainSample extends Count {
  /** Processor time of each process for each message, in microseconds, the origin's first. */
  readonly cpuMicros: readonly number[] | null;
}

/** A chain of processes, each connected to the next: an origin, relays, a destination. */
export class Chain implements AsyncDisposable {
  readonly #encoder = new TextEncoder();
  readonly #lines: AsyncIterator<string>;

  private constructor(
    /** The origin first. */
    readonly programs: readonly Program[],
    readonly origin: Deno.TcpConn,
  ) {
    this.#lines = origin.readable
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream())[Symbol.asyncIterator]();
  }

  /** Starts a chain of so many links and waits until all of it is connected. */
  static async start({ program, args }: ChainKind, links: number): Promise<Chain> {
    const programs: Program[] = [];
    const command = [...denoRun(join(PROGRAMS, program)), ...args];
    try {
      let port: string[] = [];
      for (let place = links; place >= 0; place--) {
        programs.unshift(new Program([...command, String(place), String(links), ...port]));
        port = (await programs[0]!.ports(1)).map(String);
      }
      const origin = await Deno.connect({ hostname: "127.0.0.1", port: Number(port[0]) });
      return new Chain(programs, origin);
    } catch (error) {
      await endAll(programs);
      throw error;
    }
  }

  /**
   * Loads the chain.
   *
   * @throws {Error} where a process of it ended, as it does when a message is lost
   */
  async measure(load: Load): Promise<ChainSample> {
    await this.origin.write(this.#encoder.encode(`${JSON.stringify(load)}\n`));
    await this.#told();
    const before = await this.#cpuSeconds();
    await this.#told();
    const after = await this.#cpuSeconds();
    const count = await this.#told() as Count;
    const cpuMicros = before === null || after === null
      ? null
      : after.map((seconds, place) => (seconds - before[place]!) / count.messages * 1e6);
    return { ...count, cpuMicros };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.origin.close();
    await endAll(this.programs);
  }

  async #told(): Promise<Told> {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error("a process of the chain has ended");
    return JSON.parse(value) as Told;
  }

  async #cpuSeconds(): Promise<number[] | null> {
    const seconds = await Promise.all(this.programs.map(({ pid }) => cpuSeconds(pid)));
    return seconds.every((one) => one !== null) ? seconds : null;
  }
}

async function endAll(programs: readonly Program[]): Promise<void> {
  await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()));
}

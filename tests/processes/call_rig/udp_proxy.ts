import { fileURLToPath } from "node:url";
import { PipedProgram } from "../piped_program.ts";
import { CLEAR, type Impairment } from "./impairment.ts";
import type { RelayPlan, RelayPorts, RelayReport } from "./udp_relay.ts";

const RELAY = fileURLToPath(new URL("udp_relay.ts", import.meta.url));

/** What is between two peers that call each other. */
export interface CallPath {
  readonly toCallee: Impairment;
  readonly toCaller: Impairment;
  /** What is random is the same for the same seed. */
  readonly seed: number;
  /** A file to write what the peers send as a capture. */
  readonly capture?: string;
}

/** A path that does the same to both ways. */
export function symmetricPath(impairment: Partial<Impairment>, seed: number): CallPath {
  const way = { ...CLEAR, ...impairment };
  return { toCallee: way, toCaller: way, seed };
}

/**
 * A lossy network between a caller and a callee on 127.0.0.1. It is a process of its own, so that
 * what a test does besides does not disturb its timers.
 */
export class UdpProxy implements AsyncDisposable {
  private constructor(
    readonly program: PipedProgram,
    readonly ports: RelayPorts,
  ) {}

  /** Starts it in front of a callee. */
  static async start(calleePort: number, path: CallPath): Promise<UdpProxy> {
    const plan: RelayPlan = { ...path, calleePort, capture: path.capture ?? null };
    const permissions = ["--allow-net", "--unstable-net", "--allow-write"];
    const args = ["run", "--no-prompt", ...permissions, RELAY, JSON.stringify(plan)];
    const program = new PipedProgram("UDP relay", Deno.execPath(), args);
    try {
      return new UdpProxy(program, await nextObject<RelayPorts>(program));
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw new Error(`the relay did not start: ${program.errors}`, { cause: error });
    }
  }

  /** What it saw and did so far. */
  async report(): Promise<RelayReport> {
    await this.program.say("report");
    return await nextObject<RelayReport>(this.program);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
  }
}

async function nextObject<T>(program: PipedProgram): Promise<T> {
  const [line] = await program.waitFor(/^\{.*\}(?=\n)/m);
  return JSON.parse(line) as T;
}

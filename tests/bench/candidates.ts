import { formatReplySizes, type ReplySize } from "./baselines/reply_sizes.ts";
import { Program } from "./process.ts";
import type { Workbench } from "./workbench.ts";

/**
 * How connections are used: for many requests, one after the other, for one each, or for one now
 * and then, to which nothing is answered.
 */
export type Kind = "persistent" | "oneshot" | "paced";

/** A server that is running. */
export class Target implements AsyncDisposable {
  constructor(readonly program: Program, readonly port: number) {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.program[Symbol.asyncDispose]();
  }
}

/** A server that can be measured. */
export interface Candidate {
  readonly name: string;
  /** What each connection sends first, answered by one line; in turns. */
  readonly setup: readonly Uint8Array[];
  start(): Promise<Target>;
}

/**
 * The echo programs of this machine, the bare Deno read loop first. They read and write as much as
 * the subject does.
 *
 * @param setup one request, so that their setup is answered as the subject's is
 */
export function baselines(
  bench: Workbench,
  kind: Kind,
  sizes: readonly ReplySize[],
  setup: readonly Uint8Array[],
): Candidate[] {
  return [...bench.baselines].map(([name, argv]) => ({
    name,
    setup,
    start: () => startTarget(bench, [...argv, kind, formatReplySizes(sizes)], 0),
  }));
}

/** The bare Deno read loop alone, which reads and writes as much as the subject does. */
export function bareDeno(...args: Parameters<typeof baselines>): Candidate {
  return baselines(...args)[0]!;
}

/**
 * Starts a server on its core and waits until it says where it listens.
 *
 * @param which which of the ports that it names is wanted, from 0
 */
export async function startTarget(
  bench: Workbench,
  argv: readonly string[],
  which: number,
  cwd?: string,
): Promise<Target> {
  const program = new Program(bench.onServerCore(argv), cwd);
  try {
    const ports = await program.ports(which + 1);
    return new Target(program, ports[which]!);
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

import { PipedProgram } from "../piped_program.ts";
import { peerArgs, programArgs, type ServerPorts } from "../programs.ts";

/** How a peer of a call is started. */
export interface PeerSetup {
  /** Options besides those of every peer: its devices, its log. */
  readonly args: readonly string[];
  /** Besides `--allow-net`. */
  readonly permissions: readonly string[];
  /** Variables besides those of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A peer that can be called. */
export interface CallingPeer {
  readonly name: string;
  readonly program: PipedProgram;
  /** The UDP port that it is registered with. */
  readonly port: number;
}

/**
 * Starts a peer through pipes and resolves when the registry of calls has it.
 *
 * @throws {Error} with what it said, where it is not registered in time
 */
export async function startCallingPeer(
  ports: ServerPorts,
  name: string,
  { args, permissions, environment = {} }: PeerSetup,
): Promise<CallingPeer & AsyncDisposable> {
  const variables = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
  const words = programArgs("peer", peerArgs(ports, name, ...args), {
    permissions: ["--allow-net", ...permissions],
  });
  const program = new PipedProgram(`peer ${name}`, "env", [
    ...variables,
    Deno.execPath(),
    ...words,
  ]);
  try {
    const [, port] = await program.waitFor(/registrado para ligações: UDP \S+:(\d+)\./);
    return {
      name,
      program,
      port: Number(port),
      [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
    };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw new Error(`${name} cannot be called: ${program.errors}`, { cause: error });
  }
}

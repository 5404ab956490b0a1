/**
 * Peers of the overlay as people use them: when one is ready, and what its tables say.
 *
 * @module
 */
import type { PipedProgram } from "./piped_program.ts";
import { type ServerPorts, startPeer } from "./programs.ts";

/** Starts a peer through pipes and resolves when the rendezvous has registered it. */
export async function startOverlayPeer(
  ports: ServerPorts,
  name: string,
  namespace: string,
  ...args: string[]
): Promise<PipedProgram & { readonly port: number }> {
  const program = await startPeer(ports, name, "--namespace", namespace, ...args);
  try {
    await registered(program, `${name}@${namespace}`);
    return program;
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** Resolves when a peer has told its person that it is registered. */
export async function registered(program: PipedProgram, peer: string): Promise<void> {
  await program.waitFor(`Você está registrado como ${peer}`);
}

/** What a peer says of the others, a row a peer: `/peers *`. */
export async function peersShown(program: PipedProgram): Promise<Map<string, string>> {
  await program.say("/peers *");
  const [, count] = await program.waitFor(/^(\d+) outros? peers? em todos os namespaces:\n/m);
  return await rows(program, Number(count));
}

/** What a peer says of its ways, a row a way: `/routes`. */
export async function routesShown(
  program: PipedProgram,
  count: number,
): Promise<Map<string, string>> {
  await program.say("/routes");
  await program.waitFor(/^(?=Destino .*Próximo salto )/m);
  return await rows(program, count);
}

/** Resolves when a peer is connected to all of these, with its whole table of peers. */
export async function connectedTo(
  program: PipedProgram,
  peers: readonly string[],
): Promise<Map<string, string>> {
  // Each question waits for its answer, which the rendezvous has to give.
  for (;;) {
    const shown = await peersShown(program);
    if (peers.every((peer) => CONNECTED.test(shown.get(peer) ?? ""))) return shown;
  }
}

/** How a row of `/peers` says that there is a connection. */
export const CONNECTED = /^\S+ +por você |^\S+ +pelo outro lado /;

/** The rows below a table's header, by their first cell. */
async function rows(program: PipedProgram, count: number): Promise<Map<string, string>> {
  const [table] = await program.waitFor(new RegExp(`^(?:.*\\n){${count + 1}}`));
  const lines = table.trimEnd().split("\n").slice(1);
  return new Map(lines.map((line) => [line.split(" ")[0]!, line]));
}

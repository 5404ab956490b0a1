import { programArgs, type ServerPorts } from "../../processes/programs.ts";
import { PipedProgram } from "../../processes/piped_program.ts";
import type { Place } from "./link.ts";

/** A server that was started in a place. */
export interface PlacedServer extends ServerPorts, AsyncDisposable {
  readonly host: string;
}

/** Starts a program in a place. */
export function startAt({ prefix }: Place, name: string, words: readonly string[]): PipedProgram {
  const [command, ...args] = [...prefix, ...words];
  return new PipedProgram(name, command!, args);
}

/** Starts the server in a place and resolves when it listens. */
export async function startServerAt(place: Place): Promise<PlacedServer> {
  const args = ["--host", place.host, "--chat-port", "0", "--registry-port", "0", "--lang", "pt"];
  const words = [Deno.execPath(), ...programArgs("server", args)];
  const program = startAt(place, "server", words);
  try {
    const [, chat] = await program.waitFor(/^Chat direto: TCP \S+:(\d+)$/m);
    const [, registry] = await program.waitFor(/^Registro: TCP \S+:(\d+)$/m);
    return {
      host: place.host,
      chatPort: Number(chat),
      registryPort: Number(registry),
      [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
    };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts a peer in a place, with files for devices, and resolves when it is welcome. */
export async function startPeerAt(
  place: Place,
  server: PlacedServer,
  name: string,
  more: readonly string[],
): Promise<PipedProgram> {
  const { host, chatPort, registryPort } = server;
  const ports = ["--chat-port", String(chatPort), "--registry-port", String(registryPort)];
  const own = ["--call-port", "0", "--music-port", "0", "--name", name, "--lang", "pt", "--quiet"];
  const args = ["--server", host, ...ports, ...own, ...more];
  const permissions = ["--allow-net", "--allow-read", "--allow-write"];
  const words = [Deno.execPath(), ...programArgs("peer", args, { permissions })];
  const program = startAt(place, name, words);
  try {
    await program.waitFor("Para sair: /exit\n");
    return program;
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * The two programs as people start them: from the sources, with no permission but the promised
 * `--allow-net`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { inTime } from "./output_watch.ts";
import { type Ended, PipedProgram } from "./piped_program.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

/** Which of the two. */
export type ProgramName = "server" | "peer";

/** What the README promises that the programs need. */
const PROMISED = ["--allow-net"];
const WIDE = { columns: 110, rows: 30 };

/** What to start a program with besides its own options. */
export interface StartOptions {
  /** Instead of `--allow-net`. */
  readonly permissions?: readonly string[];
  /** Variables of its environment besides those of the test. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The words to start a program with, behind the name of the Deno binary. */
export function programArgs(
  program: ProgramName,
  args: readonly string[],
  { permissions = PROMISED }: StartOptions = {},
): string[] {
  const main = fileURLToPath(new URL(`../../main_${program}.ts`, import.meta.url));
  return ["run", "--no-prompt", ...permissions, main, ...args];
}

/** Starts a program with pipes at its three streams. */
export function startPiped(
  program: ProgramName,
  args: readonly string[],
  options?: StartOptions,
): PipedProgram {
  const name = `${program} ${args.join(" ")}`;
  const words = programArgs(program, args, options);
  return new PipedProgram(name, Deno.execPath(), words, options?.environment);
}

/** Starts a program with pipes and resolves when it has ended by itself. */
export async function runPiped(
  program: ProgramName,
  args: readonly string[],
  options?: StartOptions,
): Promise<Ended> {
  await using running = startPiped(program, args, options);
  return await running.ended();
}

/** Starts a program under a pseudo-terminal. */
export function startAtTerminal(
  program: ProgramName,
  args: readonly string[],
  size: { readonly columns: number; readonly rows: number } = WIDE,
): Promise<VirtualTerminal> {
  return VirtualTerminal.start({
    command: Deno.execPath(),
    args: programArgs(program, args),
    ...size,
  });
}

/**
 * Resolves when so many users are in the registry of calls: a peer that has welcomed its person may
 * still be about to register there. Takes what the server printed before that with it.
 */
export async function canBeCalled(server: RunningServer, users: number): Promise<void> {
  await server.program.waitFor(`Ligações de voz, ${users} usuários ativos:\n`);
}

/** The ports of a server on 127.0.0.1. */
export interface ServerPorts {
  readonly chatPort: number;
  readonly registryPort: number;
}

/** A server that listens on 127.0.0.1 and speaks Portuguese. */
export interface RunningServer extends ServerPorts, AsyncDisposable {
  readonly program: PipedProgram;
}

/** Starts a server, on free ports unless others are given, and resolves when it listens. */
export async function startServer(
  args: readonly string[] = [],
  { chatPort = 0, registryPort = 0, ...options }: StartOptions & Partial<ServerPorts> = {},
): Promise<RunningServer> {
  const all = ["--host", "127.0.0.1", ...portArgs({ chatPort, registryPort }), "--lang", "pt"]
    .concat(args);
  const program = startPiped("server", all, options);
  try {
    const [, chat] = await program.waitFor(/^Chat direto: TCP 127\.0\.0\.1:(\d+)$/m);
    const [, registry] = await program.waitFor(/^Registro: TCP 127\.0\.0\.1:(\d+)$/m);
    await program.waitFor("Ctrl-C encerra o servidor.\n");
    return {
      program,
      chatPort: Number(chat),
      registryPort: Number(registry),
      [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
    };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw new Error(`the server did not start: ${program.errors}`, { cause: error });
  }
}

/**
 * The options of a peer, in Portuguese, for a server on 127.0.0.1: on any port for calls, and without
 * the messages of the registry between the lines.
 */
export function peerArgs(ports: ServerPorts, name: string | null, ...more: string[]): string[] {
  const named = name === null ? [] : ["--name", name];
  const calls = ["--call-port", "0", "--music-port", "0", "--quiet"];
  return ["--server", "127.0.0.1", ...portArgs(ports), "--lang", "pt"].concat(calls, named, more);
}

/** The options that name a server's ports. */
export function portArgs({ chatPort, registryPort }: ServerPorts): string[] {
  return ["--chat-port", String(chatPort), "--registry-port", String(registryPort)];
}

/** A screen whose welcome is complete and whose prompt is there. */
export const WELCOMED = /Para sair: \/exit\n(.*\n)*>$/m;

/** The welcome's line about the port, when the peer is registered. */
export const LISTENING = /Os outros chegam até você pela porta (\d+)\./;

/** Starts a peer through pipes and resolves when it is registered and has welcomed the person. */
export async function startPeer(
  server: ServerPorts,
  name: string,
  ...args: string[]
): Promise<PipedProgram & { readonly port: number }> {
  const program = startPiped("peer", peerArgs(server, name, ...args));
  try {
    const [, port] = await program.waitFor(LISTENING);
    await program.waitFor("Para sair: /exit\n");
    return Object.assign(program, { port: Number(port) });
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts a peer at a terminal and resolves when it is registered and has welcomed the person. */
export async function startPeerAtTerminal(
  server: ServerPorts,
  name: string,
  { size, args = [] }: {
    readonly size?: { readonly columns: number; readonly rows: number };
    readonly args?: readonly string[];
  } = {},
): Promise<VirtualTerminal & { readonly port: number }> {
  const terminal = await startAtTerminal("peer", peerArgs(server, name, ...args), size);
  try {
    await terminal.waitFor(WELCOMED);
    return Object.assign(terminal, { port: portShown(terminal) });
  } catch (error) {
    await terminal[Symbol.asyncDispose]();
    throw error;
  }
}

/** The port that a welcome on a screen names. */
export function portShown(terminal: VirtualTerminal): number {
  return Number(LISTENING.exec(terminal.text)?.[1]);
}

/** Resolves when the last row of a screen is this prompt with nothing typed behind it. */
export function promptOf(terminal: VirtualTerminal, prompt: string): Promise<void> {
  return terminal.waitFor(({ text }) => text.trimEnd().endsWith(`\n${prompt}`));
}

/** Types a line and presses Enter. */
export function enter(terminal: VirtualTerminal, line: string): void {
  terminal.type(line);
  terminal.press("enter");
}

/** The exit code of a program at a terminal, which has to end by itself. */
export function exitCode(terminal: VirtualTerminal): Promise<number> {
  return inTime(terminal.exit, "the program at the terminal does not end");
}

/** A port that was free a moment ago. Whoever asks for it has to live with the next one. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

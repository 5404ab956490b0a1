/**
 * Where five people are of whom two cannot reach each other: Ana and Bruno, in UnB.
 *
 * @module
 */
import { NamespaceLab } from "./overlay_namespaces.ts";
import { registered, startOverlayPeer } from "./overlay_programs.ts";
import type { PipedProgram } from "./piped_program.ts";
import { portArgs, startServer } from "./programs.ts";
import { WireTap } from "./wire_tap.ts";

/** The five and their namespaces. */
export const PEOPLE = { Ana: "UnB", Bruno: "UnB", Camila: "UnB", Rui: "Giga", Rita: "Giga" };

/** One of the five. */
export type Person = keyof typeof PEOPLE;

/** A server, and a place for each of the five to start a peer in. */
export interface Stage extends AsyncDisposable {
  readonly server: PipedProgram;
  /** Starts somebody's peer and resolves when it is registered. */
  start(person: Person): Promise<PipedProgram>;
}

/** Nobody listens there: it takes an administrator, and is of no use to one. */
const DEAD_PORT = 1;

/**
 * On 127.0.0.1: the rendezvous tells everyone wrong ports for Ana and Bruno, so that these two can
 * connect to others, but nobody to them.
 */
export async function misleadingRendezvous(): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const { program: server, chatPort, registryPort } = stack.use(await startServer());
  const tap = stack.use(
    new WireTap({
      port: registryPort,
      change: (reply) =>
        reply.replace(/"port":\d+(?=,"name":"(?:Ana|Bruno)")/g, `"port":${DEAD_PORT}`),
    }),
  );
  return {
    server,
    start: (person) =>
      startOverlayPeer({ chatPort, registryPort: tap.port }, person, PEOPLE[person]),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** In network namespaces, with no way between Ana's and Bruno's; null where none can be made. */
export async function separateNetworks(): Promise<Stage | null> {
  const lab = await NamespaceLab.open({
    Ana: "apart",
    Bruno: "apart",
    Camila: "open",
    Rui: "open",
    Rita: "open",
  });
  if (lab === null) return null;
  const stack = new AsyncDisposableStack();
  stack.use(lab);
  const ports = { chatPort: 10000, registryPort: 5000 };
  const server = stack.use(
    lab.start(null, "server", ["--host", lab.hub, ...portArgs(ports), "--lang", "pt"]),
  );
  await server.waitFor("Ctrl-C encerra o servidor.\n");
  return {
    server,
    start: async (person) => {
      const namespace = PEOPLE[person];
      const program = stack.use(lab.start(
        person,
        "peer",
        ["--server", lab.hub, ...portArgs(ports), "--lang", "pt", "--quiet", "--name", person]
          .concat(["--namespace", namespace]),
      ));
      await registered(program, `${person}@${namespace}`);
      return program;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

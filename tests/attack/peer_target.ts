import { PATIENCE } from "../processes/output_watch.ts";
import { ScriptedNeighbour } from "../processes/overlay_neighbour.ts";
import type { PipedProgram } from "../processes/piped_program.ts";
import {
  LISTENING,
  peerArgs,
  type RunningServer,
  startPiped,
  startServer,
} from "../processes/programs.ts";
import { RawClient } from "../processes/raw_client.ts";
import { noise } from "../runtime/music/library/tagged_files.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import type { Target } from "./attack.ts";
import { RequestLoop } from "./request_loop.ts";

/** Who is attacked, and who writes to her all the while. */
const NAME = "Bia";
export const HONEST_NAME = "Honesta";
/** The address of the honest user; attackers come from others of 127.0.0.0/8. */
const HONEST_IP = "127.0.0.2";
const SILENT = ["--mic", "none", "--speaker", "none"];
const LONG_AGO = new Date(2020, 0, 1);
/** Bytes of the song that is shared. */
const SONG_BYTES = 300_000;
/** How often a program's output is looked at, in milliseconds. */
const LOOK = 10;

/** The rows of `/metrics` that say what was dropped, by a word for each. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ["connections refused", "Conexões acima do limite"],
  ["chat dropped", "Chat: contra o protocolo"],
  ["calls dropped malformed", "Ligações: não é mensagem"],
  ["calls dropped foreign", "Ligações: de endereço alheio"],
  ["calls dropped unasked", "Ligações: de nenhuma ligação"],
  ["calls refused busy", "Ligações: recusadas, ocupado"],
  ["calls dropped flooded", "Ligações: não tocaram, demais"],
  ["calls dropped withheld", "Ligações: sem resposta, longa demais"],
  ["music dropped", "Música: não é para nós"],
  ["overlay dropped too_long", "Descartadas: longas demais"],
  ["overlay dropped format", "Descartadas: não são mensagens"],
  ["overlay dropped quota", "Descartadas: acima da cota de um vizinho"],
  ["overlay dropped unauthorized", "Descartadas: antes da saudação"],
  ["overlay refused connections", "Conexões recusadas"],
]);

/** Where the attacked peer is reached on 127.0.0.1. */
export interface PeerPorts {
  /** TCP: chat and the overlay. */
  readonly port: number;
  readonly callPort: number;
  readonly musicPort: number;
  /** The id of the song that it shares. */
  readonly song: string;
}

/**
 * A `peer` process, and an honest user who writes to its person in a chat, sees that it is shown,
 * and asks it for PONGs as its neighbour.
 */
export class PeerTarget implements Target {
  readonly #resources: AsyncDisposableStack;

  private constructor(
    resources: AsyncDisposableStack,
    readonly peer: PipedProgram,
    readonly at: PeerPorts,
    readonly honest: RequestLoop,
  ) {
    this.#resources = resources;
  }

  /** Starts a server, the peer and the honest user. */
  static async open(): Promise<PeerTarget> {
    await using resources = new AsyncDisposableStack();
    const server = resources.use(await startServer());
    const folder = resources.use(await TemporaryFolder.make());
    const song = await folder.write("coro.mp3", noise(SONG_BYTES, 1));
    // Whoever shares it waits until a file is not just being written.
    await Deno.utime(song, LONG_AGO, LONG_AGO);
    const peer = resources.use(
      startPiped("peer", peerArgs(server, NAME, "--share", folder.path, ...SILENT), {
        permissions: ["--allow-net", "--allow-read"],
      }),
    );
    const [, port] = await peer.waitFor(LISTENING);
    await peer.waitFor("Os outros podem encontrar 1 música sua");
    const neighbour = resources.use(
      await ScriptedNeighbour.join(Number(port), `${HONEST_NAME}@geral`),
    );
    const registered = resources.use(await RawClient.connect(server.chatPort, HONEST_IP));
    registered.send(`USER ${HONEST_NAME}:20100\r\nLIST\r\n`);
    await registered.waitFor(`LIST ${NAME}\r\n`);
    // Its lease has to last as long as a person cares to attack.
    const keeping = setInterval(() => registered.send("KEEP\r\n"), 5000);
    resources.defer(() => clearInterval(keeping));
    const chat = resources.use(await RawClient.connect(Number(port), HONEST_IP));
    chat.send(`USER ${HONEST_NAME}\r\n`);
    await peer.waitFor(`Conectado a ${HONEST_NAME} (confirmado)`);
    let texts = 0;
    const honest = resources.use(
      new RequestLoop([
        () => neighbour.settled(),
        async () => {
          const text = `texto número ${++texts}.`;
          chat.send(`${text}\r\n`);
          await peer.waitFor(`${HONEST_NAME}: ${text}\n`);
        },
      ]),
    );
    const services = await servicesOf(server);
    return new PeerTarget(resources.move(), peer, { port: Number(port), ...services }, honest);
  }

  get pid(): number {
    return this.peer.pid;
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    const from = this.peer.output.length;
    await this.peer.say("/metrics");
    // The honest user waits for the same output, so that this one only looks.
    await this.until((output) => output.includes(COUNTED.get("music dropped")!), from);
    const table = this.peer.output.slice(from);
    return new Map(
      [...COUNTED].map(([word, row]) => {
        const value = new RegExp(`${RegExp.escape(row)} +(\\d+)`).exec(table)?.[1];
        return [word, Number(value)];
      }),
    );
  }

  /** Resolves when something holds of the peer's output from a place on. */
  async until(holds: (output: string) => boolean, from = 0): Promise<void> {
    const latest = performance.now() + PATIENCE;
    while (!holds(this.peer.output.slice(from))) {
      if (performance.now() > latest) throw new Error(`never: ${holds}\n${this.peer.output}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

/** Where the one peer that is registered with a server takes calls, and what it shares. */
async function servicesOf({ registryPort }: RunningServer): Promise<Omit<PeerPorts, "port">> {
  const ask = async (request: unknown, wanted: RegExp): Promise<RegExpExecArray> => {
    for (const latest = performance.now() + PATIENCE;;) {
      await using client = await RawClient.connect(registryPort);
      client.send(`${JSON.stringify(request)}\n`);
      const [line] = await client.waitFor(/.*\n/);
      const found = wanted.exec(line);
      if (found !== null) return found;
      if (performance.now() > latest) throw new Error(`not registered: ${line}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  };
  const [, call] = await ask({ type: "consulta", nome: NAME }, /"porta":(\d+)/);
  const node = /"port":(\d+),"files":\[\{"id":"(\w+)"/;
  const [, music, song] = await ask({ type: "NODE_LIST", query: "" }, node);
  return { callPort: Number(call), musicPort: Number(music), song: song! };
}

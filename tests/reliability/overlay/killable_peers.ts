import { inTime } from "../../processes/output_watch.ts";
import { startOverlayPeer } from "../../processes/overlay_programs.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { type ServerPorts, startServer } from "../../processes/programs.ts";
import { type HoldPoint, WireTap } from "../../processes/wire_tap.ts";

/** Nobody listens there: it takes an administrator, and is of no use to one. */
const DEAD_PORT = 1;

/** A peer that others reach through a tap, and that is killed and started again behind it. */
export interface KillablePeer {
  readonly id: string;
  readonly tap: WireTap;
  program: PipedProgram & { readonly port: number };
}

/**
 * Peers on 127.0.0.1 and their rendezvous, which tells everyone the port of a tap instead of a peer's
 * own; of those who can only dial out, it tells a port where nobody is.
 */
export class KillablePeers implements AsyncDisposable {
  readonly peers = new Map<string, KillablePeer>();

  private constructor(
    readonly stack: AsyncDisposableStack,
    readonly ports: ServerPorts,
    readonly told: Map<string, number>,
  ) {}

  static async open(): Promise<KillablePeers> {
    const stack = new AsyncDisposableStack();
    const { chatPort, registryPort } = stack.use(await startServer(["--quiet"]));
    const told = new Map<string, number>();
    const rendezvous = stack.use(
      new WireTap({
        port: registryPort,
        change: (reply) =>
          reply.replace(
            /"port":\d+,"name":"(\w+)"/g,
            (_, name) => `"port":${told.get(name) ?? DEAD_PORT},"name":"${name}"`,
          ),
      }),
    );
    return new KillablePeers(stack, { chatPort, registryPort: rendezvous.port }, told);
  }

  /** Starts one who can only dial out. */
  async outbound(name: string): Promise<PipedProgram> {
    return this.stack.use(await startOverlayPeer(this.ports, name, "UnB"));
  }

  /** Starts one whom others can reach. */
  async reachable(name: string): Promise<KillablePeer> {
    const program = await this.#start(name);
    const tap = this.stack.use(new WireTap({ port: () => peer.program.port }));
    const peer: KillablePeer = { id: `${name}@Giga`, tap, program };
    this.peers.set(peer.id, peer);
    this.told.set(name, tap.port);
    return peer;
  }

  /** Starts one again that was killed. */
  async again(peer: KillablePeer): Promise<void> {
    peer.program = await this.#start(peer.id.split("@")[0]!);
    peer.tap.again();
    this.peers.set(peer.id, peer);
  }

  /** Does something, and kills the peer behind whose tap this line is the first to come. */
  async killAt(point: HoldPoint, does: () => Promise<void>): Promise<KillablePeer> {
    const holds = [...this.peers.values()].map((peer) => ({ peer, hold: peer.tap.hold(point) }));
    await does();
    const first = Promise.race(
      holds.map(({ peer, hold }) => hold.reached.then(() => ({ peer, hold }))),
    );
    const { peer, hold } = await inTime(first, `no ${point.line} came`);
    await peer.tap.away();
    peer.program.kill("SIGKILL");
    await peer.program.ended();
    this.peers.delete(peer.id);
    hold.cut();
    for (const other of holds) other.hold.release();
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stack.disposeAsync();
  }

  async #start(name: string): Promise<KillablePeer["program"]> {
    return this.stack.use(await startOverlayPeer(this.ports, name, "Giga"));
  }
}

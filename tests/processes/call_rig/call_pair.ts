import { type ServerPorts, startServer } from "../programs.ts";
import { type CallingPeer, type PeerSetup, startCallingPeer } from "./calling_peer.ts";
import { treeCpuSeconds } from "./cpu_time.ts";
import { RegistryProxy } from "./registry_proxy.ts";
import { type CallPath, UdpProxy } from "./udp_proxy.ts";

/** Which of the two of a call. */
export type Side = "caller" | "callee";

/** One thing for each of the two. */
export type Both<T> = Readonly<Record<Side, T>>;

/** The other one of a call. */
export function otherOf(side: Side): Side {
  return side === "caller" ? "callee" : "caller";
}

/** How a call ended for one of its peers, and what it cost. */
export interface EndedCall {
  /** How long it was, as the person reads it. */
  readonly told: string;
  /** Processor time while it was connected, in seconds; null where the machine does not tell. */
  readonly cpu: number | null;
  /** How long it was connected, in seconds. */
  readonly duration: number;
}

/**
 * A server and two peers of its that can call each other. Through a path only the caller's calls
 * go: it alone is told another port of the callee.
 */
export class CallPair implements AsyncDisposable {
  readonly #resources: AsyncDisposableStack;
  #connectedAt = 0;
  #cpuBefore: Both<number | null> = { caller: null, callee: null };

  private constructor(
    resources: AsyncDisposableStack,
    readonly peers: Both<CallingPeer>,
    readonly proxy: UdpProxy | null,
  ) {
    this.#resources = resources;
  }

  /**
   * Starts all of it and resolves when both peers can be called.
   *
   * @param path what is between the two; null: they speak to each other directly
   */
  static async start(setups: Both<PeerSetup>, path: CallPath | null): Promise<CallPair> {
    await using resources = new AsyncDisposableStack();
    const server = resources.use(await startServer());
    const callee = resources.use(await startCallingPeer(server, "Bia", setups.callee));
    let proxy: UdpProxy | null = null;
    let ports: ServerPorts = server;
    if (path !== null) {
      proxy = resources.use(await UdpProxy.start(callee.port, path));
      const moved = { name: callee.name, port: proxy.ports.forCaller };
      const registry = resources.use(new RegistryProxy(server.registryPort, moved));
      ports = { chatPort: server.chatPort, registryPort: registry.port };
    }
    const caller = resources.use(await startCallingPeer(ports, "Ana", setups.caller));
    return new CallPair(resources.move(), { caller, callee }, proxy);
  }

  /** One calls the other, who answers; resolves when both know that they are connected. */
  async connect(calling: Side = "caller"): Promise<void> {
    const near = this.peers[calling];
    const far = this.peers[otherOf(calling)];
    await near.program.say(`/call ${far.name}`);
    await far.program.waitFor(`${near.name} está ligando para você`);
    await far.program.say("/accept");
    await far.program.waitFor(`Você está em ligação com ${near.name}`);
    await near.program.waitFor(`${far.name} atendeu`);
    this.#connectedAt = performance.now();
    this.#cpuBefore = await this.#cpu();
  }

  /** One hangs up; resolves when both were told, with what the call was for each. */
  async hangUp(hanging: Side = "caller"): Promise<Both<EndedCall>> {
    const duration = (performance.now() - this.#connectedAt) / 1000;
    const cpuAfter = await this.#cpu();
    const near = this.peers[hanging];
    const far = this.peers[otherOf(hanging)];
    await near.program.say("/hangup");
    const [, toldNear] = await near.program.waitFor(
      new RegExp(`Você desligou\\. A ligação com ${far.name} durou (\\S+)\\.\n`),
    );
    const [, toldFar] = await far.program.waitFor(
      new RegExp(`${near.name} desligou\\. A ligação durou (\\S+)\\.\n`),
    );
    const ended = (side: Side): EndedCall => {
      const [from, to] = [this.#cpuBefore[side], cpuAfter[side]];
      const cpu = from === null || to === null ? null : to - from;
      return { told: side === hanging ? toldNear! : toldFar!, duration, cpu };
    };
    return { caller: ended("caller"), callee: ended("callee") };
  }

  /**
   * Both leave; resolves when their programs have ended by themselves.
   *
   * @throws {Error} with what it said, where one of them fails
   */
  async exit(): Promise<void> {
    for (const { name, program } of Object.values(this.peers)) {
      await program.say("/exit");
      const { code, errors } = await program.ended();
      if (code !== 0) throw new Error(`${name} ended with ${code}: ${errors}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  async #cpu(): Promise<Both<number | null>> {
    return {
      caller: await treeCpuSeconds(this.peers.caller.program.pid),
      callee: await treeCpuSeconds(this.peers.callee.program.pid),
    };
  }
}

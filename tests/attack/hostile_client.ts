import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers";

/** Where a hostile client comes from, and whether it takes what it is sent. */
export interface Hostility {
  readonly from?: string;
  readonly host?: string;
  /** False: nothing is ever read, so that the other side's send queue fills. */
  readonly reads?: boolean;
}

/** A TCP client that sends as much as it can and drops what it reads. */
export class HostileClient implements AsyncDisposable {
  /** Bytes that were read. */
  received = 0;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  #open = true;
  #pouring = false;

  private constructor(readonly socket: Socket, reads: boolean) {
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.#open = false;
        resolve();
      });
    });
    socket.on("error", () => {});
    // Who pours goes on after the other side has said that it is done, until it is cut off.
    socket.on("end", () => this.#pouring || socket.end());
    if (reads) socket.on("data", (bytes: Buffer) => this.received += bytes.length);
  }

  /**
   * Connects to a port.
   *
   * @throws {Error} where that fails, as it may for an attacker
   */
  static async connect(
    port: number,
    { from = "127.0.0.1", host = "127.0.0.1", reads = true }: Hostility = {},
  ): Promise<HostileClient> {
    const socket = connect({ host, port, localAddress: from, allowHalfOpen: true });
    await once(socket, "connect");
    return new HostileClient(socket, reads);
  }

  /** Whether nobody has ended it. */
  get open(): boolean {
    return this.#open;
  }

  /** Sends something once. */
  send(what: string | Uint8Array): void {
    this.socket.write(what);
  }

  /**
   * Sends the same again and again, as fast as it is taken, until the connection or the time ends.
   *
   * @returns how often
   */
  async pour(what: string | Uint8Array, end: AbortSignal): Promise<number> {
    let times = 0;
    this.#pouring = true;
    const over = new Promise<"over">((resolve) => {
      if (end.aborted) resolve("over");
      else end.addEventListener("abort", () => resolve("over"), { once: true });
    });
    while (this.#open && !end.aborted) {
      const taken = new Promise<"taken" | "broken">((resolve) =>
        this.socket.write(what, (error) => resolve(error ? "broken" : "taken"))
      );
      if (await Promise.race([taken, this.closed, over]) !== "taken") break;
      times += 1;
      // A write that is taken at once must not keep timers and other clients from their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#pouring = false;
    if (this.socket.readableEnded) this.socket.end();
    return times;
  }

  /** Ends it without a word. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }
}

/** So many clients at once; disposing ends them all. */
export class HostileCrowd implements AsyncDisposable {
  private constructor(readonly clients: readonly HostileClient[]) {}

  static async connect(
    count: number,
    port: number,
    hostility: (index: number) => Hostility = () => ({}),
  ): Promise<HostileCrowd> {
    const made = Array.from(
      { length: count },
      (_, index) => HostileClient.connect(port, hostility(index)),
    );
    return new HostileCrowd(await Promise.all(made));
  }

  /** Resolves when the other side has ended all of them. */
  async closed(): Promise<void> {
    await Promise.all(this.clients.map(({ closed }) => closed));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.clients.map((client) => client[Symbol.asyncDispose]()));
  }
}

import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { inTime, OutputWatch } from "./output_watch.ts";

/** A TCP client that sends what it is told to, byte for byte, and collects what comes. */
export class RawClient implements AsyncDisposable {
  readonly #came = new OutputWatch("raw client");
  readonly #closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#came.add(text));
    socket.on("error", () => {});
    this.#closed = new Promise((resolve) => socket.once("close", resolve))
      .then(() => this.#came.end());
  }

  /** Connects to a port of 127.0.0.1, from 127.0.0.1 or another address of the same machine. */
  static async connect(port: number, from = "127.0.0.1", host = "127.0.0.1"): Promise<RawClient> {
    const socket = connect({ host, port, localAddress: from });
    await once(socket, "connect");
    return new RawClient(socket);
  }

  /** Everything that came. */
  get came(): string {
    return this.#came.text;
  }

  /** Sends in one segment. */
  send(what: string | Uint8Array): void {
    this.socket.write(what);
  }

  /** Resolves when `wanted` came behind what was last waited for. */
  waitFor(wanted: string | RegExp): Promise<RegExpExecArray> {
    return this.#came.next(wanted);
  }

  /** Resolves when the other side has closed. */
  async closed(): Promise<void> {
    await inTime(this.#closed, `the connection is not closed\n${this.came}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.#closed;
  }
}

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { inTime, OutputWatch } from "./output_watch.ts";

/** A JSON object as it is on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

/** Every feature that there is. */
export const ALL_FEATURES = ["relay", "ack", "who_has", "metrics"];

/**
 * A neighbour by somebody else: it says what it is told to over a raw socket, and knows nothing of
 * this project's messages.
 */
export class ScriptedNeighbour implements AsyncDisposable {
  readonly #came: OutputWatch;
  readonly #closed: Promise<unknown>;

  constructor(readonly socket: Socket, readonly peer: string) {
    this.#came = new OutputWatch(peer);
    socket.setEncoding("utf8").setNoDelay(true);
    socket.on("data", (text: string) => this.#came.add(text));
    socket.on("error", () => {});
    this.#closed = once(socket, "close").then(() => this.#came.end());
  }

  /** Connects to a peer's port and says nothing yet. */
  static async connect(port: number, peer = "?"): Promise<ScriptedNeighbour> {
    const socket = connect({ host: "127.0.0.1", port });
    await once(socket, "connect");
    return new ScriptedNeighbour(socket, peer);
  }

  /** Connects, says HELLO and waits for the answer. */
  static async join(
    port: number,
    peer: string,
    features: readonly string[] = ALL_FEATURES,
  ): Promise<ScriptedNeighbour> {
    const neighbour = await ScriptedNeighbour.connect(port, peer);
    neighbour.say({ type: "HELLO", peer_id: peer, version: "1.0", features, ttl: 1 });
    await neighbour.next("HELLO_OK");
    return neighbour;
  }

  /** Everything that came. */
  get came(): string {
    return this.#came.text;
  }

  /** Sends a message. */
  say(message: Fields): void {
    this.raw(JSON.stringify(message) + "\n");
  }

  /** Sends in one segment. */
  raw(text: string): void {
    this.socket.write(text);
  }

  /** Sends each character in a write of its own. */
  async dribble(text: string): Promise<void> {
    for (const character of text) {
      await new Promise((resolve) => this.socket.write(character, resolve));
    }
  }

  /** The next line with a message of this type, behind the last one that was waited for. */
  async nextLine(type: string): Promise<string> {
    const [, line] = await this.#came.next(new RegExp(`^(.*"type": ?"${type}".*)\\n`, "m"));
    return line!;
  }

  /** {@link nextLine}, read. */
  async next(type: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.nextLine(type));
  }

  /** Asks for a sign that everything said before was dealt with. */
  async settled(): Promise<void> {
    const msg_id = crypto.randomUUID();
    this.say({ type: "PING", msg_id, timestamp: "", ttl: 1 });
    for (;;) if ((await this.next("PONG")).msg_id === msg_id) return;
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

/** A port of 127.0.0.1 where such a neighbour waits to be connected to, once. */
export class WaitingNeighbour implements AsyncDisposable {
  readonly #server = createServer();
  readonly #caller = Promise.withResolvers<ScriptedNeighbour>();

  private constructor(peer: string) {
    this.#server.once("connection", (socket) => {
      this.#caller.resolve(new ScriptedNeighbour(socket, peer));
    });
  }

  static async listen(peer: string): Promise<WaitingNeighbour> {
    const waiting = new WaitingNeighbour(peer);
    waiting.#server.listen(0, "127.0.0.1");
    await once(waiting.#server, "listening");
    return waiting;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connection, as soon as somebody made it. */
  connected(): Promise<ScriptedNeighbour> {
    return inTime(this.#caller.promise, "nobody connects");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

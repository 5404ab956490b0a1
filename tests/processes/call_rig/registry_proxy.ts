import { LineDecoder } from "../../../lib/wire/line_decoder.ts";

const HOST = "127.0.0.1";
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Between a peer and the server's registry port: what the registry of calls says of one name has
 * another port in it, every other line passes as it is.
 */
export class RegistryProxy implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: HOST, port: 0 });
  readonly #connections = new Set<Deno.TcpConn>();
  readonly #relaying: Promise<void>[] = [];
  readonly #accepting: Promise<void>;

  /**
   * @param registryPort of the real server
   * @param moved whose port is told as which
   */
  constructor(
    readonly registryPort: number,
    readonly moved: { readonly name: string; readonly port: number },
  ) {
    this.#accepting = this.#accept();
  }

  /** Where it listens. */
  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    for (const conn of this.#connections) conn.close();
    await Promise.all(this.#relaying);
  }

  async #accept(): Promise<void> {
    for await (const near of this.#listener) {
      this.#relaying.push(this.#connect(near));
    }
  }

  async #connect(near: Deno.TcpConn): Promise<void> {
    try {
      const far = await Deno.connect({ hostname: HOST, port: this.registryPort });
      await this.#relay(near, far);
    } catch {
      // The server is away, and so are we.
      near.close();
    }
  }

  async #relay(near: Deno.TcpConn, far: Deno.TcpConn): Promise<void> {
    for (const conn of [near, far]) {
      conn.setNoDelay(true);
      this.#connections.add(conn);
    }
    await Promise.all([copied(near, far, (bytes) => bytes), copied(far, near, this.#rewriter())]);
    for (const conn of [near, far]) if (this.#connections.delete(conn)) conn.close();
  }

  #rewriter(): (bytes: Uint8Array) => Uint8Array {
    const lines = new LineDecoder();
    return (bytes) => {
      let text = "";
      for (const line of lines.push(bytes)) {
        if (line.kind === "line") text += withMovedPort(decoder.decode(line.bytes), this.moved);
      }
      return encoder.encode(text);
    };
  }
}

/** A line of the registry with its end, the port of one name another. */
export function withMovedPort(
  line: string,
  { name, port }: { readonly name: string; readonly port: number },
): string {
  if (!line.includes("consulta_ok")) return `${line}\n`;
  const reply = JSON.parse(line);
  return `${JSON.stringify(reply.nome === name ? { ...reply, porta: port } : reply)}\n`;
}

/** Copies one direction to its end. What broke a connection is seen by those at its ends. */
async function copied(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  change: (bytes: Uint8Array) => Uint8Array,
): Promise<void> {
  const buffer = new Uint8Array(16 * 1024);
  try {
    for (;;) {
      const count = await from.read(buffer);
      if (count === null) break;
      let rest = change(buffer.subarray(0, count));
      while (rest.length > 0) rest = rest.subarray(await to.write(rest));
    }
    await to.closeWrite();
  } catch {
    // Either side has ended.
  }
}

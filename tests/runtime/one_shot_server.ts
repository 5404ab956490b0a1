/** What a {@link OneShotServer} does with a request: bytes to answer with, or nothing at all. */
export type Answer = (
  request: string,
) => string | Uint8Array | null | Promise<string | Uint8Array | null>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A service that reads one line, answers, and closes where there was an answer. */
export class OneShotServer implements AsyncDisposable {
  /** Requests so far, without their terminators. */
  readonly requests: string[] = [];
  /** Connections that were ended by the other side. */
  ended = 0;
  readonly #listener: Deno.TcpListener;
  readonly #serving = new Set<Promise<void>>();
  readonly #accepting: Promise<void>;

  /** @param hostname its address, which is one of the loopback */
  constructor(readonly answer: Answer, readonly hostname = "127.0.0.1") {
    this.#listener = Deno.listen({ hostname, port: 0 });
    this.#accepting = this.#accept();
  }

  /** Where it is, as those who ask want it. */
  get address(): { readonly host: string; readonly port: number } {
    return { host: this.hostname, port: this.#listener.addr.port };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    await Promise.all(this.#serving);
  }

  async #accept(): Promise<void> {
    for await (const conn of this.#listener) this.#serving.add(this.#serve(conn));
  }

  async #serve(conn: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    let text = "";
    try {
      while (!text.includes("\n")) {
        const count = await conn.read(buffer);
        if (count === null) return;
        text += decoder.decode(buffer.subarray(0, count));
      }
      this.requests.push(text.slice(0, text.indexOf("\n")));
      const answer = await this.answer(this.requests.at(-1)!);
      // Without an answer the connection stays until the other side has had enough.
      if (answer === null) { while (await conn.read(buffer) !== null); }
      else await writeAll(conn, typeof answer === "string" ? encoder.encode(answer) : answer);
    } catch {
      // The other side broke the connection, which is its right.
    } finally {
      this.ended += 1;
      conn.close();
    }
  }
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

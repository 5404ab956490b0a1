/** How long a test waits for something that should come at once. */
const PATIENCE = 5000;

/** A TCP client that sends what a test wants, down to the byte, and reads line by line. */
export class LineClient implements Disposable {
  readonly #buffer = new Uint8Array(64 * 1024);
  readonly #decoder = new TextDecoder();
  #text = "";
  #closed = false;
  /** Whether the other side ended the stream by force. */
  wasReset = false;

  private constructor(readonly conn: Deno.TcpConn) {}

  static async connect(port: number): Promise<LineClient> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    conn.setNoDelay(true);
    return new LineClient(conn);
  }

  /** The port that the other side sees. */
  get port(): number {
    return this.conn.localAddr.port;
  }

  /** Sends exactly these bytes. */
  async send(data: string | Uint8Array): Promise<void> {
    let bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    while (bytes.length > 0) bytes = bytes.subarray(await this.conn.write(bytes));
  }

  /** Ends our direction of the stream. */
  async end(): Promise<void> {
    await this.conn.closeWrite();
  }

  /** The next line without its terminator, or null where the stream ended or was reset. */
  async readLine(): Promise<string | null> {
    for (;;) {
      const end = this.#text.indexOf("\n");
      if (end >= 0) {
        const line = this.#text.slice(0, end).replace(/\r$/, "");
        this.#text = this.#text.slice(end + 1);
        return line;
      }
      const count = await this.#read();
      if (count === null) return null;
      this.#text += this.#decoder.decode(this.#buffer.subarray(0, count), { stream: true });
    }
  }

  /** Lines up to the end of the stream. */
  async readAll(): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.readLine(); line !== null; line = await this.readLine()) {
      lines.push(line);
    }
    return lines;
  }

  /** Resolves when the other side has ended the stream; what still comes is dropped. */
  async closed(): Promise<void> {
    while (await this.#read() !== null);
  }

  [Symbol.dispose](): void {
    if (!this.#closed) this.conn.close();
    this.#closed = true;
  }

  async #read(): Promise<number | null> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this[Symbol.dispose]();
    }, PATIENCE);
    try {
      return await this.conn.read(this.#buffer);
    } catch (error) {
      if (late) throw new Error("nothing arrived in time", { cause: error });
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      this.wasReset = true;
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Resolves when `condition` holds; it is looked at every few milliseconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

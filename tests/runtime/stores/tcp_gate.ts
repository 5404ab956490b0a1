/** A way to a port of 127.0.0.1 that a test can shut and open again. */
export class TcpGate implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #running: Promise<void>;
  #shut = false;

  constructor(readonly target: number) {
    this.#running = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Cuts every connection, and those that come, until it is opened. */
  shut(): void {
    this.#shut = true;
    for (const conn of this.#conns) close(conn);
    this.#conns.clear();
  }

  open(): void {
    this.#shut = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.shut();
    this.#listener.close();
    await this.#running;
  }

  async #accept(): Promise<void> {
    const pipes: Promise<void>[] = [];
    for await (const near of this.#listener) {
      if (this.#shut) {
        close(near);
        continue;
      }
      const far = await Deno.connect({ hostname: "127.0.0.1", port: this.target }).catch(() =>
        null
      );
      if (far === null) {
        close(near);
        continue;
      }
      for (const conn of [near, far]) this.#conns.add(conn);
      pipes.push(pass(near, far), pass(far, near));
    }
    await Promise.all(pipes);
  }
}

async function pass(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
  await from.readable.pipeTo(to.writable).catch(() => {});
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/**
 * A port of 127.0.0.1 that the system gives to nobody else while nobody listens on it: as long as a
 * connection to it is open, it counts as taken. Whoever names it can listen on it all the same.
 */
export class KeptPort implements AsyncDisposable {
  readonly #near: Promise<Deno.TcpConn>;
  readonly #far = Promise.withResolvers<Deno.TcpConn>();

  /** @param port on which somebody listens now, who gives what is accepted to {@link takes} */
  constructor(readonly port: number) {
    this.#near = Deno.connect({ hostname: "127.0.0.1", port });
  }

  /** A port that was free. */
  static async take(): Promise<KeptPort> {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const kept = new KeptPort(listener.addr.port);
    for await (const accepted of listener) {
      if (await kept.takes(accepted)) break;
      accepted.close();
    }
    return kept;
  }

  /** Resolves when nobody else is given the port any more, whether or not anybody listens. */
  get kept(): Promise<unknown> {
    return this.#far.promise;
  }

  /** Whether an accepted connection is the one that keeps the port: then it is in good hands. */
  async takes(accepted: Deno.TcpConn): Promise<boolean> {
    const own = (await this.#near).localAddr.port === accepted.remoteAddr.port;
    if (own) this.#far.resolve(accepted);
    return own;
  }

  /** Gives the port back; only when it is kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of [this.#near, this.#far.promise]) (await end).close();
  }
}

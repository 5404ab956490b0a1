import { LIMITS } from "../base/limits.ts";
import { canonicalIp, shareholder } from "../base/address.ts";

/** How many connections a listener keeps, in all and from one address. */
export interface ConnectionCaps {
  readonly total: number;
  readonly perIp: number;
}

/**
 * Connections counted against their caps; one account can serve several ports. Addresses of one IPv6
 * network count as one, see {@link shareholder}.
 */
export class ConnectionCount {
  #total = 0;
  readonly #perIp = new Map<string, number>();

  constructor(readonly caps: ConnectionCaps) {}

  /** Counts a connection in; false where a cap is reached. */
  enter(ip: string): boolean {
    const whose = shareholder(ip);
    const present = this.#perIp.get(whose) ?? 0;
    if (this.#total >= this.caps.total || present >= this.caps.perIp) return false;
    this.#total += 1;
    this.#perIp.set(whose, present + 1);
    return true;
  }

  /** Counts a connection out. */
  leave(ip: string): void {
    this.#total -= 1;
    const whose = shareholder(ip);
    const left = (this.#perIp.get(whose) ?? 1) - 1;
    if (left === 0) this.#perIp.delete(whose);
    else this.#perIp.set(whose, left);
  }
}

/**
 * What is done with a connection. `ip` is canonical; `ended` is to be called once, when nothing of
 * the connection is left.
 */
export type Serve = (conn: Deno.TcpConn, ip: string, ended: () => void) => void;

/**
 * A listening TCP port whose accepts survive what can go wrong with them: at the file limit an
 * accept fails, and a plain `for await` over the listener would end for good.
 */
export class TcpListener implements AsyncDisposable {
  readonly #stopped = new AbortController();
  readonly #accepting: Promise<void>;

  private constructor(
    readonly listener: Deno.TcpListener,
    readonly count: ConnectionCount,
    readonly serve: Serve,
    readonly refused: () => void,
    readonly shortage: () => void,
  ) {
    this.#accepting = this.#accept();
  }

  /**
   * @param refused called for each connection that is closed because a cap is reached
   * @param shortage called when the system has run out of something that accepting needs, like
   *   descriptors: connections wait then, and are accepted later or given up by who made them
   * @throws {Deno.errors.AddrInUse} where the port is taken, and what else `Deno.listen` throws
   */
  static open(
    address: { readonly hostname: string; readonly port: number },
    count: ConnectionCount,
    serve: Serve,
    refused: () => void = () => {},
    shortage: () => void = () => {},
  ): TcpListener {
    const listener = Deno.listen({ ...address, tcpBacklog: LIMITS.tcpBacklog });
    return new TcpListener(listener, count, serve, refused, shortage);
  }

  /** The port that it listens on. */
  get port(): number {
    return this.listener.addr.port;
  }

  /** Stops accepting. What was accepted goes on. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#stopped.signal.aborted) {
      this.#stopped.abort();
      this.listener.close();
    }
    await this.#accepting;
  }

  async #accept(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        this.#take(await this.listener.accept());
      } catch (error) {
        // None of it ends the listener: a client that is gone already costs nothing more, and at
        // the file limit there is nothing to do but to wait for others to go.
        if (this.#stopped.signal.aborted || !isShortage(error)) continue;
        this.shortage();
        await pause(LIMITS.acceptPause);
      }
    }
  }

  #take(conn: Deno.TcpConn): void {
    const ip = canonicalIp(conn.remoteAddr.hostname) ?? conn.remoteAddr.hostname;
    if (!this.count.enter(ip)) {
      conn.close();
      this.refused();
      return;
    }
    try {
      this.serve(conn, ip, () => this.count.leave(ip));
    } catch (error) {
      this.count.leave(ip);
      throw error;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Whether the system has run out of something, and trying again at once would fail again. */
function isShortage(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"].includes(String(error.code));
}

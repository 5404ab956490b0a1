/** What went over one connection, byte for byte; a byte is a character of the same number. */
export interface TappedConnection {
  /** From who connected. */
  readonly forth: string;
  /** From who was connected to. */
  readonly back: string;
  /** Resolves when both directions have ended. */
  readonly ended: Promise<void>;
}

/** Where a tap passes things on, and what it changes on the way. */
export interface WireTapOptions {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /**
   * Changes what comes back before it is passed on, a chunk at a time. What is recorded is what
   * really came.
   */
  readonly change?: (chunk: string) => string;
}

/** Stands between two programs on 127.0.0.1, passes on and records. */
export class WireTap implements AsyncDisposable {
  readonly connections: TappedConnection[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.TcpConn>();
  readonly #accepting: Promise<void>;

  constructor(readonly options: WireTapOptions) {
    this.#accepting = this.#accept();
  }

  /** Where to connect to instead of the tapped port. */
  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    for (const conn of this.#open) close(conn);
    await Promise.all(this.connections.map(({ ended }) => ended));
  }

  async #accept(): Promise<void> {
    for await (const caller of this.#listener) {
      const callee = await Deno.connect({ hostname: "127.0.0.1", port: this.options.port });
      this.#open.add(caller).add(callee);
      const record = { forth: "", back: "" };
      const forth = pass(caller, callee, (chunk) => {
        record.forth += chunk;
        return chunk;
      });
      const back = pass(callee, caller, (chunk) => {
        record.back += chunk;
        return this.options.change?.(chunk) ?? chunk;
      });
      const ended = Promise.all([forth, back]).then(() => {
        close(caller);
        close(callee);
      });
      this.connections.push(Object.assign(record, { ended }));
    }
  }
}

/** What is on the wire besides keepalives, whose number is a matter of time. */
export function withoutKeepalives(wire: string): string {
  return wire.replace(/(?<=^|\r\n)KEEP\r\n/g, "");
}

/** A text as {@link TappedConnection} records it. */
export function onTheWire(text: string): string {
  return toCharacters(new TextEncoder().encode(text));
}

async function pass(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  through: (chunk: string) => string,
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  try {
    for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
      const chunk = through(toCharacters(buffer.subarray(0, n)));
      let bytes = Uint8Array.from(chunk, (character) => character.charCodeAt(0));
      while (bytes.length > 0) bytes = bytes.subarray(await to.write(bytes));
    }
    await to.closeWrite();
  } catch {
    // One of them broke the connection: the other is told in the same way, as far as TCP can.
    close(from);
    close(to);
  }
}

function toCharacters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // It is closed already.
  }
}

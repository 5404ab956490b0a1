import { KeptPort } from "./kept_port.ts";

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
  /** Port on 127.0.0.1, or who says at each connection which it is now. */
  readonly port: number | (() => number);
  /**
   * Changes what comes back before it is passed on, a chunk at a time. What is recorded is what
   * really came.
   */
  readonly change?: (chunk: string) => string;
}

/** Which way something goes: from who connected, or back to them. */
export type Direction = "forth" | "back";

/** A line of the wire at which a tap stops. */
export interface HoldPoint {
  readonly direction: Direction;
  /** Matches a line without its end. The first line that it matches is the one. */
  readonly line: RegExp;
  /** How much of the line is passed on before the stop: nothing, half of its bytes, or all. */
  readonly after: "nothing" | "half" | "all";
}

/** A stop that is waited for, or that is there. It is for one line of one connection. */
export interface Hold {
  /** Resolves when the line has come and the tap has stopped there. */
  readonly reached: Promise<void>;
  /** Lets the rest of the line, and what is behind it, go on. */
  release(): void;
  /** Closes the connection on both sides instead; the rest is lost. */
  cut(): void;
}

/** A hold that was not reached yet. */
interface Armed extends HoldPoint {
  /** The tap has stopped; resolves with whether it goes on. */
  stop(cut: () => void): Promise<boolean>;
}

/**
 * Stands between two programs on 127.0.0.1, passes on and records; it can be stopped at a line. Where
 * nobody listens on the tapped port, who connects finds the connection closed; a tap that is to look
 * like nobody is told to be `away`.
 */
export class WireTap implements AsyncDisposable {
  readonly connections: TappedConnection[] = [];
  readonly #open = new Set<Deno.TcpConn>();
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #accepting: Promise<void>;
  readonly #armed = new Set<Armed>();
  readonly #stopped = new Set<Hold>();

  #away = false;
  /** Where to connect to instead of the tapped port. */
  readonly port = this.#listener.addr.port;
  readonly #kept = new KeptPort(this.port);

  constructor(readonly options: WireTapOptions) {
    this.#accepting = this.#accept();
  }

  /** Who connects is refused, as if nobody listened, until {@link WireTap.again}. */
  async away(): Promise<void> {
    if (this.#away) return;
    this.#away = true;
    await this.#kept.kept;
    this.#listener.close();
    await this.#accepting;
  }

  /** As {@link WireTap.away}, and every connection is cut. */
  async shut(): Promise<void> {
    await this.away();
    for (const conn of this.#open) close(conn);
    this.#open.clear();
  }

  /** Takes connections again. */
  again(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: this.port });
    this.#accepting = this.#accept();
  }

  /** Stops at the next line that fits. */
  hold(point: HoldPoint): Hold {
    const reached = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<boolean>();
    let close = () => {};
    const hold: Hold = {
      reached: reached.promise,
      release: () => goesOn.resolve(true),
      cut: () => {
        goesOn.resolve(false);
        close();
      },
    };
    this.#stopped.add(hold);
    this.#armed.add({
      ...point,
      stop: (cut) => {
        close = cut;
        reached.resolve();
        return goesOn.promise;
      },
    });
    return hold;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const hold of this.#stopped) hold.cut();
    await this.shut();
    await this.#kept[Symbol.asyncDispose]();
    await Promise.all(this.connections.map(({ ended }) => ended));
  }

  async #accept(): Promise<void> {
    for await (const caller of this.#listener) {
      if (await this.#kept.takes(caller)) continue;
      const { port } = this.options;
      const target = { hostname: "127.0.0.1", port: typeof port === "number" ? port : port() };
      const callee = await Deno.connect(target).catch(() => null);
      if (callee === null) close(caller);
      else this.#relay(caller, callee);
    }
  }

  #relay(caller: Deno.TcpConn, callee: Deno.TcpConn): void {
    for (const conn of [caller, callee]) {
      conn.setNoDelay(true);
      this.#open.add(conn);
    }
    const cut = () => {
      close(caller);
      close(callee);
    };
    const record = { forth: "", back: "" };
    const forth = this.#stopping("forth", caller, callee, cut, (chunk) => {
      record.forth += chunk;
      return chunk;
    });
    const back = this.#stopping("back", callee, caller, cut, (chunk) => {
      record.back += chunk;
      return this.options.change?.(chunk) ?? chunk;
    });
    const ended = Promise.all([forth, back]).then(() => {
      cut();
      this.#open.delete(caller);
      this.#open.delete(callee);
    });
    this.connections.push(Object.assign(record, { ended }));
  }

  #stopping(
    direction: Direction,
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    cut: () => void,
    through: (chunk: string) => string,
  ): Promise<void> {
    // The beginning of a line of which the end has not come, kept back while there is a hold.
    let begun = "";
    return pass(from, to, async (chunk, send) => {
      let rest = begun + (chunk === null ? "" : through(chunk));
      begun = "";
      for (let stop = this.#stopIn(rest, direction); stop; stop = this.#stopIn(rest, direction)) {
        this.#armed.delete(stop.armed);
        await send(rest.slice(0, stop.at));
        rest = rest.slice(stop.at);
        if (!await stop.armed.stop(cut)) throw new Deno.errors.ConnectionAborted();
      }
      if (chunk !== null && [...this.#armed].some((armed) => armed.direction === direction)) {
        begun = rest.slice(rest.lastIndexOf("\n") + 1);
      }
      await send(rest.slice(0, rest.length - begun.length));
    });
  }

  /** The first place in a text to stop at, and for whom. */
  #stopIn(text: string, direction: Direction): { armed: Armed; at: number } | null {
    for (let start = 0, end; (end = text.indexOf("\n", start) + 1) > 0; start = end) {
      const line = text.slice(start, end).trimEnd();
      for (const armed of this.#armed) {
        if (armed.direction !== direction || !armed.line.test(line)) continue;
        const passed = { nothing: 0, half: Math.floor(line.length / 2), all: end - start };
        return { armed, at: start + passed[armed.after] };
      }
    }
    return null;
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
  /** Is given what came, and null when nothing more comes. */
  through: (chunk: string | null, send: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  const send = async (text: string) => {
    let bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    while (bytes.length > 0) bytes = bytes.subarray(await to.write(bytes));
  };
  try {
    for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
      await through(toCharacters(buffer.subarray(0, n)), send);
    }
    await through(null, send);
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

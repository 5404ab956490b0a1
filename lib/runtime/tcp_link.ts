import type { IpPort } from "../base/address.ts";
import { LIMITS } from "../base/limits.ts";
import type { CloseReason, LinkId } from "../base/link.ts";
import { LineDecoder, type WireLine } from "../wire/line_decoder.ts";
import type { LineEnd } from "../wire/text.ts";
import { SendQueue } from "./send_queue.ts";

/** How the connections of one port or machine are treated. */
export interface LinkPolicy {
  /** Most bytes of a line that is read, without its terminator. */
  readonly lineLimit: number;
  readonly lineEnd: LineEnd;
  /**
   * Whether further input waits while the other side does not read what it was sent: right for
   * requests and replies. Two peers that both did so could wait for each other for ever.
   */
  readonly readsWaitForWrites: boolean;
  /** Whether the machine wants to know when lines have left the process (`written`). */
  readonly reportsWritten: boolean;
  /**
   * Whether an orderly close always waits for the other side's end. Closing while input is unread
   * resets the stream, and the last line sent can be lost; where each side knows when the other
   * has nothing more to say, waiting only costs time.
   */
  readonly lingers: boolean;
}

/** What a {@link TcpLink} tells its owner. */
export interface LinkOwner {
  line(link: TcpLink, line: WireLine): void | Promise<void>;
  /** All lines of one read were handed over: the time to write what they caused. */
  endOfRead(): void;
  written(link: TcpLink, lines: number): void;
  /** The link is gone; the last call for it. Not called after `close` or `abort`. */
  closed(link: TcpLink, reason: CloseReason): void;
}

/**
 * One TCP connection as a stream of lines. Reads into a buffer that starts small, because most
 * connections are idle most of the time, and grows where much arrives.
 */
export class TcpLink {
  readonly #decoder: LineDecoder;
  readonly #queue: SendQueue;
  #reading: Promise<void> = Promise.resolve();
  /** Whether there may be input that was not read: closing would then reset the stream. */
  #leftUnread = false;
  #state: "open" | "closing" | "gone" = "open";

  /** @param remote who is at the other end, with a canonical address */
  constructor(
    readonly id: LinkId,
    readonly conn: Deno.TcpConn,
    readonly remote: IpPort,
    readonly policy: LinkPolicy,
    readonly owner: LinkOwner,
    readonly now: () => number,
  ) {
    this.#decoder = new LineDecoder(policy.lineLimit);
    const written = policy.reportsWritten ? (lines: number) => owner.written(this, lines) : null;
    this.#queue = new SendQueue(conn, policy.lineEnd, now, written);
  }

  /** Whether the link is neither closed nor being closed. */
  get open(): boolean {
    return this.#state === "open";
  }

  /** Queues a line; the link ends as `stalled` where its queue is full. */
  send(line: string): void {
    if (this.#state === "open" && !this.#queue.add(line)) this.#lost("stalled");
  }

  /** Writes what was queued. */
  flush(): void {
    if (this.#state !== "gone" && !this.#queue.idle) this.#queue.flush().catch(this.#broken);
  }

  /** Ends the link as `stalled` if the other side has not read for too long. */
  sweep(now: number): void {
    if (this.#state !== "gone" && this.#queue.stalled(now)) this.#lost("stalled");
  }

  /**
   * Runs the read loop until the link ends. Never rejects.
   *
   * @param first what was read of the connection before it was handed over
   */
  run(first: Uint8Array | null = null): Promise<void> {
    this.#reading = this.#read(first).catch((error) => {
      if (!isConnectionError(error)) throw error;
      this.#lost("reset");
    });
    return this.#reading;
  }

  /**
   * Closes in order: what was queued is sent, then the end of the stream, then all is released. The
   * other side has `LIMITS.linger` for each step of it: to read some more, and to end its stream.
   */
  async close(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "closing";
    const giveUp = () => {
      if (this.#queue.idle || this.#queue.stalled(this.now(), LIMITS.linger)) this.abort();
      else deadline = setTimeout(giveUp, LIMITS.linger);
    };
    let deadline = setTimeout(giveUp, LIMITS.linger);
    try {
      await this.#queue.flush();
      if (this.policy.lingers || this.#leftUnread) {
        clearTimeout(deadline);
        deadline = setTimeout(giveUp, LIMITS.linger);
        await this.conn.closeWrite();
        await this.#reading;
      }
    } catch (error) {
      if (!isConnectionError(error)) throw error;
    } finally {
      clearTimeout(deadline);
      this.abort();
    }
  }

  /** Closes by force. */
  abort(): void {
    if (this.#state === "gone") return;
    this.#state = "gone";
    closeQuietly(this.conn);
  }

  async #read(first: Uint8Array | null): Promise<void> {
    if (first !== null) await this.#take(first);
    let buffer = new Uint8Array(LIMITS.readBufferLeast);
    while (this.#state !== "gone") {
      const count = await this.conn.read(buffer);
      if (count === null) return this.#state === "open" ? await this.#endOfFile() : undefined;
      // While it closes, what still arrives is read only to be dropped.
      if (this.#state !== "open") continue;
      this.#leftUnread = count === buffer.length;
      await this.#take(buffer.subarray(0, count));
      buffer = fittingBuffer(buffer, count);
    }
  }

  async #take(chunk: Uint8Array): Promise<void> {
    for (const line of this.#decoder.push(chunk)) {
      if (this.#state !== "open") {
        this.#leftUnread = true;
        break;
      }
      if (line.kind === "too_long") this.#leftUnread = true;
      const handled = this.owner.line(this, line);
      if (handled !== undefined) await handled;
      if (this.policy.readsWaitForWrites && this.#queue.size > LIMITS.sendQueueHighWater) {
        await this.#queue.flush();
      }
    }
    this.owner.endOfRead();
    if (this.policy.readsWaitForWrites && !this.#queue.idle) await this.#queue.flush();
  }

  async #endOfFile(): Promise<void> {
    const last = this.#decoder.finish();
    if (last !== null) {
      await this.owner.line(this, last);
      this.owner.endOfRead();
      await this.#queue.flush();
    }
    this.#lost("end_of_file");
  }

  readonly #broken = (error: unknown): void => {
    if (!isConnectionError(error)) throw error;
    this.#lost("reset");
  };

  #lost(reason: CloseReason): void {
    const told = this.#state === "open";
    this.abort();
    if (told) this.owner.closed(this, reason);
  }
}

/** A buffer for the next read: larger after one that was filled, smaller after a nearly empty one. */
function fittingBuffer(buffer: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  if (count === buffer.length && buffer.length < LIMITS.readBufferMost) {
    return new Uint8Array(Math.min(LIMITS.readBufferMost, buffer.length * 16));
  }
  if (count < LIMITS.readBufferLeast && buffer.length > LIMITS.readBufferLeast) {
    return new Uint8Array(LIMITS.readBufferLeast);
  }
  return buffer;
}

/** Whether an error is what a broken or closed connection looks like, and no bug of ours. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.ConnectionRefused ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.NotConnected ||
    error instanceof Deno.errors.TimedOut ||
    error instanceof Deno.errors.UnexpectedEof ||
    error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.BadResource ||
    // Other errors of the operating system (EHOSTUNREACH, ENETDOWN …) carry its code.
    (error instanceof Error && "code" in error && typeof error.code === "string");
}

/** Closes a connection that may be closed already. */
export function closeQuietly(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

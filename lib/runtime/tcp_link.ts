import type { IpPort } from "../base/address.ts";
import { LIMITS } from "../base/limits.ts";
import type { CloseReason, LinkId } from "../base/link.ts";
import { LineDecoder, type WireLine } from "../wire/line_decoder.ts";
import type { LineEnd } from "../wire/text.ts";
import { fittingBuffer } from "./read_buffer.ts";
import { SendQueue, type SendQueueOwner } from "./send_queue.ts";

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
  /**
   * Whether the system looks now and then whether a silent other side is still there (RFC 1122,
   * 4.2.3.6): for connections on which nothing may be said for hours.
   */
  readonly keepsAlive?: boolean;
  /** How much of one connection is taken before all others have their turn. */
  readonly turn: Turn;
}

/**
 * After `lines` lines a connection rests for `rest` milliseconds. Without a rest the count begins
 * anew with every read; with one it bounds the rate of lines, and who sends faster has to wait.
 */
export interface Turn {
  readonly lines: number;
  readonly rest: number;
}

/** What a {@link TcpLink} tells its owner. */
export interface LinkOwner {
  line(link: TcpLink, line: WireLine): void | Promise<void>;
  /** All lines of one read were handed over: the time to write what they caused. */
  endOfRead(): void;
  written(link: TcpLink, lines: number): void;
  /** Resolves when the others had their turn: the link has always more to be read or taken. */
  nextTurn(link: TcpLink): Promise<void>;
  /** A link that went on after {@link nextTurn} has taken all that there was. */
  caughtUp(link: TcpLink): void;
  /** The link is gone. Not called after `close` or `abort`. */
  closed(link: TcpLink, reason: CloseReason): void;
  /** Nothing of the link runs any more; the last call for it, however it ended. */
  ended(link: TcpLink): void;
  /** Something was thrown that is not the connection's fault. */
  bug(error: unknown): void;
}

/**
 * One TCP connection as a stream of lines. Reads into a buffer that starts small, because most
 * connections are idle most of the time, and grows where much arrives.
 */
export class TcpLink implements SendQueueOwner {
  readonly #decoder: LineDecoder;
  readonly #queue: SendQueue;
  readonly written: ((lines: number) => void) | undefined;
  /** Called by the owner when it is told that the link has ended. */
  onEnded: (() => void) | null = null;
  #state: "open" | "closing" | "gone" = "open";
  /** Whether lines of a read are being handed over; what they cause is written behind them. */
  #taking = false;
  /** Whether there may be input that was not read: closing would then reset the stream. */
  #leftUnread = false;
  /** Lines that are still taken before the connection rests. */
  #credit: number;
  /** Reads one after the other that filled the buffer, so that there was always more. */
  #fullReads = 0;
  /** Whether it went on after it waited for the others, and has not caught up since. */
  #hadTurn = false;
  /** When the end of our stream was sent, and the other side's is waited for. */
  #finishedAt = Infinity;

  /**
   * @param remote who is at the other end, with a canonical address
   * @param now a monotonic clock in milliseconds
   */
  constructor(
    readonly id: LinkId,
    readonly conn: Deno.TcpConn,
    readonly remote: IpPort,
    readonly policy: LinkPolicy,
    readonly owner: LinkOwner,
    readonly now: () => number,
  ) {
    this.#decoder = new LineDecoder(policy.lineLimit);
    this.#credit = policy.turn.lines;
    if (policy.reportsWritten) this.written = (lines) => owner.written(this, lines);
    this.#queue = new SendQueue(conn, policy.lineEnd, now, this);
  }

  /** Queues a line; the link ends as `stalled` where its queue is full. */
  send(line: string): void {
    if (this.#state === "open" && !this.#queue.add(line)) this.#lost("stalled");
  }

  /** Writes what was queued. While lines are being taken, the read loop does that. */
  flush(): void {
    if (this.#state !== "gone" && !this.#taking) this.#queue.flush();
  }

  /** Cuts the link if the other side has not read, or not closed, for too long. */
  sweep(now: number): void {
    if (this.#state === "gone") return;
    if (this.#state === "open") {
      if (this.#queue.stalled(now)) this.#lost("stalled");
    } else if (
      this.#queue.stalled(now, LIMITS.linger) || now - this.#finishedAt >= LIMITS.linger
    ) {
      this.abort();
    }
  }

  /**
   * Runs the read loop until the link ends. Never rejects. One function, because an idle connection
   * costs the memory of every function that waits in it.
   *
   * @param first what was read of the connection before it was handed over
   */
  async run(first: Uint8Array | null = null): Promise<void> {
    const { conn } = this;
    const queue = this.#queue;
    try {
      if (first !== null) await this.#serve(first);
      let buffer = new Uint8Array(LIMITS.readBufferLeast);
      while (this.#state === "open" || (this.#state === "closing" && this.#lingers)) {
        const count = await conn.read(buffer);
        if (count === null) {
          if (this.#state === "open") await this.#endOfFile();
          break;
        }
        if (count < buffer.length) this.#caughtUp();
        else if (++this.#fullReads > LIMITS.turnReads) await this.#nextTurn();
        // While it closes, what still arrives is read only to be dropped.
        if (this.#state !== "open") continue;
        this.#leftUnread = count === buffer.length;
        const slow = this.#take(buffer.subarray(0, count));
        if (slow !== undefined) await slow;
        if (this.policy.readsWaitForWrites) {
          if (queue.writing) await queue.drained();
          // Written here and not by flush(): that would cost every request another promise.
          else if (!queue.idle) {
            for (let bytes = queue.next(); bytes !== null; bytes = queue.next()) {
              queue.wrote(await conn.write(bytes));
            }
          }
          this.#taking = false;
          if (this.#closes) await this.#finish();
        }
        buffer = fittingBuffer(buffer, count);
      }
    } catch (error) {
      this.broken(error);
    } finally {
      queue.giveUp();
      this.abort();
      this.#caughtUp();
      this.owner.ended(this);
    }
  }

  /**
   * Closes in order: what was queued is sent, then the end of the stream, then all is released. The
   * other side has `LIMITS.linger` for each step of it: to read some more, and to end its stream.
   */
  close(): void {
    if (this.#state !== "open") return;
    this.#state = "closing";
    if (!this.#taking) this.#finish();
  }

  /** As if the other side had reset it: our address on it is gone, which no system tells. */
  drop(): void {
    this.#lost("reset");
  }

  /** Closes by force. */
  abort(): void {
    if (this.#state === "gone") return;
    this.#state = "gone";
    closeQuietly(this.conn);
  }

  broken(error: unknown): void {
    if (!isConnectionError(error)) this.owner.bug(error);
    this.#lost("reset");
  }

  /** As one turn of the read loop, for bytes that were read elsewhere. */
  async #serve(bytes: Uint8Array): Promise<void> {
    await this.#take(bytes);
    this.#taking = false;
    this.#queue.flush();
    if (this.policy.readsWaitForWrites) await this.#queue.drained();
    if (this.#closes) await this.#finish();
  }

  /** Hands over the lines of a read; a promise only where somebody has to be waited for. */
  #take(chunk: Uint8Array): void | Promise<void> {
    this.#taking = this.policy.readsWaitForWrites;
    if (this.policy.turn.rest === 0) this.#credit = this.policy.turn.lines;
    this.#decoder.feed(chunk);
    for (let line = this.#nextLine(); line !== null; line = this.#nextLine()) {
      const handled = this.owner.line(this, line);
      this.#credit -= 1;
      if (handled !== undefined || this.#full || this.#credit <= 0) {
        return this.#takeSlowly(handled);
      }
    }
    this.owner.endOfRead();
  }

  async #takeSlowly(handled: void | Promise<void>): Promise<void> {
    for (;;) {
      await handled;
      if (this.#credit <= 0) await this.#rest();
      if (this.#full) {
        this.#queue.flush();
        await this.#queue.drained();
        // A reply that fills the queue is as much as many lines.
        this.#credit -= LIMITS.turnFullQueue;
      }
      const line = this.#nextLine();
      if (line === null) break;
      handled = this.owner.line(this, line);
      this.#credit -= 1;
    }
    this.owner.endOfRead();
  }

  /** Lets everyone else go on. */
  async #rest(): Promise<void> {
    const { lines, rest } = this.policy.turn;
    this.owner.endOfRead();
    if (rest === 0) await this.#nextTurn();
    else await new Promise((resolve) => setTimeout(resolve, rest));
    this.#credit = lines;
  }

  async #nextTurn(): Promise<void> {
    await this.owner.nextTurn(this);
    this.#fullReads = 0;
    this.#hadTurn = true;
  }

  /** All that there was is read: others need not wait for the rest of its turn. */
  #caughtUp(): void {
    this.#fullReads = 0;
    if (!this.#hadTurn) return;
    this.#hadTurn = false;
    this.owner.caughtUp(this);
  }

  #nextLine(): WireLine | null {
    const line = this.#decoder.next();
    if (line === null) return null;
    if (this.#state !== "open") {
      // Who sends more than was asked for may send still more.
      this.#leftUnread = true;
      return null;
    }
    if (line.kind === "too_long") this.#leftUnread = true;
    return line;
  }

  async #endOfFile(): Promise<void> {
    const last = this.#decoder.finish();
    if (last !== null) {
      await this.owner.line(this, last);
      this.owner.endOfRead();
      this.#queue.flush();
      await this.#queue.drained();
    }
    this.#lost("end_of_file");
  }

  /** Sends what waits and the end of the stream. The read loop waits for the other side's end. */
  async #finish(): Promise<void> {
    try {
      this.#queue.flush();
      await this.#queue.drained();
      if (!this.#lingers) return this.abort();
      await this.conn.closeWrite();
      this.#finishedAt = this.now();
    } catch (error) {
      this.broken(error);
    }
  }

  /** Whether so much waits for the other side that its further requests have to wait. */
  get #full(): boolean {
    return this.policy.readsWaitForWrites && this.#queue.size > LIMITS.sendQueueHighWater;
  }

  /** Whether the link was closed while lines were being taken. */
  get #closes(): boolean {
    return this.#state === "closing" && this.#finishedAt === Infinity;
  }

  /** Whether the other side's end is waited for after ours. */
  get #lingers(): boolean {
    return this.policy.lingers || this.#leftUnread;
  }

  #lost(reason: CloseReason): void {
    const told = this.#state === "open";
    this.abort();
    if (told) this.owner.closed(this, reason);
  }
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

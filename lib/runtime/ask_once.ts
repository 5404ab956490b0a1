import { canonicalIp } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import { parseJsonLine } from "../wire/json_line.ts";
import { LineDecoder } from "../wire/line_decoder.ts";
import { encodeLine } from "../wire/text.ts";
import { monotonicNow } from "./clock.ts";
import { type ConnectFault, connectTcp } from "./connect_tcp.ts";
import { closeQuietly, isConnectionError } from "./tcp_link.ts";

/** What came of a request: the reply's bytes, or the system's word for why there is none. */
export type Reply =
  | {
    readonly kind: "line";
    readonly bytes: Uint8Array;
    readonly connection: Connection;
    /** Milliseconds from the request to its reply. */
    readonly answeredIn: number;
  }
  | {
    readonly kind: "failed";
    readonly why: AskFault;
    readonly reason: string;
    /** Null where it did not come to one. */
    readonly connection: Connection | null;
  };

/** The connection that a request took. */
export interface Connection {
  /** Our address on it, and the other side's, canonical. */
  readonly localIp: string;
  readonly remoteIp: string;
  /** Milliseconds that it took to be made. */
  readonly madeIn: number;
}

/** Why there is no reply: there was no connection, or what became of it. */
export type AskFault = ConnectFault | "silent" | "closed" | "too_long" | "broken";

/** Time for a request to go through, in milliseconds. */
export interface Patience {
  readonly connect: number;
  readonly reply: number;
}

const USUAL: Patience = { connect: LIMITS.connect, reply: LIMITS.serverReply };

/**
 * One request to a one-shot service of JSON lines: connect, send one, read one, close. Everything that can
 * go wrong with the other side is a result, and it takes no longer than `patience`.
 *
 * @param request its line, or the lines that together are one
 * @param signal gives the request up; the result is then `failed`
 */
export async function askOnce(
  { host, port }: { readonly host: string; readonly port: number },
  request: string | readonly string[],
  signal: AbortSignal,
  patience: Patience = USUAL,
): Promise<Reply> {
  const began = monotonicNow();
  const connected = await connectTcp(host, port, signal, patience.connect);
  if (connected.kind === "failed") return { ...connected, connection: null };
  const { conn } = connected;
  const asked = monotonicNow();
  const connection: Connection = {
    localIp: ipOf(conn.localAddr),
    remoteIp: ipOf(conn.remoteAddr),
    madeIn: asked - began,
  };
  const giveUp = () => closeQuietly(conn);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    giveUp();
  }, patience.reply);
  signal.addEventListener("abort", giveUp);
  try {
    for (const line of [request].flat()) await writeAll(conn, encodeLine(line, "\n"));
    const read = await readLine(conn);
    return read.kind === "line"
      ? { ...read, connection, answeredIn: monotonicNow() - asked }
      : { ...read, connection };
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    // What the system says of a connection that we closed ourselves explains nothing.
    return late || !(error instanceof Error)
      ? { kind: "failed", why: "silent", reason: "no answer in time", connection }
      : { kind: "failed", why: "broken", reason: error.message, connection };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
    giveUp();
  }
}

function ipOf({ hostname }: Deno.NetAddr): string {
  return canonicalIp(hostname) ?? hostname;
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

/** What was read of a connection: its first line, or why there is none. */
type Read =
  | { readonly kind: "line"; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly why: "closed" | "too_long"; readonly reason: string };

async function readLine(conn: Deno.TcpConn): Promise<Read> {
  const decoder = new LineDecoder(LIMITS.serverReplyBytes);
  const buffer = new Uint8Array(LIMITS.readBufferMost);
  for (;;) {
    const count = await conn.read(buffer);
    const lines = count === null
      ? [decoder.finish()]
      : [...decoder.push(buffer.subarray(0, count))];
    const line = lines[0];
    if (line?.kind === "line" && (count !== null || isWhole(line.bytes))) return line;
    if (line?.kind === "too_long") {
      return { kind: "failed", why: "too_long", reason: "the reply is too long" };
    }
    if (count === null) {
      return { kind: "failed", why: "closed", reason: "closed without an answer" };
    }
  }
}

/** Whether a last line without its end is all of it, and not what came before the server ended. */
function isWhole(bytes: Uint8Array): boolean {
  try {
    parseJsonLine(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
    return false;
  }
}

import { LIMITS } from "../base/limits.ts";
import { LineDecoder } from "../wire/line_decoder.ts";
import { encodeLine } from "../wire/text.ts";
import { connectTcp } from "./connect_tcp.ts";
import { closeQuietly, isConnectionError } from "./tcp_link.ts";

/** What came of a request: the reply's bytes, or the system's word for why there is none. */
export type Reply =
  | { readonly kind: "line"; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * One request to a one-shot service: connect, send a line, read a line, close. Everything that can
 * go wrong with the other side is a result, and it takes at most `LIMITS.connect` and `patience`.
 *
 * @param signal gives the request up; the result is then `failed`
 * @param patience time for the reply, in milliseconds
 */
export async function askOnce(
  { host, port }: { readonly host: string; readonly port: number },
  request: string,
  signal: AbortSignal,
  patience: number = LIMITS.serverReply,
): Promise<Reply> {
  const connected = await connectTcp(host, port, signal);
  if (connected.kind === "failed") return connected;
  const { conn } = connected;
  const giveUp = () => closeQuietly(conn);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    giveUp();
  }, patience);
  signal.addEventListener("abort", giveUp);
  try {
    await writeAll(conn, encodeLine(request, "\n"));
    return await readLine(conn);
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    // What the system says of a connection that we closed ourselves explains nothing.
    const reason = late || !(error instanceof Error) ? "no answer in time" : error.message;
    return { kind: "failed", reason };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
    giveUp();
  }
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

async function readLine(conn: Deno.TcpConn): Promise<Reply> {
  const decoder = new LineDecoder(LIMITS.serverReplyBytes);
  const buffer = new Uint8Array(LIMITS.readBufferMost);
  for (;;) {
    const count = await conn.read(buffer);
    const lines = count === null
      ? [decoder.finish()]
      : [...decoder.push(buffer.subarray(0, count))];
    const line = lines[0];
    if (line?.kind === "line") return line;
    if (line?.kind === "too_long") return { kind: "failed", reason: "the reply is too long" };
    if (count === null) return { kind: "failed", reason: "closed without an answer" };
  }
}

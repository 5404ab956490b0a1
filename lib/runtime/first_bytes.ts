import { closeQuietly, isConnectionError } from "./tcp_link.ts";

/**
 * The first bytes of a connection, to decide by who it is for; null where nothing came in time or
 * the connection ended. It is closed then.
 *
 * @param patience how long to wait, in milliseconds
 */
export async function firstBytes(
  conn: Deno.TcpConn,
  patience: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const close = () => closeQuietly(conn);
  const timer = setTimeout(close, patience);
  signal.addEventListener("abort", close);
  try {
    const buffer = new Uint8Array(FIRST_READ);
    const count = await conn.read(buffer);
    if (count !== null) return buffer.subarray(0, count);
    close();
    return null;
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    close();
    return null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", close);
  }
}

/** Bytes of the first read: a greeting of either protocol, with what is sent along with it. */
const FIRST_READ = 1024;

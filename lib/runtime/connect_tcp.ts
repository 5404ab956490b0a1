import { LIMITS } from "../base/limits.ts";

/** What became of a connection that was asked for; `reason` is the system's own word for it. */
export type Connected =
  | { readonly kind: "connected"; readonly conn: Deno.TcpConn }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Connects within `limit` milliseconds. An address that cannot be connected to, a name that does
 * not resolve, or a permission that is missing is a result, not an error.
 *
 * @param signal gives the attempt up; the result is then `failed`
 */
export async function connectTcp(
  host: string,
  port: number,
  signal: AbortSignal,
  limit: number = LIMITS.connect,
): Promise<Connected> {
  // Ours and not the caller's, because the time limit also has to end the system's attempt.
  const attempt = new AbortController();
  const pending = Deno.connect({
    hostname: host,
    port,
    transport: "tcp",
    signal: attempt.signal,
  });
  const ended = Promise.withResolvers<Connected>();
  const giveUp = (reason: string) => ended.resolve({ kind: "failed", reason });
  const timer = setTimeout(() => giveUp("timed out"), limit);
  const onAbort = () => giveUp("given up");
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  pending.then(
    (conn) => ended.resolve({ kind: "connected", conn }),
    (error: unknown) => giveUp(describe(error)),
  );
  const result = await ended.promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  if (result.kind === "failed") {
    attempt.abort();
    pending.then((late) => late.close(), () => {});
  }
  return result;
}

function describe(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return "no permission";
  if (error instanceof Error) return error.message;
  throw error;
}

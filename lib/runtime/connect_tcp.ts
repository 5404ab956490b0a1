import { LIMITS } from "../base/limits.ts";

/** What became of a connection that was asked for; `reason` is the system's own word for it. */
export type Connected =
  | { readonly kind: "connected"; readonly conn: Deno.TcpConn }
  | { readonly kind: "failed"; readonly why: ConnectFault; readonly reason: string };

/** Why a connection was not made, as far as programs tell the ways apart. */
export type ConnectFault =
  /** Somebody said no: nobody listens on the port. */
  | "refused"
  /** Nothing came back in time. */
  | "no_answer"
  /** The system or a router knows no way there. */
  | "unreachable"
  /** The name is nobody's. */
  | "unresolved"
  | "not_permitted"
  | "given_up"
  | "other";

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
  const giveUp = (why: ConnectFault, reason: string) =>
    ended.resolve({ kind: "failed", why, reason });
  const timer = setTimeout(() => giveUp("no_answer", "timed out"), limit);
  const onAbort = () => giveUp("given_up", "given up");
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  pending.then(
    (conn) => ended.resolve({ kind: "connected", conn }),
    (error: unknown) => giveUp(faultOf(error), describe(error)),
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

const FAULTS: Readonly<Record<string, ConnectFault>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "no_answer",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
};

function faultOf(error: unknown): ConnectFault {
  if (error instanceof Deno.errors.NotCapable) return "not_permitted";
  if (!(error instanceof Error)) return "other";
  // Of a name the systems tell no code but their words.
  if (/lookup address|no such host/i.test(error.message)) return "unresolved";
  const { code } = error as { readonly code?: string };
  return (code === undefined ? undefined : FAULTS[code]) ?? "other";
}

function describe(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return "no permission";
  if (error instanceof Error) return error.message;
  throw error;
}

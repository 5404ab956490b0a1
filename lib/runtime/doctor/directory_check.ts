import { RemoteProtocolError } from "../../base/errors.ts";
import type { Finding } from "../../doctor/findings.ts";
import { DOCTOR_LIMITS } from "../../doctor/limits.ts";
import { formatRequest as formatChat, parseReply as parseChat } from "../../protocol/chat.ts";
import { formatRequest as formatRendezvous, parseReply } from "../../protocol/rendezvous.ts";
import { askOnce, type Patience } from "../ask_once.ts";
import type { PeerServer } from "../peer.ts";
import { probeToken } from "./probe_token.ts";

/** A name, and a namespace, that say what they are for to whoever happens to see them. */
const NAME = "prosa-doctor";

/**
 * Talks to the directory of direct chat: registers under a name that nobody has, asks who is there,
 * and goes; the name ends with the connection.
 *
 * @param port our TCP port, which the directory wants to know
 * @param patience time for a connection, and for its answer
 */
export function checkChat(
  { host, chatPort }: PeerServer,
  port: number,
  signal: AbortSignal,
  patience: Patience = DOCTOR_LIMITS,
): Promise<Finding> {
  const name = `${NAME}-${probeToken()}`;
  const request = [formatChat({ kind: "USER", name, port }), formatChat({ kind: "LIST" })];
  return check("chat", { host, port: chatPort }, request, signal, patience, (bytes) => {
    return parseChat(bytes).kind === "LIST";
  });
}

/** Asks the registry who is in a namespace where nobody is. */
export function checkRegistry(
  { host, registryPort }: PeerServer,
  signal: AbortSignal,
  patience: Patience = DOCTOR_LIMITS,
): Promise<Finding> {
  const request = formatRendezvous({ kind: "DISCOVER", namespace: NAME });
  return check("registry", { host, port: registryPort }, request, signal, patience, (bytes) => {
    const reply = parseReply(bytes);
    return reply.kind === "OK" && reply.peers !== undefined;
  });
}

async function check(
  which: "chat" | "registry",
  address: { readonly host: string; readonly port: number },
  request: string | readonly string[],
  signal: AbortSignal,
  patience: Patience,
  isDirectory: (reply: Uint8Array) => boolean,
): Promise<Finding> {
  const found = (result: (Finding & { readonly kind: "server" })["result"]): Finding => {
    return { kind: "server", which, port: address.port, result };
  };
  const reply = await askOnce(address, request, signal, patience);
  if (reply.kind === "failed") {
    return found({ kind: "fault", why: reply.why, reason: reply.reason });
  }
  const { connection: { madeIn }, answeredIn } = reply;
  return found(
    speaks(reply.bytes, isDirectory)
      ? { kind: "directory", madeIn, answeredIn }
      : { kind: "fault", why: "another_service", reason: "" },
  );
}

function speaks(reply: Uint8Array, isDirectory: (reply: Uint8Array) => boolean): boolean {
  try {
    return isDirectory(reply);
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
    return false;
  }
}

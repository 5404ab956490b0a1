import { RemoteProtocolError } from "../base/errors.ts";
import type { RendezvousOutcome, RendezvousRequest } from "../overlay/contract.ts";
import {
  formatRequest,
  parseReply,
  type RendezvousRequest as WireRequest,
} from "../protocol/rendezvous.ts";
import { askOnce } from "./ask_once.ts";

/** Asks a rendezvous server on behalf of an overlay node (`protocols/rendezvous.md`). */
export async function askRendezvous(
  server: { readonly host: string; readonly port: number },
  request: RendezvousRequest,
  signal: AbortSignal,
): Promise<RendezvousOutcome> {
  const reply = await askOnce(server, formatRequest(onTheWire(request)), signal);
  if (reply.kind === "failed") return { ok: false, fault: "unreachable", reason: reply.reason };
  try {
    const answer = parseReply(reply.bytes);
    return answer.kind === "ERROR"
      ? { ok: false, fault: "refused", reason: answer.error }
      : { ok: true, ttl: answer.ttl, peers: answer.peers };
  } catch (error) {
    if (!(error instanceof RemoteProtocolError)) throw error;
    return { ok: false, fault: "refused", reason: error.code };
  }
}

function onTheWire(request: RendezvousRequest): WireRequest {
  switch (request.kind) {
    case "register":
      return { ...request, kind: "REGISTER" };
    case "discover":
      return { kind: "DISCOVER", namespace: request.namespace };
    case "unregister":
      return { ...request, kind: "UNREGISTER" };
  }
}

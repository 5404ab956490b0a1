import { DOCTOR_LIMITS } from "../../doctor/limits.ts";
import { formatProbeDatagram } from "../../protocol/probe.ts";
import type { OwnPorts } from "./own_ports.ts";
import { probeToken } from "./probe_token.ts";

/** Whether a datagram passes from our port of music to that of calls; null without both. */
export async function udpPasses(ports: OwnPorts, signal: AbortSignal): Promise<boolean | null> {
  const to = ports.port("call");
  if (to === null || ports.port("music") === null) return null;
  const token = probeToken();
  const bytes = new TextEncoder().encode(formatProbeDatagram(token));
  await ports.send("music", "127.0.0.1", to, bytes);
  return await ports.receives("call", token, DOCTOR_LIMITS.loopback, signal);
}

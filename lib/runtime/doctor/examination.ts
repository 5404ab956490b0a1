import type { Diagnosis, Finding, PermissionUse } from "../../doctor/findings.ts";
import { diagnose } from "../../doctor/mark.ts";
import { ownAddresses } from "../own_addresses.ts";
import type { PeerServer } from "../peer.ts";
import { checkChat, checkRegistry } from "./directory_check.ts";
import { missingPermissions } from "./missing_permissions.ts";
import { OutsideView } from "./outside_view.ts";
import { OwnPorts, type WantedPorts } from "./own_ports.ts";
import { lookUpName } from "./server_name.ts";
import { checkSound } from "./sound_check.ts";
import { udpPasses } from "./udp_loopback.ts";

/** What is examined. */
export interface ExaminationOptions {
  /** Null for what can be found out without one. */
  readonly server: PeerServer | null;
  readonly ports: WantedPorts;
}

/**
 * Everything that `peer doctor` checks, side by side, told in a fixed order as it becomes known.
 * Every check has its own time limit (`lib/doctor/limits.ts`) and leaves nothing behind.
 *
 * @param signal cuts it short; nothing is told any more then
 */
export async function examine(
  options: ExaminationOptions,
  tell: (diagnosis: Diagnosis) => void,
  signal: AbortSignal,
): Promise<Diagnosis[]> {
  await using opened = new AsyncDisposableStack();
  const parts = partsOf(options, opened, signal);
  // Whichever fails first is heard of below, and not before its turn.
  for (const part of parts) part.catch(() => {});
  const diagnoses: Diagnosis[] = [];
  for (const part of parts) {
    for (const finding of await part) {
      if (signal.aborted) continue;
      const diagnosis = diagnose(finding);
      diagnoses.push(diagnosis);
      tell(diagnosis);
    }
  }
  return diagnoses;
}

/** The checks in the order in which they are told, all of them begun. */
function partsOf(
  { server, ports: wanted }: ExaminationOptions,
  opened: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Finding[]>[] {
  const missing = missingPermissions();
  const permissions: Finding = { kind: "permissions", missing };
  const may = (use: PermissionUse) => !missing.some((one) => one.use === use);
  const sound = may("sound")
    ? [checkSound("microphone", signal), checkSound("speaker", signal)]
    : [];
  if (!may("network")) return [Promise.resolve([permissions]), ...sound];
  const bugs: unknown[] = [];
  const hostname = server?.host.includes(":") ? "::" : "0.0.0.0";
  const ports = opened.use(new OwnPorts(wanted, hostname, (error) => bugs.push(error)));
  opened.defer(() => {
    if (bugs.length > 0) throw bugs[0];
  });
  const ips = ownAddresses();
  const local: Finding[] = [
    permissions,
    ...ips === null ? [] : [{ kind: "addresses", ips } as const],
    ...ports.findings(),
  ];
  const udp = udpPasses(ports, signal).then((works): Finding[] =>
    works === null ? [] : [{ kind: "udp", works }]
  );
  const remote = server === null ? [] : serverParts(server, ports, signal);
  return [Promise.resolve(local), udp, ...sound, ...remote];
}

function serverParts(
  server: PeerServer,
  ports: OwnPorts,
  signal: AbortSignal,
): Promise<Finding[]>[] {
  const name = lookUpName(server.host, signal);
  // A name that is nobody's, and ports that nobody answers on, have nothing more to tell.
  const known = name.then((found) => found.every((one) => one.kind !== "name" || one.ip !== null));
  const ifKnown = async (check: () => Promise<Finding>) => await known ? [await check()] : [];
  // A directory asks where we listen; where we could not, nobody will be told to connect.
  const chat = ifKnown(() => checkChat(server, ports.port("listen") ?? 1, signal));
  const registry = ifKnown(() => checkRegistry(server, signal));
  const outside = registry.then(([found]) => {
    if (found?.kind !== "server" || found.result.kind === "fault") return [];
    const { host, registryPort: port } = server;
    return new OutsideView({ host, port }, ports, signal).findings();
  });
  return [name, chat, registry, outside];
}

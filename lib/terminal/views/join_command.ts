import { DEFAULT_PORTS } from "../options/default_ports.ts";
import { formatServerAddress } from "../options/server_address.ts";

/**
 * What others type to join a server.
 *
 * @param peer how the program is called: from the sources, or as a single file
 * @param host the address under which they reach the server
 */
export function joinCommand(
  peer: string,
  host: string,
  { chat, registry }: { readonly chat: number; readonly registry: number },
): string {
  const address = { host, chatPort: chat === DEFAULT_PORTS.chat ? null : chat };
  const registryPort = registry === DEFAULT_PORTS.registry ? "" : ` --registry-port ${registry}`;
  return `${peer} --server ${formatServerAddress(address)}${registryPort}`;
}

/**
 * How others call `peer`: with npx where this program runs from its sources, else by the name of the
 * single file for their machine, which is likely to be of the same kind.
 */
export function peerCommand(mainModule: string): string {
  return mainModule.endsWith(".ts")
    ? `npx --yes deno@${Deno.version.deno} task peer`
    : `./peer-${Deno.build.target}`;
}

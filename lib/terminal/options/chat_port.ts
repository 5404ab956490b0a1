import { type Sentence, sentence } from "../messages/sentence.ts";
import type { ServerAddress } from "./server_address.ts";

/** What is wrong where the server's address names one chat port and `--chat-port` another. */
export function chatPortConflict(
  { server, chatPort }: { readonly server?: ServerAddress; readonly chatPort?: number },
): Sentence | null {
  const given = server?.chatPort ?? null;
  return given !== null && chatPort !== undefined && given !== chatPort
    ? sentence("options.fault.two_ports", { address: given, option: chatPort })
    : null;
}

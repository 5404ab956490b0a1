import type { OverlayCommand } from "../../overlay/contract.ts";
import type { Command } from "./commands.ts";

/** A slash command of the overlay as it was typed. */
export type TypedOverlayCommand = Command & { readonly system: "overlay" };

/**
 * What a slash command of the overlay asks of the node.
 *
 * @param tag what the reports that answer it will carry
 * @param namespace one's own, which a name without a namespace is in
 */
export function toOverlayCommand(
  typed: TypedOverlayCommand,
  tag: number,
  namespace: string,
): OverlayCommand {
  const complete = (peer: string) => peer.includes("@") ? peer : `${peer}@${namespace}`;
  switch (typed.command) {
    case "peers": {
      const wanted = typed.values.namespace ?? namespace;
      return { kind: "peers", tag, namespace: wanted === "*" ? undefined : wanted };
    }
    case "msg": {
      const { target, text } = typed.values;
      const to = target.startsWith("@") ? complete(target.slice(1)) : target;
      return { kind: "send", tag, to, text };
    }
    case "connect":
    case "disconnect":
    case "ping":
      return { kind: typed.command, tag, peer: complete(typed.values.peer) };
    case "metrics": {
      const { peer } = typed.values;
      return peer === null
        ? { kind: "metrics", tag }
        : { kind: "metrics", tag, peer: complete(peer) };
    }
    case "routes":
      return { kind: "routes", tag };
    case "watch":
      return { kind: "watch", tag, on: typed.values.on };
  }
}

import type { CallCommand } from "../../call/contract.ts";
import type { SoundCommand } from "../../media/sound_status.ts";
import type { Command } from "./commands.ts";

/** A slash command of calls as it was typed. */
export type TypedCallCommand = Command & { readonly system: "call" };

/** What a slash command of calls asks for: of the telephone, or of the sound. */
export type CallAction =
  | { readonly kind: "call"; readonly command: CallCommand }
  | { readonly kind: "sound"; readonly command: SoundCommand };

/** What a slash command of calls asks for. */
export function toCallAction(typed: TypedCallCommand): CallAction {
  switch (typed.command) {
    case "who":
    case "call":
      return { kind: "call", command: { kind: typed.command, name: typed.values.name } };
    case "accept":
    case "reject":
    case "hangup":
      return { kind: "call", command: { kind: typed.command } };
    case "mute":
      return { kind: "sound", command: { kind: "mute", on: typed.values.on } };
    case "volume":
      return { kind: "sound", command: { kind: "volume", percent: typed.values.percent } };
    case "half-duplex":
      return { kind: "sound", command: { kind: "half_duplex", on: typed.values.on } };
    case "calltest":
      return { kind: "sound", command: { kind: "test" } };
    case "devices":
    case "stats":
      return { kind: "sound", command: { kind: typed.command } };
  }
}

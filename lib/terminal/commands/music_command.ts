import type { MusicCommand } from "../../music/music_status.ts";
import type { Command } from "./commands.ts";

/** A slash command of music as it was typed. */
export type TypedMusicCommand = Command & { readonly system: "music" };

/** What a slash command of music asks for. */
export function toMusicCommand(typed: TypedMusicCommand): MusicCommand {
  switch (typed.command) {
    case "share":
    case "unshare":
      return { kind: typed.command, path: typed.values.path };
    case "files":
      return { kind: "files", query: typed.values.query || null };
    case "play":
      return { kind: "play", wanted: typed.values.wanted };
    case "queue":
      return { kind: "queue", wanted: typed.values.wanted };
    case "seek":
      return { kind: "seek", seconds: typed.values.seconds };
    case "get":
      return { kind: "get", wanted: typed.values.wanted, to: typed.values.to };
    case "nodes":
    case "next":
    case "pause":
    case "resume":
    case "stop":
    case "downloads":
      return { kind: typed.command };
  }
}

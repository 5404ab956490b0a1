import type { Wanted } from "../../music/music_status.ts";
import type { MessageKey } from "../messages/sentence.ts";

/** What an argument may be, with the type of its value. Later systems add their kinds here. */
export interface ArgumentValues {
  /** A user's name, NFC; in quotes where it holds white space. */
  readonly user: string;
  /** The rest of the line as it was typed; the last argument of its command. */
  readonly text: string;
  /** The name of a command, without its slash. */
  readonly command: string;
  /** `name@namespace`, or a name alone for one's own namespace; NFC. */
  readonly peer: string;
  /** `@name@namespace`, `@name` (one's own namespace), `#namespace` or `*`; NFC. */
  readonly target: string;
  /** A namespace, NFC, or `*` for all of them. */
  readonly namespace: string;
  /** `on` or `off`. */
  readonly on_off: boolean;
  /** Somebody's name in the registry of calls, NFC. */
  readonly callee: string;
  /** A loudness in percent. */
  readonly percent: number;
  /** The path of a folder, as it was typed; in quotes or up to the end of the line. */
  readonly path: string;
  /** Words to look for among songs. */
  readonly query: string;
  /** A song: its number in the last list, or words. */
  readonly wanted: Wanted;
  /** The path of a folder behind `--to`. */
  readonly destination: string;
  /** A point of a song in seconds. */
  readonly moment: number;
}

export type ArgumentKind = keyof ArgumentValues;

/** Where the candidates of an argument come from when Tab is pressed. */
export type CompletionSource =
  | "active"
  | "open"
  | "commands"
  | "peers"
  | "neighbours"
  | "targets"
  | "namespaces"
  | "on_off"
  | "callable";

/** One argument of a command. Optional ones come last. */
export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly optional?: true;
  readonly completes?: CompletionSource;
}

/** Which part of the project a command belongs to; the table of `/help` is grouped by it. */
export type System = "chat" | "overlay" | "call" | "music" | "program";

/** One slash command: everything that the parser, `/help` and Tab know about it. */
export interface CommandRow {
  /** Without the slash, in lower case; the same in every language. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly system: System;
  readonly arguments: readonly Argument[];
  readonly usage: MessageKey;
  readonly summary: MessageKey;
  readonly examples: readonly [string, ...string[]];
}

type ValueOf<A extends Argument> = A extends { readonly optional: true }
  ? ArgumentValues[A["kind"]] | null
  : ArgumentValues[A["kind"]];

/** What was typed as the command of a row: `{ command: "to", values: { name, text } }`. */
export type CommandOf<Row extends CommandRow> = Row extends CommandRow ? {
    readonly kind: "command";
    readonly command: Row["name"];
    readonly system: Row["system"];
    readonly values: {
      readonly [A in Row["arguments"][number] as A["name"]]: ValueOf<A>;
    };
  }
  : never;

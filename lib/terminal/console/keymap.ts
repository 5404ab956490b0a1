import type { EditBuffer } from "./edit_buffer.ts";

/** A key as `node:readline` tells it. */
export interface Key {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

/** What keys do that is more than editing. */
export type Action =
  | "enter"
  | "complete"
  | "interrupt"
  | "end_or_delete"
  | "older"
  | "newer"
  | "clear_screen";

/** A key's name with its modifiers: `ctrl-left`. */
export function keyId({ name = "", ctrl = false, meta = false }: Key): string {
  return (ctrl ? "ctrl-" : "") + (meta ? "meta-" : "") + name;
}

/** Keys that act, as in every shell. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  "return": "enter",
  "enter": "enter",
  "tab": "complete",
  "ctrl-c": "interrupt",
  "ctrl-d": "end_or_delete",
  "up": "older",
  "ctrl-p": "older",
  "down": "newer",
  "ctrl-n": "newer",
  "ctrl-l": "clear_screen",
};

/** Keys that edit, as in every shell. */
export const EDITS: Readonly<Record<string, (buffer: EditBuffer) => void>> = {
  "left": (buffer) => buffer.move(-1),
  "ctrl-b": (buffer) => buffer.move(-1),
  "right": (buffer) => buffer.move(1),
  "ctrl-f": (buffer) => buffer.move(1),
  "ctrl-left": (buffer) => buffer.moveWord(-1),
  "meta-left": (buffer) => buffer.moveWord(-1),
  "meta-b": (buffer) => buffer.moveWord(-1),
  "ctrl-right": (buffer) => buffer.moveWord(1),
  "meta-right": (buffer) => buffer.moveWord(1),
  "meta-f": (buffer) => buffer.moveWord(1),
  "home": (buffer) => buffer.toStart(),
  "ctrl-a": (buffer) => buffer.toStart(),
  "end": (buffer) => buffer.toEnd(),
  "ctrl-e": (buffer) => buffer.toEnd(),
  "backspace": (buffer) => buffer.delete(-1),
  "ctrl-h": (buffer) => buffer.delete(-1),
  "delete": (buffer) => buffer.delete(1),
  "ctrl-w": (buffer) => buffer.deleteWord(-1),
  "meta-backspace": (buffer) => buffer.deleteWord(-1),
  "meta-d": (buffer) => buffer.deleteWord(1),
  "ctrl-u": (buffer) => buffer.deleteToStart(),
  "ctrl-k": (buffer) => buffer.deleteToEnd(),
};

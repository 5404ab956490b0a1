import type { LinkEffect, LinkInput } from "../../lib/base/link.ts";
import type { Machine, Wake } from "../../lib/base/machine.ts";

/** Tells a {@link Script} what to do now, as a person at the keys of a raw connection would. */
export interface Act {
  readonly kind: "act";
  readonly effects: readonly LinkEffect[];
}

/** What a {@link Script} gets. */
export type ScriptInput = LinkInput | Wake | Act;

/**
 * A machine for tests and for strangers who keep to no protocol: it remembers what it got, answers
 * with a function, and does what it is told.
 */
export class Script implements Machine<ScriptInput, LinkEffect> {
  /** What it got, in order; the bytes of lines as text. */
  readonly got: { readonly at: number; readonly input: LinkInput | Wake; readonly text: string }[] =
    [];
  /** When it wants to be woken next. */
  next: number | null = null;

  /** @param react the answer to an input; it may set {@link Script.next} */
  constructor(
    readonly react: (input: LinkInput | Wake, now: number) => readonly LinkEffect[] = () => [],
  ) {}

  handle(input: ScriptInput, now: number): readonly LinkEffect[] {
    if (input.kind === "act") return input.effects;
    if (input.kind === "wake") this.next = null;
    this.got.push({ at: now, input, text: input.kind === "line" ? textOf(input.bytes) : "" });
    return this.react(input, now);
  }

  wakeAt(): number | null {
    return this.next;
  }

  /** The lines it got. */
  get lines(): string[] {
    return this.got.filter(({ input }) => input.kind === "line").map(({ text }) => text);
  }

  /** The kinds of what it got, in order. */
  get kinds(): string[] {
    return this.got.map(({ input }) => input.kind);
  }
}

const decoder = new TextDecoder();

/** A line's bytes as text. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

import type { LinkId, LinkInput } from "../../lib/base/link.ts";
import type { Wake } from "../../lib/base/machine.ts";
import type { Desk, DeskEffect, Vanished } from "../../lib/directory/desk.ts";

/** A desk with a clock that tests set, and connections to it. */
export class DeskProbe {
  now = 5_000_000;
  #nextLink = 2;

  constructor(readonly desk: Desk) {}

  /** A new connection; only its number matters to the desk from here on. */
  async connect(ip = "192.0.2.1", port = 50_000): Promise<LinkId> {
    const link = this.#nextLink;
    this.#nextLink += 2;
    await this.input({ kind: "accepted", link, ip, port });
    return link;
  }

  /** What the desk does on a line, in order. */
  line(link: LinkId, line: string | Uint8Array): Promise<readonly DeskEffect[]> {
    const bytes = typeof line === "string" ? new TextEncoder().encode(line) : line;
    return this.input({ kind: "line", link, bytes });
  }

  /** Lets time pass and gives the wake that the desk asked for where it is due. */
  async pass(milliseconds: number): Promise<readonly DeskEffect[]> {
    this.now += milliseconds;
    const at = this.desk.wakeAt();
    return at === null || at > this.now ? [] : await this.input({ kind: "wake" });
  }

  async input(input: LinkInput | Wake | Vanished): Promise<readonly DeskEffect[]> {
    return await this.desk.handle(input, this.now);
  }
}

/** The lines that effects send on a link. */
export function sentTo(link: LinkId, effects: readonly DeskEffect[]): string[] {
  return effects.flatMap((effect) =>
    effect.kind === "send" && effect.link === link ? [effect.line] : []
  );
}

/** Effects without the reports for the operator. */
export function onLinks(effects: readonly DeskEffect[]): DeskEffect[] {
  return effects.filter(({ kind }) => kind === "send" || kind === "close" || kind === "abort");
}

/** The codes of what was refused. */
export function refusals(effects: readonly DeskEffect[]): string[] {
  return effects.flatMap((effect) => effect.kind === "refused" ? [effect.code] : []);
}

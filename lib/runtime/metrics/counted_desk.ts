import type { Awaitable } from "../../base/awaitable.ts";
import type { LinkId, LinkInput } from "../../base/link.ts";
import type { Wake } from "../../base/machine.ts";
import type { Desk, DeskEffect } from "../../directory/desk.ts";
import type { PortTraffic } from "./port_traffic.ts";

/** A desk whose traffic is counted on its way in and out. */
export class CountedDesk implements Desk {
  constructor(readonly desk: Desk, readonly traffic: PortTraffic) {}

  handle(input: LinkInput | Wake, now: number): Awaitable<readonly DeskEffect[]> {
    const { traffic } = this;
    switch (input.kind) {
      case "line":
        traffic.linesReceived += 1;
        break;
      case "accepted":
        traffic.accepted += 1;
        break;
      case "line_too_long":
        traffic.linesTooLong += 1;
        break;
      case "closed":
        traffic.ended[input.reason] += 1;
        break;
    }
    const effects = this.desk.handle(input, now);
    return effects instanceof Promise ? effects.then(this.#count) : this.#count(effects);
  }

  wakeAt(): number | null {
    return this.desk.wakeAt();
  }

  nameOf(link: LinkId): string | null {
    return this.desk.nameOf(link);
  }

  readonly #count = (effects: readonly DeskEffect[]): readonly DeskEffect[] => {
    const { traffic } = this;
    for (const { kind } of effects) {
      if (kind === "send") traffic.linesSent += 1;
      else if (kind === "close") traffic.closed += 1;
      else if (kind === "abort") traffic.cut += 1;
    }
    return effects;
  };
}

import type { LinkId, LinkInput } from "../../lib/base/link.ts";
import type { Step } from "./script.ts";

/** A machine whose connections a script plays, as far as its connections go. */
export interface LinkWorld {
  /** Those that the machine asked for and that are not made yet. */
  readonly connecting: Set<LinkId>;
  readonly open: Set<LinkId>;
  give(input: LinkInput): void;
}

/** Why a connection ends. */
export const REASONS = ["end_of_file", "reset", "stalled"] as const;

/** The connection that a step means, or undefined where there is none. */
export function nth(links: Iterable<LinkId>, n: number): LinkId | undefined {
  const all = [...links];
  return all[n % Math.max(1, all.length)];
}

/**
 * What happens on connections of lines of at most `limit` bytes: `l` a line comes, `L` one that is
 * too long, `d` what was dialled is made or not, `e` one ends.
 */
export function linkSteps(
  limit: number,
): Readonly<Record<"l" | "L" | "d" | "e", (world: LinkWorld, step: Step) => void>> {
  return {
    l(world, { who, rest }) {
      const link = nth(world.open, who);
      if (link !== undefined) world.give({ kind: "line", link, bytes: rest });
    },
    L(world, { who }) {
      const link = nth(world.open, who);
      if (link !== undefined) world.give({ kind: "line_too_long", link, limit });
    },
    d(world, { who, value }) {
      const link = nth(world.connecting, who);
      if (link === undefined) return;
      world.connecting.delete(link);
      if (value === 1) return world.give({ kind: "unreachable", link, reason: "refused" });
      world.open.add(link);
      world.give({ kind: "connected", link });
    },
    e(world, { who, value }) {
      const link = nth(world.open, who);
      if (link === undefined) return;
      world.open.delete(link);
      world.give({ kind: "closed", link, reason: REASONS[value % REASONS.length]! });
    },
  };
}

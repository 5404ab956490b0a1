import type { Random } from "../../lib/base/random.ts";

/** Who is a neighbour of whom, by number; each pair once. */
export type Edge = readonly [number, number];

/**
 * A random graph in which each of `count` nodes has `degree` neighbours, connected: a ring in random
 * order per two neighbours, laid over each other. A few nodes have fewer where rings share an edge.
 *
 * @param degree even
 */
export function randomNeighbours(count: number, degree: number, random: Random): Edge[] {
  const known = new Set<number>();
  const edges: Edge[] = [];
  for (let ring = 0; ring < degree / 2; ring += 1) {
    const order = shuffle(count, random);
    order.forEach((one, index) => {
      const two = order[(index + 1) % count]!;
      const key = Math.min(one, two) * count + Math.max(one, two);
      if (one === two || known.has(key)) return;
      known.add(key);
      edges.push([one, two]);
    });
  }
  return edges;
}

/** The numbers below `count` in random order. */
export function shuffle(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/**
 * How far each node is from `start`, in hops.
 *
 * @returns what can be reached, `start` itself with 0
 */
export function distances<Node>(
  start: Node,
  neighbours: (node: Node) => Iterable<Node>,
): Map<Node, number> {
  const found = new Map<Node, number>([[start, 0]]);
  // A Map goes through what is added while it is gone through: it is its own queue.
  for (const [node, hops] of found) {
    for (const next of neighbours(node)) if (!found.has(next)) found.set(next, hops + 1);
  }
  return found;
}

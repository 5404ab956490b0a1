import { LIMITS } from "../../../lib/base/limits.ts";
import { KIB, SECOND } from "../../../lib/base/units.ts";
import type { Goal } from "../figures.ts";
import { measureHeld } from "../held_connections.ts";
import { lookups, registrations } from "./directory_requests.ts";
import { directoryServer } from "./directory_server.ts";
import type { Suite } from "./suite.ts";

/** The goals of issue 6, for 19,000 connections. */
const BUSY_GOAL: Goal = { kind: "at_most", value: 25 };
const MEMORY_GOAL: Goal = { kind: "at_most", value: 8 * KIB };

/** People who are online and say nothing. */
export const CONNECTIONS: Suite = {
  name: "connections",
  about: "Chat connections that have registered with `USER` and send a `KEEP` each 5 s, evenly " +
    "spread, as those of peers are; none is lost, though a lease is 15 s. Beside them the bare " +
    "Deno read loop with as many connections, which answers the first line of each and reads all " +
    "others. Processor time is the server process's part of one core while nobody comes or goes; " +
    "memory is the most that each connection had added to its resident memory.",
  async *measure(bench) {
    const { count } = bench.timing.connections;
    const { requests: [greeting], size } = lookups(count);
    const subject = directoryServer(bench, {
      kind: "paced",
      port: "chat",
      sizes: [size],
      setup: registrations(count),
      plainSetup: [greeting!],
    });
    const interval = LIMITS.chatKeepalive;
    yield* await measureHeld(bench, {
      name: `${count.toLocaleString("en")} connections, a KEEP each ${interval / SECOND} s`,
      greeting: greeting!,
      size,
      keepalive: new TextEncoder().encode("KEEP\r\n"),
      interval,
      busyGoal: BUSY_GOAL,
      memoryGoal: MEMORY_GOAL,
    }, subject);
  },
};

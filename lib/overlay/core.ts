import type { Random } from "../base/random.ts";
import { type PeerId, peerIdOf } from "../protocol/overlay.ts";
import type { OverlayConfig } from "./contract.ts";
import { type CounterValues, newCounters } from "./counters.ts";
import { Deadlines } from "./deadlines.ts";
import { Deduplication } from "./deduplication.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import { Links } from "./links.ts";
import { Outbox } from "./outbox.ts";
import { uuidSource } from "./uuid.ts";

/** What every part of a node shares. */
export interface Core {
  readonly self: PeerId;
  readonly namespace: string;
  readonly random: Random;
  readonly newId: () => string;
  /** The time of day, ISO 8601 in UTC; `at` is milliseconds since 1970, by default now. */
  readonly timestamp: (at?: number) => string;
  readonly wallClock: () => number;
  readonly outbox: Outbox;
  readonly deadlines: Deadlines;
  readonly links: Links;
  readonly seen: Deduplication;
  readonly counters: CounterValues;
}

/** The shared things of a node. */
export function createCore(config: OverlayConfig): Core {
  const { random, wallClock } = config;
  const newId = config.newId ?? uuidSource(random);
  const outbox = new Outbox();
  const deadlines = new Deadlines();
  const counters = newCounters();
  const rates = {
    quota: config.quota === undefined ? OVERLAY_LIMITS.quota : config.quota,
    pace: config.pace === undefined ? OVERLAY_LIMITS.pace : config.pace,
  };
  return {
    self: peerIdOf(config.name, config.namespace),
    namespace: config.namespace.normalize("NFC"),
    random,
    newId,
    timestamp: (at = wallClock()) => new Date(at).toISOString(),
    wallClock,
    outbox,
    deadlines,
    links: new Links(outbox, deadlines, counters, newId, rates),
    seen: new Deduplication(random),
    counters,
  };
}

/** What a node counts, from zero at its start. */
export interface CounterValues {
  /** Lines from and to neighbours. */
  received: number;
  sent: number;
  /** Own messages by how they ended. */
  delivered: number;
  notDelivered: number;
  retransmitted: number;
  published: number;
  /** Messages for this peer's person. */
  shown: number;
  /** Messages of others that were passed on, and that were not for want of a route or of room. */
  relayed: number;
  relayFailed: number;
  flooded: number;
  /** Messages that were seen before. */
  duplicates: number;
  ttlExpired: number;
  /** Messages that did not fit into a neighbour's queue. */
  queueFull: number;
  /** Lines over a neighbour's quota. */
  overQuota: number;
  badFormat: number;
  lineTooLong: number;
  unknownCommand: number;
  unauthorized: number;
  /** Connections beyond the number that is accepted. */
  refusedConnections: number;
  /** Answers to what was not asked, and messages in this peer's own name. */
  unsolicited: number;
}

/** Counters, all zero. */
export function newCounters(): CounterValues {
  return {
    received: 0,
    sent: 0,
    delivered: 0,
    notDelivered: 0,
    retransmitted: 0,
    published: 0,
    shown: 0,
    relayed: 0,
    relayFailed: 0,
    flooded: 0,
    duplicates: 0,
    ttlExpired: 0,
    queueFull: 0,
    overQuota: 0,
    badFormat: 0,
    lineTooLong: 0,
    unknownCommand: 0,
    unauthorized: 0,
    refusedConnections: 0,
    unsolicited: 0,
  };
}

import { SECOND } from "../base/units.ts";

/** The caps of `peer doctor`: value with its unit and the reason. */
export const DOCTOR_LIMITS = {
  /** Time for a name to be looked up: two questions of a resolver that repeats after a second. */
  lookup: 3 * SECOND,
  /** Time for a connection, and for an answer on it: what is slower is of no use for talking. */
  connect: 3 * SECOND,
  reply: 3 * SECOND,
  /** Time for the server to try our ports, which may take it `PROBE_LIMITS.connect`. */
  probe: 5 * SECOND,
  /** Time that a datagram may be behind the answer that tells of it, on a busy line or machine. */
  datagram: 1 * SECOND,
  /** How often the datagrams of a probe are asked for: a single loss is no firewall. */
  probes: 2,
  /** Time for a datagram from one of our own sockets to another. */
  loopback: SECOND / 2,
  /** A clock that is wrong by more puts texts and logs in a wrong order that people notice. */
  clockOff: 2 * SECOND,
  /** Devices of a side that are tried; a machine with more has virtual ones. */
  devices: 8,
  /** Sound that is recorded of a microphone: 0.3 s, in frames of 20 ms. */
  framesHeard: 15,
  /** Frames that are played to a speaker: 0.3 s. */
  framesPlayed: 15,
  /** Most that a speaker may lag behind after that, in milliseconds: more makes a call awkward. */
  backlog: 400,
  /** Time for those frames to go through. */
  device: 2 * SECOND,
} as const;

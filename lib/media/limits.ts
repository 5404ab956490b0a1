import { SECOND } from "../base/units.ts";

/**
 * Every cap of the media path: value with its unit, the reason, and where it comes from. A number
 * that is not from `protocols/call.md` or issue 4's goals is this project's decision and says why.
 */
export const MEDIA_LIMITS = {
  /** Bytes of an RTP datagram that is read: what fits an Ethernet frame, and L16's 652 twice. */
  datagramBytes: 1500,
  /** Bytes of one coded frame: libopus' own advice is 1,276 at the most. */
  payloadBytes: 1276,

  /**
   * Least and most that a packet waits to be played, in milliseconds: 2 and 10 frames. Two are the
   * one that is due and the one behind it, which came 6 ms ago; timers are as inexact as that.
   */
  playoutDelay: { least: 26, most: 200 },
  /** Packets in the jitter buffer: the longest delay four times over; more begins anew. */
  bufferedPackets: 40,
  /** Packets whose delays set the target: 1 s, so that a burst is forgotten within 2 s. */
  delayWindow: 50,
  /** Part of those packets that the target is to be in time for: of 50, all but the slowest. */
  inTime: 0.97,
  /**
   * Delay above what the jitter asks for, in milliseconds: one frame, so that the next packet with
   * its forward error correction, or a copy, is there when a lost one is due.
   */
  repairDelay: 20,
  /**
   * How far the delay may be from its target before it is changed, in milliseconds: together
   * somewhat more than the most by which a frame is made shorter or longer. Of the least delay more
   * than a frame remains.
   */
  slack: { above: 7, below: 4 },
  /** Frames for which the delay must be too long before it is lowered: 0.4 s, within the 2 s. */
  patience: 20,
  /** Distance from the target, in milliseconds, from which steps need no likeness to hide them. */
  urgent: 20,
  /** Delay beyond the target, in milliseconds, that is cut at once: no call, a stalled program. */
  stalled: 300,
  /**
   * Frames invented in a row for lost ones before silence: after 100 ms concealment is a drone.
   */
  concealedFrames: 5,
  /** Frames waited for a late packet, the longest delay, before playout begins anew with the next. */
  heldFrames: 10,
  /** Frames waited for that are rather given up than played late: a word survives 40 ms. */
  briefHold: 2,
  /** Change of transit, in milliseconds, from one packet to another that is no network's: 5 s. */
  transitJump: 5 * SECOND,

  /** Sequence numbers skipped that are still a loss; more is a restart. RFC 3550, A.1. */
  maxDropout: 3000,
  /** Sequence numbers back that are still reordering. RFC 3550, A.1. */
  maxMisorder: 100,
  /** Sequence numbers remembered to know a copy from a late packet: 5 s, a power of two. */
  rememberedSequences: 256,

  /** Time between two RTCP reports: 110 bytes a second are 4 % of a call; RFC 3550 allows 5 %. */
  reportInterval: 1 * SECOND,
  /** Age at which the last report of the other side no longer tells anything. */
  reportLife: 5 * SECOND,
  /** Numbers of copies remembered for reports to come: 20 s of packets, a power of two. */
  sentRemembered: 1024,
  /** Loss over which the loss that is shown is measured. */
  lossWindow: 5 * SECOND,
  /** Loss of the path from which each frame is sent twice (issue 4), and to which it stays so. */
  duplication: { from: 0.10, to: 0.05 },

  /** Bits a second of Opus: FEC needs 24,000; issue 4 allows up to 32,000. */
  opusBitRate: { least: 24_000, most: 32_000 },
  /** Loss that the Opus encoder prepares for in percent; below 10 it sends no FEC. */
  opusPacketLoss: 20,
  /** Effort of the Opus encoder, 0–10: 0.44 ms a frame; above, little is gained for speech. */
  opusComplexity: 5,

  /** Time without sound after which the person is told. Issue 4. */
  noSound: 3 * SECOND,
  /**
   * Sound that a device should still have waiting when it is given a frame, in milliseconds: a
   * little, or more where beats come late. The worst of those is forgotten to a half in 7 s. The beat
   * moves by a step, 2.5 %, while the average is further away than the slack.
   */
  speakerBacklog: {
    ...{ least: 8, most: 40, slack: 4 },
    ...{ step: 0.5, smoothing: 0.05, lateForgotten: 0.998 },
  },
  /** Time without a frame after which a microphone has stalled, and silence is sent. */
  microphoneStall: 100,
  /** Time that a test of one's own sound records, and then plays. */
  soundTest: 3 * SECOND,

  /** Sampling rates of devices and files that can be converted, in hertz. */
  deviceRate: { least: 8000, most: 192_000 },
  /** Filters in a resampler: exact for all usual rates (22,050 to 48,000 Hz needs 320). */
  resamplerPhases: 640,
  /** Loudest amplification: 12 dB. */
  gain: 4,
} as const;

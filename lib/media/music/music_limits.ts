import { KIB, MIB, SECOND } from "../../base/units.ts";

/**
 * Every cap and time of playing music: value with its unit, the reason, and where it comes from. A
 * number that is not from issue 5 is this project's decision and says why.
 */
export const MUSIC_LIMITS = {
  /** Bytes in front of the music that are searched for its beginning, tags left out. */
  searchedBytes: 64 * KIB,
  /** Bytes without any sound after which a file is none that can be decoded: a song's tenth. */
  silentBytes: MIB,
  /** Bytes of a FLAC frame at the most: 65,535 samples of 8 channels never come to more. */
  flacFrameBytes: 2 * MIB,
  /** Bytes of a packet in Ogg: a Vorbis set-up with room to spare; its decoder takes 128 KiB. */
  oggPacketBytes: 128 * KIB,
  /** Chunks in front of the samples of a WAV file: pictures and texts, never so many. */
  wavChunks: 256,
  /** Points in a FLAC file's table of places that are read: one in a second of 3 hours. */
  seekPoints: 10_000,
  /** Most channels that are mixed to one. */
  channels: 8,
  /** Exceptions of a decoding library in a row, each a new one, before the file is given up. */
  decoderFailures: 8,

  /** Bytes that wait to be decoded, after which more is not asked for: four pieces of 256 KiB. */
  waitingBytes: MIB,
  /** Bytes that wait at the most: somebody pushes without waiting, and that is a bug. */
  mostWaitingBytes: 8 * MIB,
  /** Sound that is decoded ahead, in milliseconds: for a decoder that a busy machine holds up. */
  decodedAhead: 2 * SECOND,
  /** Work in a row before others have their turn, in milliseconds: half a frame of a call is 10. */
  turn: 4,
  /** Sound that is ready before it starts, in milliseconds. Issue 5: 265 ms to the first sound. */
  prebuffer: 160,
  /** The same after it ran out: a network that was too slow is given a moment. */
  rebuffer: SECOND,
  /** How much softer music is beside a call, as a factor: 15 dB. */
  duck: 10 ** (-15 / 20),
  /** Time for that to come and go, in milliseconds. */
  duckRamp: 300,
} as const;

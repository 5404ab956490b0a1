import { SILENCE_DBFS } from "./level_meter.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/** What is wrong with the sound that should arrive, or that it is right again. */
export type SoundChange =
  /** No packet came: the network is in the way, or the other side is gone. */
  | "no_packets"
  /** Packets came, and nothing is in them: the other side's microphone is shut or missing. */
  | "only_silence"
  | "back";

/**
 * Whether sound arrives, for the person to be told when it does not. Each trouble is told once until
 * it is over; silence is told once a call, because people fall silent on purpose.
 */
export class SoundWatch {
  #packetAt: number;
  #soundAt: number;
  #missing = false;
  #toldSilence = false;

  /** @param now when the call began, in milliseconds */
  constructor(now: number) {
    this.#packetAt = this.#soundAt = now;
  }

  /**
   * Looks again.
   *
   * @param heardAt when the last packet of sound arrived, or null
   * @param level loudness of what is played now, in dBFS
   * @returns what is to be told, or null
   */
  look(now: number, heardAt: number | null, level: number): SoundChange | null {
    this.#packetAt = Math.max(this.#packetAt, heardAt ?? this.#packetAt);
    if (level > SILENCE_DBFS) this.#soundAt = now;
    const missing = now - this.#packetAt >= MEDIA_LIMITS.noSound;
    if (missing !== this.#missing) {
      this.#missing = missing;
      return missing ? "no_packets" : "back";
    }
    if (missing || this.#toldSilence || now - this.#soundAt < MEDIA_LIMITS.noSound) return null;
    this.#toldSilence = true;
    return "only_silence";
  }
}

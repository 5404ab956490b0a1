import type { SoundReport } from "../../../lib/media/sound_status.ts";

/** When the sound of a call was at the devices of one peer, in milliseconds since 1970. */
export interface SoundClock {
  /** When the first sample of the microphone's file was said. */
  readonly microphone: number;
  /** When the first sample of the speaker's file was heard. */
  readonly speaker: number;
}

/**
 * The clock of the last call in a peer's log.
 *
 * @throws {Error} where the log has none
 */
export function lastSoundClock(log: string): SoundClock {
  const clock: { microphone?: number; speaker?: number } = {};
  for (const line of log.split("\n")) {
    if (!line.includes('"sound_clock"')) continue;
    const { side, at } = JSON.parse(JSON.parse(line).sound) as Extract<
      SoundReport,
      { readonly kind: "sound_clock" }
    >;
    clock[side] = at;
  }
  const { microphone, speaker } = clock;
  if (microphone === undefined || speaker === undefined) {
    throw new Error(`no clock of the sound in the log:\n${log}`);
  }
  return { microphone, speaker };
}

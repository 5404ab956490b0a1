import type { SoundDevice } from "../../media/sound_status.ts";

/** What a speaker is called, by itself or by its connector, that only one person's ears hear. */
const AT_THE_EAR = /head ?(?:set|phone)|ear ?(?:bud|phone|piece|pod)|airpod|hands-?free/i;

/**
 * Whether microphone and speaker are the same sound card's, as those of a laptop are: then the
 * microphone is likely to hear the speaker, and the other side itself. Not for headphones, where the
 * name of the speaker or of its connector tells that it is one.
 */
export function sameCard(microphone: SoundDevice, speaker: SoundDevice): boolean {
  return microphone.card !== null && microphone.card === speaker.card &&
    !AT_THE_EAR.test(speaker.label);
}

import { seededRandom } from "../../lib/base/random.ts";
import { SAMPLE_RATE } from "../../lib/media/frame.ts";

/** Formants of some vowels in hertz. */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
] as const;
const HARMONICS = 5000;

/**
 * A sound that is made like speech, for codecs and measures of intelligibility: syllables of a hissed
 * consonant and a vowel of gliding pitch, with pauses. Mono, 48 kHz, the same for the same seed.
 */
export function speechLike(seconds: number, seed = 1): Int16Array {
  const random = seededRandom(seed);
  const between = (least: number, most: number) => least + (most - least) * random();
  const sound = new Float64Array(Math.round(seconds * SAMPLE_RATE));
  for (let at = 0; at < sound.length;) {
    at += syllable(sound, at, between);
    if (random() < 0.2) at += Math.round(between(0.1, 0.3) * SAMPLE_RATE);
  }
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return Int16Array.from(sound, (sample) => Math.round(sample / loudest * 20_000));
}

function syllable(
  sound: Float64Array,
  at: number,
  between: (least: number, most: number) => number,
): number {
  const consonant = Math.round(between(0.03, 0.09) * SAMPLE_RATE);
  const vowel = Math.round(between(0.1, 0.22) * SAMPLE_RATE);
  hiss(sound, at, consonant, between(1500, 5500), between);
  const formants = VOWELS[Math.floor(between(0, VOWELS.length))]!;
  const target = VOWELS[Math.floor(between(0, VOWELS.length))]!;
  const pitch = between(95, 180);
  const glide = between(0.8, 1.25);
  for (let harmonic = 1; harmonic * pitch < HARMONICS; harmonic++) {
    let phase = 0;
    let loudness = 0;
    for (let n = 0; n < vowel && at + consonant + n < sound.length; n++) {
      const part = n / vowel;
      const frequency = harmonic * pitch * glide ** part;
      phase += 2 * Math.PI * frequency / SAMPLE_RATE;
      // Loudness changes slowly: once in a millisecond is enough.
      if (n % 48 === 0) {
        loudness = envelope(part) * formants.reduce((sum, formant, index) => {
          const centre = formant + (target[index]! - formant) * part;
          return sum + 1 / (1 + ((frequency - centre) / (60 + 40 * index)) ** 2) / (1 + index);
        }, 0.002);
      }
      sound[at + consonant + n]! += loudness * Math.sin(phase);
    }
  }
  return consonant + vowel;
}

/** Noise around a frequency: what is random is a resonance's input. */
function hiss(
  sound: Float64Array,
  at: number,
  length: number,
  frequency: number,
  between: (least: number, most: number) => number,
): void {
  const damping = 0.97;
  const turn = 2 * damping * Math.cos(2 * Math.PI * frequency / SAMPLE_RATE);
  let last = 0;
  let before = 0;
  for (let n = 0; n < length && at + n < sound.length; n++) {
    const next = turn * last - damping * damping * before + between(-0.05, 0.05);
    [before, last] = [last, next];
    sound[at + n]! += next * envelope(n / length);
  }
}

/** Rises and falls within a fifth of the time. */
function envelope(part: number): number {
  return Math.sin(Math.PI / 2 * Math.min(1, 5 * part, 5 * (1 - part))) ** 2;
}

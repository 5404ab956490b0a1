import { SAMPLE_RATE } from "../../lib/media/frame.ts";

/** A sine of this frequency in hertz. */
export function tone(
  hertz: number,
  samples: number,
  amplitude = 10_000,
  rate: number = SAMPLE_RATE,
): Int16Array {
  return Int16Array.from(
    { length: samples },
    (_, n) => Math.round(amplitude * Math.sin(2 * Math.PI * hertz * n / rate)),
  );
}

/** How much of a sound is not a sine of this frequency, in any phase: the rest over it, in dB. */
export function impurity(sound: Int16Array, hertz: number, rate: number): number {
  let [sines, cosines, both, bySine, byCosine, energy] = [0, 0, 0, 0, 0, 0];
  sound.forEach((sample, n) => {
    const sine = Math.sin(2 * Math.PI * hertz * n / rate);
    const cosine = Math.cos(2 * Math.PI * hertz * n / rate);
    sines += sine * sine;
    cosines += cosine * cosine;
    both += sine * cosine;
    bySine += sample * sine;
    byCosine += sample * cosine;
    energy += sample * sample;
  });
  // The sine that fits best, by least squares.
  const determinant = sines * cosines - both * both;
  const first = (bySine * cosines - byCosine * both) / determinant;
  const second = (byCosine * sines - bySine * both) / determinant;
  const signal = first * bySine + second * byCosine;
  return 10 * Math.log10(Math.max(1e-12, energy - signal) / signal);
}

/** The root of the mean square. */
export function loudness(sound: Int16Array): number {
  return Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length);
}

import { transform } from "./fft.ts";

/** Samples that the first, rough search takes together. */
const COARSE = 8;

/**
 * By how many samples a recording lags behind what was said: where their cross-correlation is
 * highest. Both have the same sampling rate; the recording may begin earlier (a negative lag), and may be
 * distorted.
 */
export function lagOf(said: Int16Array, recorded: Int16Array): number {
  const rough = COARSE * roughLag(coarse(said), coarse(recorded));
  let best = rough;
  let highest = -Infinity;
  for (let lag = rough - COARSE; lag <= rough + COARSE; lag++) {
    let product = 0;
    for (let n = 0; n < said.length; n++) product += said[n]! * (recorded[n + lag] ?? 0);
    if (product > highest) {
      highest = product;
      best = lag;
    }
  }
  return best;
}

function coarse(sound: Int16Array): Float64Array {
  return Float64Array.from({ length: Math.floor(sound.length / COARSE) }, (_, n) => {
    let sum = 0;
    for (let at = n * COARSE; at < (n + 1) * COARSE; at++) sum += sound[at]!;
    return sum;
  });
}

/** The lag by way of the spectrum: a product there is a correlation here. */
function roughLag(said: Float64Array, recorded: Float64Array): number {
  let size = 1;
  while (size < said.length + recorded.length) size *= 2;
  // One transform for both: the real part becomes what was said, the imaginary what was recorded.
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  real.set(said);
  imaginary.set(recorded);
  transform(real, imaginary);
  const productReal = new Float64Array(size);
  const productImaginary = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    const mirror = (size - n) % size;
    const saidReal = (real[n]! + real[mirror]!) / 2;
    const saidImaginary = (imaginary[n]! - imaginary[mirror]!) / 2;
    const recordedReal = (imaginary[n]! + imaginary[mirror]!) / 2;
    const recordedImaginary = (real[mirror]! - real[n]!) / 2;
    // Conjugated as a whole, so that transforming forwards transforms back.
    productReal[n] = saidReal * recordedReal + saidImaginary * recordedImaginary;
    productImaginary[n] = saidImaginary * recordedReal - saidReal * recordedImaginary;
  }
  transform(productReal, productImaginary);
  let best = 0;
  for (let n = 1; n < size; n++) if (productReal[n]! > productReal[best]!) best = n;
  return best < recorded.length ? best : best - size;
}

/** The recording cut or padded so that it begins with what was said, and as long. */
export function aligned(said: Int16Array, recorded: Int16Array): Int16Array {
  const lag = lagOf(said, recorded);
  return said.map((_, n) => recorded[n + lag] ?? 0);
}

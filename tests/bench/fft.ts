/**
 * The fast Fourier transform (radix 2, in place): of the numbers `real + i·imaginary`, whose length
 * is a power of two.
 */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 1, mirrored = 0; index < size; index++) {
    let bit = size >> 1;
    for (; (mirrored & bit) !== 0; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index < mirrored) {
      [real[index], real[mirrored]] = [real[mirrored]!, real[index]!];
      [imaginary[index], imaginary[mirrored]] = [imaginary[mirrored]!, imaginary[index]!];
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    const half = span / 2;
    for (let step = 0; step < half; step++) {
      const angle = -2 * Math.PI * step / span;
      const cosine = Math.cos(angle);
      const sine = Math.sin(angle);
      for (let at = step; at < size; at += span) {
        const other = at + half;
        const re = real[other]! * cosine - imaginary[other]! * sine;
        const im = real[other]! * sine + imaginary[other]! * cosine;
        real[other] = real[at]! - re;
        imaginary[other] = imaginary[at]! - im;
        real[at]! += re;
        imaginary[at]! += im;
      }
    }
  }
}

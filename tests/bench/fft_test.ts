import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { transform } from "./fft.ts";

Deno.test("fft: it is the discrete Fourier transform", () => {
  const random = seededRandom(1);
  for (const size of [1, 2, 8, 64]) {
    const real = Float64Array.from({ length: size }, () => random() - 0.5);
    const imaginary = Float64Array.from({ length: size }, () => random() - 0.5);
    const wanted = Array.from({ length: size }, (_, line) => {
      let re = 0;
      let im = 0;
      for (let n = 0; n < size; n++) {
        const angle = -2 * Math.PI * line * n / size;
        re += real[n]! * Math.cos(angle) - imaginary[n]! * Math.sin(angle);
        im += real[n]! * Math.sin(angle) + imaginary[n]! * Math.cos(angle);
      }
      return [re, im] as const;
    });
    transform(real, imaginary);
    wanted.forEach(([re, im], line) => {
      assert.ok(Math.abs(real[line]! - re) < 1e-9 && Math.abs(imaginary[line]! - im) < 1e-9);
    });
  }
});

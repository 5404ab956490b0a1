import { RemoteProtocolError } from "../base/errors.ts";
import { L16 } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { Concealment } from "./concealment.ts";
import { FRAME_MS, SAMPLE_RATE } from "./frame.ts";
import { Resampler } from "./resampler.ts";

/** Samples in a payload. */
const SAMPLES = L16.clockRate * FRAME_MS / 1000;

/** Uncompressed 16-bit samples at 16 kHz in network order (RFC 3551, 4.5.11), without repair. */
export class L16Codec implements Codec {
  readonly format = L16;
  readonly timestampStep = SAMPLES;
  readonly lookahead: number;
  readonly #down = new Resampler(SAMPLE_RATE, L16.clockRate);
  readonly #up = new Resampler(L16.clockRate, SAMPLE_RATE);
  readonly #concealment = new Concealment();

  constructor() {
    this.lookahead = Math.round((this.#down.delay + this.#up.delay) * SAMPLE_RATE);
  }

  encode(frame: Int16Array): Uint8Array {
    const samples = this.#down.process(frame);
    const payload = new Uint8Array(2 * samples.length);
    const view = new DataView(payload.buffer);
    samples.forEach((sample, n) => view.setInt16(2 * n, sample));
    return payload;
  }

  setBitRate(): void {}

  decode(payload: Uint8Array): Int16Array {
    return this.#concealment.heard(this.#up.process(samplesOf(payload)));
  }

  recover(next: Uint8Array): Int16Array {
    samplesOf(next);
    return this.conceal();
  }

  conceal(): Int16Array {
    return this.#concealment.invent();
  }

  [Symbol.dispose](): void {}
}

function samplesOf(payload: Uint8Array): Int16Array {
  if (payload.length !== 2 * SAMPLES) {
    throw new RemoteProtocolError("bad_payload", `${payload.length} bytes`);
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return Int16Array.from({ length: SAMPLES }, (_, n) => view.getInt16(2 * n));
}

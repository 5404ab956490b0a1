import {
  Application,
  createDecoder,
  createEncoder,
  isOpusError,
  type OpusDecoderHandle,
  type OpusEncoderHandle,
  Signal,
} from "libopus-wasm";
import { RemoteProtocolError } from "../base/errors.ts";
import { OPUS } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/**
 * Opus with in-band forward error correction: each payload carries the frame before once more, in
 * fewer bits. Loading the library takes some 50 ms, the first time.
 */
export async function openOpus(): Promise<Codec> {
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: SAMPLE_RATE,
    frameSize: FRAME_SAMPLES,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: MEDIA_LIMITS.opusBitRate.most,
    complexity: MEDIA_LIMITS.opusComplexity,
    fec: true,
    packetLossPercent: MEDIA_LIMITS.opusPacketLoss,
  });
  try {
    const decoder = await createDecoder({
      channels: 1,
      sampleRate: SAMPLE_RATE,
      maxFrameSize: FRAME_SAMPLES,
    });
    return new OpusCodec(encoder, decoder);
  } catch (error) {
    encoder.free();
    throw error;
  }
}

class OpusCodec implements Codec {
  readonly format = OPUS;
  readonly timestampStep = FRAME_SAMPLES;
  readonly lookahead: number;
  readonly #encoder: OpusEncoderHandle;
  readonly #decoder: OpusDecoderHandle;

  constructor(encoder: OpusEncoderHandle, decoder: OpusDecoderHandle) {
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.lookahead = encoder.getLookahead();
  }

  encode(frame: Int16Array): Uint8Array {
    return this.#encoder.encode(frame, { maxPacketBytes: MEDIA_LIMITS.payloadBytes });
  }

  setBitRate(bitsPerSecond: number): void {
    this.#encoder.setBitrate(bitsPerSecond);
  }

  decode(payload: Uint8Array): Int16Array {
    return this.#decoded(payload, false);
  }

  recover(next: Uint8Array): Int16Array {
    return this.#decoded(next, true);
  }

  conceal(): Int16Array {
    return this.#decoder.decodePacketLoss(FRAME_SAMPLES);
  }

  [Symbol.dispose](): void {
    this.#encoder.free();
    this.#decoder.free();
  }

  #decoded(payload: Uint8Array, decodeFec: boolean): Int16Array {
    // The library refuses an empty payload and one that is too long as a caller's mistake.
    if (payload.length === 0 || payload.length > MEDIA_LIMITS.payloadBytes) {
      throw new RemoteProtocolError("bad_payload", `${payload.length} bytes`);
    }
    let frame: Int16Array;
    try {
      frame = this.#decoder.decode(payload, {
        ...(decodeFec ? { decodeFec, frameSize: FRAME_SAMPLES } : {}),
      });
    } catch (error) {
      if (!isOpusError(error)) throw error;
      throw new RemoteProtocolError("bad_payload", error.message);
    }
    if (frame.length !== FRAME_SAMPLES) {
      throw new RemoteProtocolError("bad_payload", `${frame.length} samples`);
    }
    return frame;
  }
}

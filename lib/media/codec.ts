import type { PayloadFormat } from "../protocol/rtp.ts";

/**
 * A codec for one direction or both of one call: frames of 20 ms (mono, 48 kHz, see `frame.ts`) to
 * payloads and back. It remembers what went before, so each stream needs one of its own.
 */
export interface Codec extends Disposable {
  readonly format: PayloadFormat;
  /** Steps of the RTP timestamp from one frame to the next. */
  readonly timestampStep: number;
  /** Samples by which what is decoded lags behind what was encoded. */
  readonly lookahead: number;

  /** Codes one frame. */
  encode(frame: Int16Array): Uint8Array;

  /** Bits a second to aim at; a codec without a choice keeps its own. */
  setBitRate(bitsPerSecond: number): void;

  /**
   * The frame that a payload holds.
   *
   * @throws {RemoteProtocolError} `bad_payload` for what holds no frame of 20 ms
   */
  decode(payload: Uint8Array): Int16Array;

  /**
   * In the place of a lost frame: what the payload after it knows of it, or else
   * {@link conceal}'s guess.
   *
   * @throws {RemoteProtocolError} `bad_payload`
   */
  recover(next: Uint8Array): Int16Array;

  /** In the place of a lost frame: the sound so far, carried on and faded. */
  conceal(): Int16Array;
}

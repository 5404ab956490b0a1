import { createDecoder, isOpusError, type OpusDecoderHandle } from "libopus-wasm";
import { SAMPLE_RATE } from "../frame.ts";
import type { DecodedSound, SoundInfo } from "./decoder.ts";
import type { OggCodec } from "./ogg_song.ts";
import type { OggPage } from "./ogg_pages.ts";
import { opusPacketSamples } from "./opus_packet.ts";

/** Longest packet of Opus: 120 ms. */
const MOST_SAMPLES = SAMPLE_RATE * 120 / 1000;
const GAIN_STEPS = 256 * 20;
const DECODER_GAIN = 4034;

/**
 * Opus in Ogg, mixed to mono by the decoder itself. More than two channels are left to other
 * programs. RFC 7845.
 */
export class OpusSong implements OggCodec {
  info: SoundInfo | null = null;
  readonly unheardPages = 0;
  /** Samples to be left out at the song's beginning. */
  #preSkip = 0;
  /** Sample at which the next packet begins; null until a page told it. */
  #position: number | null = null;
  /** Sample at which the song ends; infinite before its last page. */
  #end = Infinity;

  private constructor(readonly decoder: OpusDecoderHandle) {}

  /** Loads the library, some 15 ms the first time. */
  static async open(): Promise<OpusSong> {
    const decoder = await createDecoder({
      channels: 1,
      sampleRate: SAMPLE_RATE,
      maxFrameSize: MOST_SAMPLES,
    });
    return new OpusSong(decoder);
  }

  page(page: OggPage): void {
    if (page.first) {
      this.#position = 0;
      this.#end = Infinity;
    }
    if (page.granule === null || this.info === null) return;
    if (page.last) this.#end = page.granule;
    // A last page ends where the song does, which may be in the middle of a packet.
    if (page.last && this.#position !== null) return;
    const samples = page.packets.reduce((sum, packet) => sum + opusPacketSamples(packet), 0);
    this.#position = Math.max(0, page.granule - samples);
  }

  // deno-lint-ignore require-await -- others have to wait
  async packet(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedSound | string | null> {
    const name = String.fromCharCode(...bytes.subarray(0, 8));
    if (name === "OpusHead") return this.#head(bytes);
    if (name === "OpusTags") return null;
    if (this.info === null || this.#position === null) return null;
    const length = opusPacketSamples(bytes);
    const position = this.#position;
    this.#position += length;
    const samples = this.#decoded(bytes, length);
    const from = Math.min(samples.length, Math.max(0, this.#preSkip - position));
    const to = Math.min(samples.length, Math.max(from, this.#end - position));
    if (from >= to) return null;
    return {
      kind: "sound",
      samples: samples.slice(from, to) as Int16Array<ArrayBuffer>,
      rate: SAMPLE_RATE,
      at: (position + from - this.#preSkip) / SAMPLE_RATE,
    };
  }

  // deno-lint-ignore require-await -- others have to wait
  async restart(): Promise<void> {
    this.#position = null;
    this.#end = Infinity;
  }

  [Symbol.dispose](): void {
    this.decoder.free();
  }

  #head(bytes: Uint8Array): string | null {
    const channels = bytes[9] ?? 0;
    if (bytes.length < 19 || bytes[8]! >> 4 !== 0 || channels === 0) return "a head of Opus";
    if (channels > 2 || bytes[18]! > 1) return `Opus with ${channels} channels`;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#preSkip = view.getUint16(10, true);
    // In 1/256 dB on both sides; what is beyond 20 dB nobody means.
    const gain = Math.max(-GAIN_STEPS, Math.min(GAIN_STEPS, view.getInt16(16, true)));
    this.decoder.decoderCtl(DECODER_GAIN, gain);
    this.info ??= { codec: "opus", rate: SAMPLE_RATE, channels, seconds: null };
    return null;
  }

  /** A packet's samples; one that is damaged is made up for, as for a lost one in a call. */
  #decoded(bytes: Uint8Array, length: number): Int16Array {
    if (length === 0) return new Int16Array(0);
    try {
      return this.decoder.decode(bytes);
    } catch (error) {
      if (!isOpusError(error)) throw error;
      return this.decoder.decodePacketLoss(length);
    }
  }
}

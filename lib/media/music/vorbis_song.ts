import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import type { DecodedSound, SoundInfo } from "./decoder.ts";
import { monoOf } from "./mono.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import type { OggCodec } from "./ogg_song.ts";
import type { OggPage } from "./ogg_pages.ts";

/** A page in the form that the library takes. */
type LibraryPage = Parameters<OggVorbisDecoder["decodeOggPages"]>[0][number];

/** The first byte of the three packets before the sound, and how many there are. */
const IDENTIFICATION = 1;
const COMMENT = 3;
const SETUP = 5;

/** Vorbis in Ogg. Vorbis I specification, 4.2 and A.2. */
export class VorbisSong implements OggCodec {
  info: SoundInfo | null = null;
  readonly unheardPages = 1;
  /** What the head said; of use once the set-up is there too. */
  #heard: SoundInfo | null = null;
  #identification: Uint8Array<ArrayBuffer> | null = null;
  #setup: Uint8Array<ArrayBuffer> | null = null;
  /** Whether the library has both. */
  #ready = false;
  /** Sample at which the next sound begins; null until a page told it. */
  #position: number | null = 0;
  /** Sample up to which the packets of the page reach; infinite where it does not matter. */
  #end = Infinity;
  /** Packets of the page that are still to come, and where they end. */
  #page = { left: 0, granule: 0 };

  private constructor(readonly library: OggVorbisDecoder) {}

  /** Loads the library, some 10 ms the first time. */
  static async open(): Promise<VorbisSong> {
    const library = new OggVorbisDecoder();
    await library.ready;
    return new VorbisSong(library);
  }

  page(page: OggPage): void {
    if (page.first) {
      this.#position = 0;
      this.#end = Infinity;
    }
    if (page.granule === null) return;
    if (page.last) this.#end = page.granule;
    this.#page = { left: page.packets.length, granule: page.granule };
  }

  async packet(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedSound | string | null> {
    if (isHeader(bytes)) return this.#header(bytes);
    if (this.info === null || this.#setup === null || bytes.length === 0) return null;
    const { channelData, samplesDecoded } = await this.library.decodeOggPages([
      this.#packed(bytes),
    ]);
    const position = this.#position;
    this.#position = this.#positionBehind(samplesDecoded);
    if (position === null) return null;
    const length = Math.min(samplesDecoded, Math.max(0, this.#end - position));
    if (length === 0) return null;
    const { rate } = this.info;
    return { kind: "sound", samples: monoOf(channelData, 0, length), rate, at: position / rate };
  }

  async restart(): Promise<void> {
    this.#position = null;
    this.#end = Infinity;
    if (this.#ready) await this.#reset();
  }

  [Symbol.dispose](): void {
    this.library.free();
  }

  /**
   * Where a packet of so many samples ends. How long it is depends on the one before it, so that
   * behind a jump only the end of a page tells; and so it does where a page was lost.
   */
  #positionBehind(samples: number): number | null {
    if (--this.#page.left === 0) return this.#page.granule;
    return this.#position === null ? null : this.#position + samples;
  }

  async #header(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
    if (bytes[0] === IDENTIFICATION) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (bytes.length < 30 || view.getUint32(7, true) !== 0) return "a head of Vorbis";
      const channels = view.getUint8(11);
      const rate = view.getUint32(12, true);
      if (channels === 0 || channels > MUSIC_LIMITS.channels) return `Vorbis: ${channels} channels`;
      this.#identification = bytes;
      this.#heard = { codec: "vorbis", rate, channels, seconds: null };
      // Another song in the same file.
      if (this.#ready) await this.#reset();
      this.#setup = null;
      this.#position = 0;
    } else if (bytes[0] === SETUP && this.#heard !== null) {
      this.#setup = bytes;
      this.info = this.#heard;
    }
    return null;
  }

  async #reset(): Promise<void> {
    this.#ready = false;
    await this.library.reset();
  }

  /** A packet as a page of its own; the first one comes with what is needed to understand it. */
  #packed(bytes: Uint8Array<ArrayBuffer>): LibraryPage {
    const header = { vorbisSetup: this.#setup };
    const page = {
      data: this.#ready ? bytes : this.#identification,
      codecFrames: [{ data: bytes, header }],
      isLastPage: false,
    };
    this.#ready = true;
    return page as unknown as LibraryPage;
  }
}

function isHeader(bytes: Uint8Array): boolean {
  return [IDENTIFICATION, COMMENT, SETUP].includes(bytes[0] ?? 0) &&
    String.fromCharCode(...bytes.subarray(1, 7)) === "vorbis";
}

import type { ByteQueue } from "./byte_queue.ts";
import {
  type DecodedSound,
  type DecodeStep,
  HUNGRY,
  type MusicDecoder,
  OVER,
  SKIPPED,
  type SongFacts,
  type SoundInfo,
  unplayable,
} from "./decoder.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import { estimatedOffset } from "./offset_estimate.ts";
import { type OggPage, OggPages } from "./ogg_pages.ts";

/** What turns the packets of an Ogg stream into sound. */
export interface OggCodec extends Disposable {
  readonly info: SoundInfo | null;
  /** Whole pages behind a jump of which nothing is heard. */
  readonly unheardPages: number;
  /** A page's packets begin: before it takes them one by one. */
  page(page: OggPage): void;
  /** Takes one packet. The text is why there will never be sound. */
  packet(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedSound | string | null>;
  /** What follows does not follow what was before. */
  restart(): Promise<void>;
}

/** Any codec in an Ogg file: reads its pages and hands on their packets. */
export class OggSong implements MusicDecoder {
  readonly #pages: OggPages;
  readonly #packets: Uint8Array<ArrayBuffer>[] = [];
  /** Which stream of the file is heard; null before it begins and behind its end. */
  #serial: number | null = null;
  /** The last one that was. */
  #known: number | null = null;
  #silent = 0;
  /** Where the first page behind the headers is, and where and when the last sound was. */
  #start = 0;
  /** Bytes of the last page. */
  #pageBytes = 0;
  #heard: { readonly position: number; readonly at: number } | null = null;

  constructor(readonly input: ByteQueue, readonly facts: SongFacts, readonly codec: OggCodec) {
    this.#pages = new OggPages(input);
  }

  get info(): SoundInfo | null {
    return this.codec.info;
  }

  get damaged(): number {
    return this.#pages.damaged;
  }

  async step(): Promise<DecodeStep> {
    const packet = this.#packets.shift();
    if (packet === undefined) return this.#read();
    const sound = await this.codec.packet(packet);
    if (sound === null) return SKIPPED;
    if (typeof sound === "string") return unplayable(sound);
    this.#silent = 0;
    this.#heard = { position: this.input.position, at: sound.at };
    return sound;
  }

  byteOffsetOf(seconds: number): number | null {
    if (this.info === null) return null;
    const heard = this.#heard;
    const bytesPerSecond = heard !== null && heard.at > 0
      ? Math.max(0, heard.position - this.#start) / heard.at
      : null;
    if (seconds <= 0) return 0;
    const basis = { start: this.#start, seconds: this.info.seconds, bytesPerSecond };
    // Half a page is lost where a jump ends, on the average.
    const lost = this.#pageBytes * (this.codec.unheardPages + 0.5);
    return Math.max(0, estimatedOffset(seconds, basis, this.facts) - Math.floor(lost));
  }

  async restart(_seconds: number): Promise<void> {
    this.#pages.restart();
    this.#serial = this.#known;
    this.#packets.length = 0;
    this.#silent = 0;
    await this.codec.restart();
  }

  [Symbol.dispose](): void {
    this.codec[Symbol.dispose]();
  }

  #read(): DecodeStep {
    const { input } = this;
    const { length: before, position } = input;
    const page = this.#pages.next();
    if (page === null) return input.ended && input.length === 0 ? OVER : HUNGRY;
    this.#silent += before - input.length;
    if (this.#silent > MUSIC_LIMITS.silentBytes) return unplayable("no sound in an Ogg file");
    if (page === "skipped") return SKIPPED;
    // A song may follow another in one file; pictures beside it have a number of their own.
    if (page.first && this.#serial === null) this.#known = this.#serial = page.serial;
    if (page.serial !== this.#serial) return SKIPPED;
    if (page.last) this.#serial = null;
    if (this.info !== null) {
      this.#start ||= position;
      this.#pageBytes = before - input.length;
    }
    this.#packets.push(...page.packets);
    this.codec.page(page);
    return SKIPPED;
  }
}

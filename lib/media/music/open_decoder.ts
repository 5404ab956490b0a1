import { ByteQueue } from "./byte_queue.ts";
import type { MusicCodec, MusicDecoder, SongFacts } from "./decoder.ts";
import { OggSong } from "./ogg_song.ts";
import { WavDecoder } from "./wav_decoder.ts";

/** The decoder of a format. Its library is loaded only now: at most 35 ms, once each. */
export async function openDecoder(
  codec: MusicCodec,
  input: ByteQueue,
  facts: SongFacts,
): Promise<MusicDecoder> {
  switch (codec) {
    case "mp3":
      return await (await import("./mp3_decoder.ts")).Mp3Decoder.open(input, facts);
    case "flac":
      return await (await import("./flac_decoder.ts")).FlacDecoder.open(input, facts);
    case "opus":
      return new OggSong(input, facts, await (await import("./opus_song.ts")).OpusSong.open());
    case "vorbis":
      return new OggSong(input, facts, await (await import("./vorbis_song.ts")).VorbisSong.open());
    case "wav":
      return new WavDecoder(input, facts);
  }
}

/**
 * Loads the libraries of all formats before they are needed, one at a time: loading one holds up a
 * call beside it for some 20 ms, and is done only once.
 */
export async function loadDecoders(): Promise<void> {
  for (const codec of ["mp3", "opus", "vorbis", "flac"] as const) {
    const decoder = await openDecoder(codec, new ByteQueue(), { size: 0, seconds: null });
    decoder[Symbol.dispose]();
  }
}

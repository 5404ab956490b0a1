/**
 * Music files for a shared folder, made by ffmpeg, sox and LAME of a sound whose every moment is
 * like no other.
 *
 * @module
 */
import { SAMPLE_RATE } from "../../../lib/media/frame.ts";
import { formatWav } from "../call_rig/wav.ts";

/** Silence at both ends of a song, in seconds: what tells one from the next. */
const SILENCE = 0.25;

const LONG_AGO = new Date(2020, 0, 1);

/** What a song file is called and what makes it of a WAV file. */
interface Recipe {
  readonly extension: string;
  readonly command: (wav: string, file: string, title: string) => readonly string[];
}

const ffmpeg = (...codec: string[]) => (wav: string, file: string, title: string) =>
  ["ffmpeg", "-v", "error", "-i", wav, "-metadata", `title=${title}`, "-metadata", "artist=Coro"]
    .concat(codec, file);

const RECIPES = {
  mp3: {
    extension: "mp3",
    command: (
      wav,
      file,
      title,
    ) => ["lame", "--quiet", "-b", "192", "--tt", title, "--ta", "Coro", wav, file],
  },
  vorbis: { extension: "ogg", command: ffmpeg("-c:a", "libvorbis", "-q:a", "6") },
  opus: { extension: "opus", command: ffmpeg("-c:a", "libopus", "-b:a", "128k") },
  flac: { extension: "flac", command: ffmpeg("-c:a", "flac") },
  // Of two channels, as songs are: 192,000 bytes a second.
  wav: { extension: "wav", command: (wav, file) => ["sox", wav, "-c", "2", file] },
} as const satisfies Readonly<Record<string, Recipe>>;

/** What a song is coded as. */
export type SongFormat = keyof typeof RECIPES;

/** A song file that was made. */
export interface MadeSong {
  readonly name: string;
  readonly path: string;
  /** What is to be heard: 48 kHz, one channel. */
  readonly sound: Int16Array;
}

/**
 * Makes a file in a folder: `TITLE.EXTENSION`.
 *
 * @throws {Error} where a program that is needed is not installed, or says no
 */
export async function makeSong(
  folder: string,
  title: string,
  format: SongFormat,
  seconds: number,
): Promise<MadeSong> {
  const { extension, command } = RECIPES[format];
  const name = `${title}.${extension}`;
  const path = `${folder}/${name}`;
  const sound = rising(seconds);
  const wav = await Deno.makeTempFile({ suffix: ".wav" });
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeFile(wav, formatWav({ samples: sound, rate: SAMPLE_RATE }));
    await run(command(wav, path, title));
    // Whoever shares it waits until a file is not just being written.
    await Deno.utime(path, LONG_AGO, LONG_AGO);
  } finally {
    await Deno.remove(wav);
  }
  return { name, path, sound };
}

async function run([program, ...args]: readonly string[]): Promise<void> {
  try {
    const { success, stderr } = await new Deno.Command(program!, { args }).output();
    if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr)}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${program} is not installed: this test needs it`, { cause: error });
  }
}

/** A tone that rises by 150 Hz in a second from 300 Hz on, and swells and fades. */
function rising(seconds: number): Int16Array {
  const silent = SILENCE * SAMPLE_RATE;
  const length = seconds * SAMPLE_RATE;
  return Int16Array.from({ length }, (_, n) => {
    if (n < silent || n >= length - silent) return 0;
    const time = n / SAMPLE_RATE;
    const swell = 0.7 + 0.3 * Math.sin(2 * Math.PI * 1.3 * time);
    return Math.round(9000 * swell * Math.sin(2 * Math.PI * (300 * time + 75 * time * time)));
  });
}

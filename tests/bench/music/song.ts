import { join } from "node:path";
import { formatWav } from "../../processes/call_rig/wav.ts";

/** Bits a second of every song here: 320 kbit/s, the most that MP3 has. */
const BIT_RATE = 320_000;
/** Samples a second at which 16 bits of one channel are that many. */
const RATE = BIT_RATE / 16;
/** A tone that is loud from its first sample on. */
const TONE = { hertz: 440, loudness: 16_000 } as const;

/**
 * Songs of 320 kbit/s, all of one sound but each a file of its own: MP3 where ffmpeg is installed,
 * else WAV.
 *
 * @param folder where the files are put
 * @returns their paths
 */
export async function makeSongs(
  folder: string,
  count: number,
  seconds: number,
): Promise<readonly string[]> {
  const wav = formatWav({ samples: tone(seconds), rate: RATE });
  const mp3 = await asMp3(wav, folder);
  const paths: string[] = [];
  for (let number = 1; number <= count; number++) {
    const path = join(folder, `song ${number}.${mp3 === null ? "wav" : "mp3"}`);
    // What stands behind the sound is of no matter to a player, and makes it another file.
    const end = new Uint8Array(2).fill(number);
    await Deno.writeFile(path, new Uint8Array([...mp3 ?? wav, ...end]));
    paths.push(path);
  }
  return paths;
}

function tone(seconds: number): Int16Array {
  const { hertz, loudness } = TONE;
  return Int16Array.from(
    { length: seconds * RATE },
    (_, n) => Math.round(loudness * Math.cos(2 * Math.PI * hertz * n / RATE)),
  );
}

async function asMp3(wav: Uint8Array, folder: string): Promise<Uint8Array | null> {
  const [from, to] = [join(folder, "tone.wav"), join(folder, "tone.mp3")];
  await Deno.writeFile(from, wav);
  const args = ["-v", "error", "-y", "-i", from, "-ar", "44100", "-b:a", String(BIT_RATE), to];
  try {
    const { success, stderr } = await new Deno.Command("ffmpeg", { args }).output();
    if (!success) throw new Error(`ffmpeg: ${new TextDecoder().decode(stderr)}`);
    return await Deno.readFile(to);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

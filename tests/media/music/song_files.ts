/**
 * Real music files for tests, made by ffmpeg and LAME from one sound whose every moment is like no
 * other, so that what was decoded can be found in it.
 *
 * @module
 */
import { join } from "node:path";
import { SAMPLE_RATE } from "../../../lib/media/frame.ts";

/** Length of the song in seconds. */
export const SONG_SECONDS = 8;
const RATE = 44_100;

const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** A tone that rises from 300 to 2,000 Hz and swells and fades: at 48 kHz, mono. */
export const SONG = song(SAMPLE_RATE);

/** The song as a file, made once: `encoder` is the end of ffmpeg's command line, or LAME's. */
export function songFile(
  encoder: readonly string[],
  program: "ffmpeg" | "lame" = "ffmpeg",
  seconds: number = SONG_SECONDS,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = JSON.stringify([encoder, program, seconds]);
  const file = made.get(key) ?? make(encoder, program, seconds);
  made.set(key, file);
  return file;
}

/** Files of every format that is decoded here. */
export const FORMATS = {
  mp3: () => songFile(["-b:a", "128k", "-f", "mp3"]),
  variable_mp3: () => songFile(["-V4"], "lame"),
  opus: () => songFile(["-c:a", "libopus", "-page_duration", "200000", "-f", "opus"]),
  vorbis: () => songFile(["-c:a", "libvorbis", "-f", "ogg"]),
  flac: () => songFile(["-f", "flac"]),
  wav: () => songFile(["-c:a", "pcm_s24le", "-f", "wav"]),
} as const;

/**
 * How like the song `sound` is when it is taken to begin at `at` seconds, 1 being the same; and how
 * many samples it is really away from there, as far as 100 ms.
 */
export function likeness(sound: Int16Array, at: number): { likeness: number; shift: number } {
  const start = Math.round(at * SAMPLE_RATE);
  const most = SAMPLE_RATE / 10;
  // A thousand samples tell where it is; then all tell how like it is.
  const { shift } = best(sound, start, -most, most, Math.ceil(sound.length / 1000));
  return best(sound, start, shift, shift, 1);
}

/** Whether `sound` is the song from `at` seconds on: alike, and at most `shift` samples away. */
export function isSong(sound: Int16Array, at: number, least = 0.98, shift = 100): boolean {
  const found = likeness(sound, at);
  return found.likeness >= least && Math.abs(found.shift) <= shift;
}

function best(
  sound: Int16Array,
  start: number,
  from: number,
  to: number,
  step: number,
): { likeness: number; shift: number } {
  let most = { likeness: -2, shift: 0 };
  for (let shift = from; shift <= to; shift++) {
    let [both, one, other] = [0, 0, 0];
    for (let n = 0; n < sound.length; n += step) {
      const heard = sound[n]!;
      const said = SONG[start + shift + n] ?? 0;
      both += heard * said;
      one += heard * heard;
      other += said * said;
    }
    const likeness = one === 0 || other === 0 ? 0 : both / Math.sqrt(one * other);
    if (likeness > most.likeness) most = { likeness, shift };
  }
  return most;
}

function song(rate: number, seconds: number = SONG_SECONDS): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: seconds * rate }, (_, n) => {
    const time = n / rate;
    const phase = 2 * Math.PI * (300 * time + 1700 / SONG_SECONDS * time * time / 2);
    const swell = 0.7 + 0.3 * Math.sin(2 * Math.PI * 1.3 * time);
    return Math.round(9000 * swell * Math.sin(phase));
  });
}

async function make(
  encoder: readonly string[],
  program: "ffmpeg" | "lame",
  seconds: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir({ prefix: "song-" });
  try {
    const [raw, coded] = [join(folder, "song.raw"), join(folder, "song")];
    await Deno.writeFile(raw, new Uint8Array(song(RATE, seconds).buffer));
    // Two channels, as songs have.
    const args = program === "lame"
      ? ["--quiet", "-r", "-s", "44.1", "-m", "m", ...encoder, raw, coded]
      : ["-v", "error", "-f", "s16le", "-ar", `${RATE}`, "-ac", "1", "-i", raw, "-ac", "2"]
        .concat(encoder, coded);
    const { success, stderr } = await new Deno.Command(program, { args }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return await Deno.readFile(coded);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

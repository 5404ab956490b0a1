import { createHash } from "node:crypto";
import { join } from "node:path";
import { seededRandom } from "../../lib/base/random.ts";
import { formatWav } from "../processes/call_rig/wav.ts";

/** A song that was made. */
export interface SongFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, in hex. */
  readonly id: string;
}

const SONGS = 24;
const RATE = 48_000;
/** Seconds: between one piece of a transfer and four. */
const SHORTEST = 2;
const LONGEST = 10;
/** Whoever shares a file waits until it is not just being written. */
const LONG_AGO = new Date(2020, 0, 1);

/** Makes songs of noise in a folder, the same for the same seed. */
export async function makeSongs(folder: string, seed: number): Promise<SongFile[]> {
  const random = seededRandom(seed);
  const songs: SongFile[] = [];
  for (let number = 0; number < SONGS; number++) {
    const seconds = SHORTEST + (LONGEST - SHORTEST) * random();
    const samples = Int16Array.from(
      { length: Math.round(seconds * RATE) },
      () => Math.floor((random() - 0.5) * 20_000),
    );
    const bytes = formatWav({ samples, rate: RATE });
    const name = `soak-${String(number).padStart(2, "0")}.wav`;
    const path = join(folder, name);
    await Deno.writeFile(path, bytes);
    await Deno.utime(path, LONG_AGO, LONG_AGO);
    songs.push({ name, size: bytes.length, id: digestOf(bytes) });
  }
  return songs;
}

/** SHA-256 in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

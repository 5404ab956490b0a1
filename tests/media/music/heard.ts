import { FRAME_SAMPLES } from "../../../lib/media/frame.ts";
import type { SongFrame } from "../../../lib/media/music/frame_queue.ts";
import type { SongStep, SongStream } from "../../../lib/media/music/song_stream.ts";

/** What came out of a song. */
export interface Heard {
  readonly step: SongStep;
  readonly frames: readonly SongFrame[];
  readonly sound: Int16Array<ArrayBuffer>;
}

/**
 * Pushes a file in parts as it asks for them, from `offset` on, and takes all that comes out; ends
 * early once there are `most` frames.
 */
export async function heardOf(
  song: SongStream,
  file: Uint8Array,
  { part = () => 4096, offset = 0, most = Infinity }: {
    part?: () => number;
    offset?: number;
    most?: number;
  } = {},
): Promise<Heard> {
  const frames: SongFrame[] = [];
  let at = offset;
  while (true) {
    const step = await song.step();
    for (let frame = song.shift(); frame !== null; frame = song.shift()) frames.push(frame);
    if (step === "over" || step === "unplayable" || frames.length >= most) {
      return { step, frames, sound: joined(frames) };
    }
    if (step !== "hungry") continue;
    if (at >= file.length) song.end();
    else {
      const end = at + part();
      song.push(file.subarray(at, end));
      at = end;
    }
  }
}

/** The sound of frames that follow each other. */
export function joined(
  frames: readonly { readonly samples: Int16Array }[],
): Int16Array<ArrayBuffer> {
  const sound = new Int16Array(frames.length * FRAME_SAMPLES);
  frames.forEach(({ samples }, n) => sound.set(samples, n * FRAME_SAMPLES));
  return sound;
}

/** Sound of one channel. */
export interface Sound {
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly rate: number;
}

const HEADER = 44;
const PCM = 1;
const LITTLE_ENDIAN = true;

/** A WAV file of one channel with 16 bits. */
export function formatWav({ samples, rate }: Sound): Uint8Array {
  const bytes = new Uint8Array(HEADER + samples.byteLength);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => {
    for (let n = 0; n < 4; n++) view.setUint8(at + n, word.charCodeAt(n));
  };
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, LITTLE_ENDIAN);
  text(8, "WAVE");
  text(12, "fmt ");
  view.setUint32(16, 16, LITTLE_ENDIAN);
  view.setUint16(20, PCM, LITTLE_ENDIAN);
  view.setUint16(22, 1, LITTLE_ENDIAN);
  view.setUint32(24, rate, LITTLE_ENDIAN);
  view.setUint32(28, 2 * rate, LITTLE_ENDIAN);
  view.setUint16(32, 2, LITTLE_ENDIAN);
  view.setUint16(34, 16, LITTLE_ENDIAN);
  text(36, "data");
  view.setUint32(40, samples.byteLength, LITTLE_ENDIAN);
  samples.forEach((sample, n) => view.setInt16(HEADER + 2 * n, sample, LITTLE_ENDIAN));
  return bytes;
}

/**
 * A channel of a WAV file with 16 bits. A program that does not know how long its file becomes may
 * have written any size of the sound: what there is counts.
 *
 * @param channel from 0
 * @throws {TypeError} for another file, or without that channel
 */
export function parseWav(bytes: Uint8Array, channel = 0): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || word(0) !== "RIFF" || word(8) !== "WAVE") {
    throw new TypeError("not a WAV file");
  }
  let format: { readonly channels: number; readonly rate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const from = at + 8;
    const size = view.getUint32(at + 4, LITTLE_ENDIAN);
    if (word(at) === "fmt ") {
      if (view.getUint16(from + 14, LITTLE_ENDIAN) !== 16) throw new TypeError("not of 16 bits");
      format = {
        channels: view.getUint16(from + 2, LITTLE_ENDIAN),
        rate: view.getUint32(from + 4, LITTLE_ENDIAN),
      };
    } else if (word(at) === "data" && format !== null) {
      const { channels, rate } = format;
      if (channel >= channels) throw new TypeError(`no channel ${channel}`);
      const there = size === 0 ? bytes.length - from : Math.min(size, bytes.length - from);
      const samples = Int16Array.from(
        { length: Math.floor(there / (2 * channels)) },
        (_, n) => view.getInt16(from + 2 * (n * channels + channel), LITTLE_ENDIAN),
      );
      return { samples, rate };
    }
    at = from + size + size % 2;
  }
  throw new TypeError("a WAV file without sound");
}

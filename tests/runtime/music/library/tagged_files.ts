/** Title and artist of a file that is made for a test. */
export interface Words {
  readonly title: string;
  readonly artist: string;
}

/** Seconds of every file made here. */
export const SECONDS = 2;

/** A WAV file of silence, its words as most programs write them: in UTF-8. */
export function wavFile({ title, artist }: Words): Uint8Array {
  const rate = 8000;
  const data = new Uint8Array(rate * 2 * SECONDS);
  const format = new DataView(new ArrayBuffer(16));
  format.setUint16(0, 1, true);
  format.setUint16(2, 1, true);
  format.setUint32(4, rate, true);
  format.setUint32(8, rate * 2, true);
  format.setUint16(12, 2, true);
  format.setUint16(14, 16, true);
  const info = joined(latin("INFO"), riff("INAM", text(title)), riff("IART", text(artist)));
  const chunks = [
    riff("fmt ", new Uint8Array(format.buffer)),
    riff("LIST", info),
    riff("data", data),
  ];
  return riff("RIFF", joined(latin("WAVE"), ...chunks));
}

/** An MP3 file of frames without a header that says how many; `padding` bytes are in its tag. */
export function mp3File({ title, artist }: Words, padding = 0): Uint8Array {
  const frame = new Uint8Array(417);
  // MPEG-1 layer 3, 128 kbit/s, 44.1 kHz: 1,152 samples.
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const frames = Array.from({ length: Math.round(SECONDS * 44100 / 1152) }, () => frame);
  const body = joined(id3("TIT2", title), id3("TPE1", artist), new Uint8Array(padding));
  const size = [21, 14, 7, 0].map((shift) => body.length >> shift & 0x7f);
  return joined(latin("ID3"), Uint8Array.of(3, 0, 0, ...size), body, ...frames);
}

/** What a FLAC file begins with: how long it is, and its words. No sound follows. */
export function flacFile({ title, artist }: Words): Uint8Array {
  const info = new Uint8Array(34);
  const view = new DataView(info.buffer);
  view.setUint16(0, 4096);
  view.setUint16(2, 4096);
  const samples = 44100 * SECONDS;
  view.setUint32(10, (44100 << 12) | (1 << 9) | (15 << 4));
  view.setUint32(14, samples);
  const comments = [`TITLE=${title}`, `ARTIST=${artist}`].map(text);
  const comment = joined(
    length32(4),
    latin("test"),
    length32(comments.length),
    ...comments.flatMap((one) => [length32(one.length), one]),
  );
  const block = (type: number, bytes: Uint8Array) =>
    joined(Uint8Array.of(type, 0, bytes.length >> 8, bytes.length & 0xff), bytes);
  return joined(latin("fLaC"), block(0, info), block(0x84, comment));
}

/** Bytes that look like nothing, the same for the same seed. */
export function noise(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed * 2_654_435_761 >>> 0 || 1;
  for (let at = 0; at < size; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

function riff(name: string, bytes: Uint8Array): Uint8Array {
  return joined(latin(name), length32(bytes.length), bytes, new Uint8Array(bytes.length % 2));
}

function id3(name: string, words: string): Uint8Array {
  // In UTF-16 with its mark.
  const units = `\ufeff${words}`;
  const utf16 = new Uint8Array(
    Uint16Array.from({ length: units.length }, (_, at) => units.charCodeAt(at)).buffer,
  );
  return joined(latin(name), Uint8Array.of(0, 0, 0, utf16.length + 1, 0, 0, 1), utf16);
}

function length32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}

function latin(words: string): Uint8Array {
  return Uint8Array.from(words, (unit) => unit.charCodeAt(0));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

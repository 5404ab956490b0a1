/** Makes WAV files for tests: any format, and with what is odd about files of others. */
export interface WavParts {
  readonly tag?: number;
  readonly bits?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly extensible?: boolean;
  readonly blockBytes?: number;
  /** Chunks before the samples. */
  readonly before?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** In the place of the real size of the samples. */
  readonly size?: number;
  readonly samples: Uint8Array;
  /** Behind the samples. */
  readonly after?: Uint8Array;
}

/** The bytes of such a file. */
export function wavBytes(parts: WavParts): Uint8Array<ArrayBuffer> {
  const { samples, before = [], after = new Uint8Array(0) } = parts;
  const chunks = [
    ...before.map(({ name, bytes }) => chunk(name, bytes)),
    chunk("fmt ", formatChunk(parts)),
    chunk("data", samples, parts.size),
    after,
  ];
  const body = join([ascii("WAVE"), ...chunks]);
  return join([ascii("RIFF"), uint32(body.length), body]);
}

function formatChunk(parts: WavParts): Uint8Array {
  const { tag = 1, bits = 16, channels = 1, rate = 48_000, extensible = false } = parts;
  const blockBytes = parts.blockBytes ?? channels * bits / 8;
  const bytes = new Uint8Array(extensible ? 40 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, extensible ? 0xFFFE : tag, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * blockBytes, true);
  view.setUint16(12, blockBytes, true);
  view.setUint16(14, bits, true);
  if (extensible) {
    view.setUint16(16, 22, true);
    view.setUint16(18, bits, true);
    view.setUint16(24, tag, true);
  }
  return bytes;
}

function chunk(name: string, bytes: Uint8Array, size = bytes.length): Uint8Array {
  return join([ascii(name), uint32(size), bytes, new Uint8Array(bytes.length % 2)]);
}

/** Samples of 16 bits as bytes. */
export function bytesOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength).slice();
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

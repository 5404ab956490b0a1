/** How long a request is and how long its reply, in bytes. */
export interface ReplySize {
  readonly request: number;
  readonly reply: number;
}

const encoder = new TextEncoder();

/** Writes sizes as the baselines take them on their command line: `13:22,85:78`. */
export function formatReplySizes(sizes: readonly ReplySize[]): string {
  return sizes.map(({ request, reply }) => `${request}:${reply}`).join(",");
}

/**
 * Reads what {@link formatReplySizes} wrote.
 *
 * @throws {TypeError} where a part is not two positive integers
 */
export function parseReplySizes(text: string): ReplySize[] {
  return text.split(",").map((part) => {
    const match = /^([1-9]\d*):([1-9]\d*)$/.exec(part);
    if (match === null) throw new TypeError(`not REQUEST:REPLY in bytes: ${part}`);
    return { request: Number(match[1]), reply: Number(match[2]) };
  });
}

/** `count` replies of `length` bytes, each of which ends with a line end. */
export function replies(length: number, count: number): Uint8Array {
  return encoder.encode(`${"x".repeat(length - 1)}\n`.repeat(count));
}

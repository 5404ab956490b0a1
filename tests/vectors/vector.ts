/**
 * The shape that the tables of wire formats share, and what drives reader and writer with them: each
 * line is read whole, byte by byte, cut at every place, and with trailing bytes behind it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { LineDecoder } from "../../lib/wire/line_decoder.ts";
import { encodeLine, type LineEnd } from "../../lib/wire/text.ts";

/** A line as bytes or as text, without its terminator. */
export type Line = string | Uint8Array;

/** A line, what it says, and words for it where the line does not speak for itself. */
export type Vector<Message> = readonly [line: Line, message: Message, what?: string];

/** A line that is refused, the code of the error, and words for it. */
export type Refusal = readonly [line: Line, code: string, what?: string];

/** One wire format: its reader, its writer and its lines. */
export interface Format<Message> {
  readonly parse: (bytes: Uint8Array) => Message;
  readonly format: (message: Message) => string;
  /** Most bytes of a line. */
  readonly limit: number;
  /** Lines exactly as this project writes them, and what they say. */
  readonly written: readonly Vector<Message>[];
  /** Lines as other programs write them, and how they are read. */
  readonly read: readonly Vector<Message>[];
  /** Lines that are no messages. */
  readonly refused: readonly Refusal[];
}

/** Registers one test for each line of a format. */
export function testFormat<Message>(name: string, format: Format<Message>): void {
  const { parse, limit } = format;
  for (const [line, message, what] of format.written) {
    Deno.test(`${name}: reads and writes ${titleOf(line, what)}`, () => {
      assert.equal(format.format(message), line);
      for (const bytes of deliveries(bytesOf(line), limit)) assert.deepEqual(parse(bytes), message);
    });
  }
  for (const [line, message, what] of format.read) {
    Deno.test(`${name}: reads ${titleOf(line, what)}`, () => {
      for (const bytes of deliveries(bytesOf(line), limit)) assert.deepEqual(parse(bytes), message);
    });
  }
  for (const [line, code, what] of format.refused) {
    Deno.test(`${name}: refuses ${titleOf(line, what)} as ${code}`, () => {
      for (const bytes of deliveries(bytesOf(line), limit)) {
        assert.throws(() => parse(bytes), isRemoteError(code));
      }
    });
  }
}

/** A check for `assert.throws`: the error of a remote's mistake, with this code. */
export function isRemoteError(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof RemoteProtocolError, String(error));
    assert.equal(error.code, code);
    return true;
  };
}

/** The bytes of a line. */
export function bytesOf(line: Line): Uint8Array {
  return typeof line === "string" ? new TextEncoder().encode(line) : line;
}

/** The bytes of all lines of some tables: what fuzzers begin with. */
export function linesOf(
  ...tables: readonly (readonly (readonly [line: Line, ...rest: unknown[]])[])[]
): Uint8Array[] {
  return tables.flat().map(([line]) => bytesOf(line));
}

/** The same line as a {@link LineDecoder} cuts it out of a stream, for every way it may arrive. */
export function* deliveries(line: Uint8Array, limit: number): Generator<Uint8Array> {
  for (const end of ["\n", "\r\n"] as const) {
    // Before a lone `\n`, a `\r` would be part of the terminator.
    if (end === "\n" && line.at(-1) === 0x0d) continue;
    const stream = joined(line, encodeLine("", end));
    yield onlyLine([stream], limit, 0);
    yield onlyLine([...stream].map((byte) => Uint8Array.of(byte)), limit, 0);
    yield* cuts(stream, limit);
    yield* withTrailingBytes(stream, end, limit);
  }
  if (line.length > 0 && line.at(-1) !== 0x0d) {
    const decoder = new LineDecoder(limit);
    assert.deepEqual([...decoder.push(line)], []);
    const last = decoder.finish();
    assert.ok(last?.kind === "line");
    yield last.bytes;
  }
}

function* cuts(stream: Uint8Array, limit: number): Generator<Uint8Array> {
  // Every cut of a short line; of a long one, its edges, where the framing is.
  for (let at = 1; at < stream.length; at++) {
    if (at > 64 && at < stream.length - 64) continue;
    yield onlyLine([stream.subarray(0, at), stream.subarray(at)], limit, 0);
  }
}

function* withTrailingBytes(
  stream: Uint8Array,
  end: LineEnd,
  limit: number,
): Generator<Uint8Array> {
  yield onlyLine([joined(stream, bytesOf("\tKE"))], limit, 3);
  yield onlyLine([joined(stream, bytesOf("\r"))], limit, 1);
  const decoder = new LineDecoder(limit);
  const lines = [...decoder.push(joined(stream, stream, encodeLine("next", end)))];
  assert.deepEqual(lines.map(({ kind }) => kind), ["line", "line", "line"]);
  for (const line of lines.slice(0, 2)) if (line.kind === "line") yield line.bytes;
  const [, , next] = lines;
  assert.ok(next?.kind === "line");
  assert.deepEqual(next.bytes, bytesOf("next"));
}

/** The one line in a stream of chunks, `rest` bytes staying behind. */
function onlyLine(chunks: readonly Uint8Array[], limit: number, rest: number): Uint8Array {
  const decoder = new LineDecoder(limit);
  const lines: Uint8Array[] = [];
  for (const chunk of chunks) {
    for (const line of decoder.push(chunk)) {
      assert.ok(line.kind === "line");
      lines.push(line.bytes.slice());
    }
  }
  assert.equal(lines.length, 1);
  assert.equal(decoder.held, rest);
  return lines[0]!;
}

/** Several runs of bytes as one. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function titleOf(line: Line, what: string | undefined): string {
  if (what !== undefined) return what;
  return typeof line === "string" ? JSON.stringify(line) : `bytes ${line.toHex()}`;
}

import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../../lib/base/errors.ts";
import { isRtcp } from "../../../lib/protocol/rtp.ts";
import { isControlDatagram } from "../../../lib/protocol/music.ts";
import { isTransferPacket } from "../../../lib/protocol/music/transfer_packets.ts";
import { datagramKind } from "../../../lib/wire/datagram_kind.ts";
import { systemOf } from "../../../lib/wire/first_byte.ts";
import { parseJsonLine } from "../../../lib/wire/json_line.ts";
import { LineDecoder } from "../../../lib/wire/line_decoder.ts";
import { decodeForPeople, decodeText, encodeLine, encodeText } from "../../../lib/wire/text.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";

const RETURN = 0x0d;
const NEWLINE = 0x0a;

/** Lines as text of bytes, `null` for one that was too long, and what `finish` gives at the end. */
interface Cut {
  readonly lines: readonly (string | null)[];
  readonly last: string | null;
}

/** The plain way to cut a whole stream into lines. */
function plainlyCut(stream: Uint8Array, limit: number): Cut {
  const parts: number[][] = [[]];
  for (const byte of stream) {
    if (byte === NEWLINE) parts.push([]);
    else parts.at(-1)!.push(byte);
  }
  const rest = parts.pop()!;
  const whole = (part: number[]) => part.at(-1) === RETURN ? part.slice(0, -1) : part;
  const lines = parts.map((part) => whole(part).length > limit ? null : whole(part).join());
  if (whole(rest).length > limit) return { lines: [...lines, null], last: null };
  return { lines, last: rest.length === 0 ? null : whole(rest).join() };
}

/** The same by a {@link LineDecoder}, in chunks of these lengths over and over. */
function decoded(stream: Uint8Array, limit: number, lengths: readonly number[]): Cut {
  const decoder = new LineDecoder(limit);
  // One buffer for all reads, as the runtime has it: what is kept must have been copied.
  const buffer = new Uint8Array(Math.max(...lengths));
  const lines: (string | null)[] = [];
  for (let at = 0, n = 0; at < stream.length; n += 1) {
    const part = stream.subarray(at, at + lengths[n % lengths.length]!);
    at += part.length;
    buffer.set(part);
    for (const line of decoder.push(buffer.subarray(0, part.length))) {
      lines.push(line.kind === "line" ? line.bytes.join() : null);
    }
    assert.ok(decoder.held <= limit + 1, "more than a line is held");
    buffer.fill(0x7a);
  }
  const last = decoder.finish();
  return { lines, last: last?.kind === "line" ? last.bytes.join() : null };
}

const lines: FuzzTarget = {
  name: "line_decoder",
  seeds: [bytesOf("\x05\x01\x03ab\r\ncd\n\nefghijk\r\nl"), bytesOf("\x00\x02\x02\r\r\n\n\r")],
  words: ["\r\n", "\n\n", "\r"],
  most: 300,
  tries: 1000,
  run([limit = 0, one = 0, other = 0, ...stream], saw) {
    const lengths = [1 + one % 20, 1 + other % 20];
    const cut = decoded(Uint8Array.from(stream), limit % 40, lengths);
    assert.deepEqual(cut, plainlyCut(Uint8Array.from(stream), limit % 40));
    for (const line of cut.lines) saw(line === null ? "too long" : `line ${line.length % 7}`);
    saw(`last ${cut.last?.length ?? "none"}`);
  },
};

const text: FuzzTarget = {
  name: "text",
  seeds: ["olá, 世界 😀", "", "a\ufeffb", "x".repeat(70), "a\tb"].map(bytesOf),
  words: ["\r\n", "\ufffd", "\u{10ffff}"],
  most: 200,
  tries: 1000,
  run(bytes, saw) {
    const shown = decodeForPeople(bytes);
    let exact: string;
    try {
      exact = decodeText(bytes);
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError && error.code === "bad_utf8", String(error));
      assert.ok(shown.includes("\ufffd"), "people see that something was wrong");
      return saw("bad_utf8");
    }
    assert.equal(exact, shown);
    assert.deepEqual(encodeText(exact).slice(), bytes);
    if (exact.includes("\n")) return saw("line break");
    for (const end of ["\n", "\r\n"] as const) {
      const [line] = new LineDecoder().push(encodeLine(exact, end));
      assert.ok(line?.kind === "line");
      // Before a lone `\n`, a `\r` is part of the terminator.
      assert.equal(decodeText(line.bytes), end === "\n" ? exact.replace(/\r$/, "") : exact);
    }
    saw(/[^\0-\x7f]/.test(exact) ? "not ASCII" : "ASCII");
    saw(bytes.length > 64 ? "long" : "short");
  },
};

const json: FuzzTarget = {
  name: "json_line",
  seeds: ['{"a":[1,2.5e3,"\\u00e9\\n",null,true,{"b":{}}],"ttl":-1}', " ", "[]", '"x"'].map(
    bytesOf,
  ),
  words: ['{"', '":', "[[[[", "{}", "\\u0000", '"__proto__":'],
  most: 400,
  tries: 1000,
  run(bytes, saw) {
    const object = readOrRefuse(() => parseJsonLine(bytes), saw);
    if (object === null) return;
    assert.ok(typeof object === "object" && !Array.isArray(object));
    const line = JSON.stringify(object);
    assert.equal(JSON.stringify(parseJsonLine(bytesOf(line))), line);
    saw(Object.values(object).slice(0, 3).map((value) => shapeOf(value, 0)).join());
  },
};

const datagrams: FuzzTarget = {
  name: "datagram_kind",
  seeds: [bytesOf("{}"), Uint8Array.of(0x80, 0xc8), Uint8Array.of(0x40), new Uint8Array(0)],
  most: 16,
  tries: 300,
  run(bytes, saw) {
    const kind = datagramKind(bytes);
    const music = isControlDatagram(bytes) ? "control" : isTransferPacket(bytes) ? "packet" : null;
    assert.ok(kind !== "media" || music === null, "sound is taken for music");
    assert.ok(!isRtcp(bytes) || bytes.length >= 2);
    saw(`${kind} ${music} ${isRtcp(bytes)} ${bytes.length > 0 ? systemOf(bytes[0]!) : ""}`);
  },
};

export const WIRE: readonly FuzzTarget[] = [lines, text, json, datagrams];

import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import {
  formatMessage,
  type OverlayLine,
  parseLine,
  parsePeerId,
  parsePubTarget,
  payloadText,
  peerIdOf,
  splitPeerId,
  withTtl,
} from "../../lib/protocol/overlay.ts";
import { LineDecoder } from "../../lib/wire/line_decoder.ts";
import { encodeLine, utf8Length } from "../../lib/wire/text.ts";
import { PASSED_ON, READ, REFUSED, WRITTEN } from "../vectors/overlay.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** What a stream of bytes, cut into chunks, is read as. */
function readStream(chunks: Iterable<Uint8Array>): OverlayLine["message"][] {
  const decoder = new LineDecoder();
  const messages: OverlayLine["message"][] = [];
  for (const chunk of chunks) {
    for (const line of decoder.push(chunk)) {
      assert.equal(line.kind, "line");
      if (line.kind === "line") messages.push(parseLine(line.bytes).message);
    }
  }
  return messages;
}

Deno.test("overlay lines: written as in the table", () => {
  for (const [line, message] of WRITTEN) assert.equal(formatMessage(message), line);
});

Deno.test("overlay lines: read whole", () => {
  for (const [line, message] of [...WRITTEN, ...READ]) {
    assert.deepEqual(parseLine(bytes(line)), { message, text: line });
  }
});

Deno.test("overlay lines: read byte by byte, with either terminator", () => {
  for (const [line, message] of [...WRITTEN, ...READ]) {
    for (const end of ["\n", "\r\n"] as const) {
      const stream = encodeLine(line, end);
      assert.deepEqual(readStream([...stream].map((byte) => Uint8Array.of(byte))), [message]);
    }
  }
});

Deno.test("overlay lines: read with trailing bytes and many in one chunk", () => {
  for (const [line, message] of [...WRITTEN, ...READ]) {
    const stream = bytes(`${line}\n${line}\r\n{"type":"PI`);
    assert.deepEqual(readStream([stream]), [message, message]);
  }
});

Deno.test("overlay lines: what is no message is bad_format", () => {
  const badUtf8 = Uint8Array.of(0x7b, 0xff, 0x7d);
  for (const line of [...REFUSED.map(bytes), badUtf8]) {
    assert.throws(
      () => parseLine(line),
      (error) => error instanceof RemoteProtocolError && error.code === "bad_format",
      new TextDecoder().decode(line),
    );
  }
});

Deno.test("overlay lines: every written line ends in its ttl", () => {
  for (const [line] of WRITTEN) assert.match(line, /,"ttl":[0-9]+\}$/);
});

Deno.test("overlay lines: an id may have 128 characters of any kind", () => {
  for (const id of ["x".repeat(128), "😀".repeat(128)]) {
    const { message } = parseLine(bytes(JSON.stringify({ type: "PING", msg_id: id })));
    assert.equal(message.type === "PING" && message.msg_id, id);
  }
  for (const id of ["x".repeat(129), "😀".repeat(129)]) {
    assert.throws(() => parseLine(bytes(JSON.stringify({ type: "PING", msg_id: id }))));
  }
});

Deno.test("overlay lines: passed on with another ttl and everything else as it came", () => {
  for (const [line, expected] of PASSED_ON) assert.equal(withTtl(line, 4), expected);
});

Deno.test("overlay lines: a line that would grow over the limit is not passed on", () => {
  const line = (length: number) => {
    const empty = '{"type":"SEND","payload":""}';
    return `{"type":"SEND","payload":"${"x".repeat(length - empty.length)}"}`;
  };
  assert.equal(utf8Length(withTtl(line(32_768 - 8), 0)!), 32_768);
  assert.equal(withTtl(line(32_768 - 7), 0), null);
});

Deno.test("overlay names: peer ids and targets of PUB", () => {
  assert.equal(parsePeerId("ana@UnB"), "ana@UnB");
  assert.equal(parsePeerId(7), null);
  assert.equal(parsePeerId("ana"), null);
  assert.deepEqual(splitPeerId("ana@home@UnB"), { name: "ana@home", namespace: "UnB" });
  assert.equal(peerIdOf("Jose\u0301", "UnB"), "Jos\u00e9@UnB");
  assert.equal(parsePubTarget("*"), "*");
  assert.equal(parsePubTarget("#UnB"), "#UnB");
  assert.equal(parsePubTarget("#"), null);
  assert.equal(parsePubTarget("UnB"), null);
  assert.equal(parsePubTarget(null), null);
});

Deno.test("overlay payloads: text as it is, anything else as JSON", () => {
  assert.equal(payloadText("olá"), "olá");
  assert.equal(payloadText({ a: [1] }), '{"a":[1]}');
  assert.equal(payloadText(null), "null");
});

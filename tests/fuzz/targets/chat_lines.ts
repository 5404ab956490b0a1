import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/base/limits.ts";
import {
  formatPeerLine,
  formatReply,
  formatRequest,
  parseGreeting,
  parsePeerLine,
  parseReply,
  parseRequest,
} from "../../../lib/protocol/chat.ts";
import * as vectors from "../../vectors/chat.ts";
import { linesOf } from "../../vectors/vector.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";

const WORDS = ["USER ", "LIST", "LIST ", "KEEP", "ADDR ", "DISC", ":20000", ":65535", "::1:80"];

/** What the readers of direct chat have in common. */
const common = { words: WORDS, most: LIMITS.chatLineBytes, tries: 500 } as const;

export const CHAT_LINES: readonly FuzzTarget[] = [
  {
    ...common,
    name: "chat_request",
    seeds: linesOf(vectors.REQUESTS_WRITTEN, vectors.REQUESTS_READ, vectors.REQUESTS_REFUSED),
    run(bytes, saw) {
      const request = readOrRefuse(() => parseRequest(bytes), saw);
      if (request === null) return;
      assert.deepEqual(parseRequest(bytesOf(formatRequest(request))), request);
      if ("name" in request) {
        // As some servers answer: with the name before the address.
        const address = { ip: "192.0.2.7", port: 80 };
        const reply = parseReply(bytesOf(`ADDR ${request.name}:192.0.2.7:80`));
        assert.deepEqual(reply, { kind: "ADDR", address });
      }
      saw(request.kind);
    },
  },
  {
    ...common,
    name: "chat_reply",
    seeds: linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED),
    run(bytes, saw) {
      const reply = readOrRefuse(() => parseReply(bytes), saw);
      if (reply === null) return;
      assert.deepEqual(parseReply(bytesOf(formatReply(reply))), reply);
      saw(shapeOf(reply));
    },
  },
  {
    ...common,
    name: "chat_greeting",
    seeds: linesOf(vectors.GREETINGS_WRITTEN, vectors.GREETINGS_READ, vectors.GREETINGS_REFUSED),
    run(bytes, saw) {
      const name = readOrRefuse(() => parseGreeting(bytes), saw);
      if (name === null) return;
      assert.equal(parseGreeting(bytesOf(formatPeerLine({ kind: "USER", name }))), name);
      saw("name");
    },
  },
  {
    ...common,
    name: "chat_peer_line",
    seeds: linesOf(vectors.PEER_LINES_WRITTEN.slice(0, -1), vectors.PEER_LINES_READ),
    run(bytes, saw) {
      const line = parsePeerLine(bytes);
      saw(line.kind);
      if (line.kind === "DISC") return;
      const again = parsePeerLine(bytesOf(formatPeerLine(line)));
      assert.deepEqual(again, line);
      // What a person types is never an instruction, whatever it is.
      const typed = parsePeerLine(
        bytesOf(formatPeerLine({ kind: "TEXT", text: line.text.trim() })),
      );
      assert.equal(typed.kind, "TEXT");
    },
  },
];

import { LIMITS } from "../../base/limits.ts";
import { utf8Length } from "../../wire/text.ts";
import type { OverlayMessage } from "./messages.ts";
import { spelledFields } from "./spelled_fields.ts";

/** A message as it is sent, without its terminator: `ttl` last. */
export function formatMessage(message: OverlayMessage): string {
  switch (message.type) {
    case "HELLO":
    case "HELLO_OK": {
      const { type, peer_id, version, features, ttl } = message;
      return JSON.stringify({ type, peer_id, version, features, ttl });
    }
    case "PING":
    case "PONG": {
      const { type, msg_id, timestamp, ttl } = message;
      return JSON.stringify({ type, msg_id, timestamp, ttl });
    }
    case "SEND":
    case "PUB": {
      const { type, msg_id, src, dst, payload, require_ack, ttl } = message;
      return JSON.stringify({ type, msg_id, src, dst, payload, require_ack, ttl });
    }
    case "ACK": {
      const { type, msg_id, from, dst, ttl } = message;
      return JSON.stringify({ type, msg_id, from, src: from, dst, ttl });
    }
    case "WHO_HAS":
    case "RELAY_OK":
    case "METRICS_REQ": {
      const { type, msg_id, src, dst, ttl } = message;
      return JSON.stringify({ type, msg_id, src, dst, ttl });
    }
    case "WHO_HAS_HIT": {
      const { type, msg_id, src, dst, via, ttl } = message;
      return JSON.stringify({ type, msg_id, src, dst, via, ttl });
    }
    case "RELAY_FAIL":
    case "TTL_EXPIRED":
    case "BYE":
    case "BYE_OK": {
      const { type, msg_id, src, dst, reason, ttl } = message;
      return JSON.stringify({ type, msg_id, src, dst, reason, ttl });
    }
    case "METRICS": {
      const { type, msg_id, src, dst, rtt_ms, sent_count, recv_count, last_seen, ttl } = message;
      const fields = { type, msg_id, src, dst, rtt_ms, sent_count, recv_count, last_seen, ttl };
      return JSON.stringify(fields);
    }
    case "ERROR": {
      const { type, msg_id, code, ref, detail, limit, ttl } = message;
      const status = "ERROR";
      return JSON.stringify({ type, msg_id, code, ref, detail, status, error: code, limit, ttl });
    }
  }
}

// At the very end of a JSON object, after a comma or the opening brace, this can only be a field of
// the outermost object: inside a string the first quote would have a backslash before it.
const LAST_TTL = /[,{]\s*"ttl"\s*:\s*([0-9]+)\s*\}\s*$/;
/** No spelling of a last `ttl` that is worth patching is longer. */
const LAST_TTL_CHARACTERS = 40;

/**
 * The line with another `ttl` and every other field as it came, for passing it on. Where `ttl` came
 * last, which is how this project writes, the text is patched instead of encoded again.
 *
 * @returns null where the line would be longer than a line may be
 */
export function withTtl(text: string, ttl: number): string | null {
  const tailAt = Math.max(0, text.length - LAST_TTL_CHARACTERS);
  const tail = text.slice(tailAt);
  const match = LAST_TTL.exec(tail);
  const line = match === null
    ? encodeWithTtl(text, ttl)
    : text.slice(0, tailAt + tail.lastIndexOf(match[1]!)) + ttl + "}";
  const fits = line.length * 3 <= LIMITS.jsonLineBytes || utf8Length(line) <= LIMITS.jsonLineBytes;
  return fits ? line : null;
}

function encodeWithTtl(text: string, ttl: number): string {
  const fields = spelledFields(text).filter(({ name }) => name !== "ttl");
  return `{${[...fields.map((field) => field.text), `"ttl":${ttl}`].join(",")}}`;
}

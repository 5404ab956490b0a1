import { RemoteProtocolError } from "../../base/errors.ts";
import type { JsonObject } from "../../wire/json_line.ts";
import { decodeText } from "../../wire/text.ts";
import {
  type Feature,
  FEATURES,
  MOST_TTL,
  MSG_ID_CHARACTERS,
  type OverlayError,
  type OverlayLine,
  type OverlayMessage,
  type UnknownCommand,
} from "./messages.ts";
import { parsePeerId, parsePubTarget, type PeerId } from "./peer_id.ts";

/**
 * A line from a neighbour. An error, however broken its fields, is always read as one, so that it
 * is never answered with an error.
 *
 * @throws {RemoteProtocolError} `bad_format` for anything that is no message
 */
export function parseLine(bytes: Uint8Array): OverlayLine {
  let text: string;
  let value: unknown;
  try {
    text = decodeText(bytes);
    value = JSON.parse(text);
  } catch {
    throw new RemoteProtocolError("bad_format", "not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RemoteProtocolError("bad_format", "not an object");
  }
  return { text, message: readMessage(value as JsonObject) };
}

function readMessage(object: JsonObject): OverlayMessage | UnknownCommand {
  const type = object.type;
  if (type === "ERROR" || (typeof type !== "string" && object.status === "ERROR")) {
    return readError(object);
  }
  if (typeof type !== "string") throw new RemoteProtocolError("bad_format", "no type");
  const ttl = readTtl(object.ttl);
  switch (type) {
    case "HELLO":
    case "HELLO_OK":
      return {
        type,
        peer_id: requirePeer(object, "peer_id"),
        version: readText(object.version),
        features: readFeatures(object.features),
        ttl,
      };
    case "PING":
    case "PONG":
      return { type, msg_id: requireId(object), timestamp: readText(object.timestamp), ttl };
    case "SEND":
    case "PUB": {
      const msg_id = requireId(object);
      const src = requirePeer(object, "src");
      const dst = type === "SEND" ? parsePeerId(object.dst) : parsePubTarget(object.dst);
      if (dst === null) throw new RemoteProtocolError("bad_format", "dst");
      if (object.payload === undefined) throw new RemoteProtocolError("bad_format", "payload");
      const require_ack = type === "SEND" && object.require_ack === true;
      return { type, msg_id, src, dst, payload: object.payload, require_ack, ttl };
    }
    case "ACK": {
      const msg_id = requireId(object);
      const from = parsePeerId(object.from) ?? requirePeer(object, "src");
      return { type, msg_id, from, dst: parsePeerId(object.dst) ?? undefined, ttl };
    }
    case "WHO_HAS":
    case "METRICS_REQ":
      return { type, ...requireAddressed(object), ttl };
    case "WHO_HAS_HIT": {
      const addressed = requireAddressed(object);
      return { type, ...addressed, via: parsePeerId(object.via) ?? addressed.src, ttl };
    }
    case "METRICS":
      return {
        type,
        ...requireAddressed(object),
        rtt_ms: readNumber(object.rtt_ms),
        sent_count: readCount(object.sent_count),
        recv_count: readCount(object.recv_count),
        last_seen: readText(object.last_seen),
        ttl,
      };
    case "RELAY_OK":
    case "RELAY_FAIL":
    case "TTL_EXPIRED":
    case "BYE":
    case "BYE_OK":
      return {
        type,
        msg_id: requireId(object),
        src: parsePeerId(object.src) ?? "",
        dst: parsePeerId(object.dst) ?? "",
        reason: readText(object.reason),
        ttl,
      };
    default:
      return { type: "UNKNOWN", command: type, msg_id: readId(object.msg_id) ?? "", ttl };
  }
}

function readError(object: JsonObject): OverlayError {
  return {
    type: "ERROR",
    msg_id: readId(object.msg_id) ?? "",
    code: readText(object.code) || readText(object.error) || "unknown",
    ref: readId(object.ref) ?? "",
    detail: readText(object.detail) || readText(object.message),
    limit: readNumber(object.limit) ?? undefined,
    ttl: 1,
  };
}

function readTtl(value: unknown): number {
  if (value === undefined || value === null) return 1;
  const ttl = typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : value;
  if (!Number.isInteger(ttl) || (ttl as number) < 0) {
    throw new RemoteProtocolError("bad_format", "ttl");
  }
  return Math.min(MOST_TTL, ttl as number);
}

function requireAddressed(object: JsonObject): { msg_id: string; src: PeerId; dst: PeerId } {
  const msg_id = requireId(object);
  return { msg_id, src: requirePeer(object, "src"), dst: requirePeer(object, "dst") };
}

function requireId(object: JsonObject): string {
  const id = readId(object.msg_id);
  if (id === null) throw new RemoteProtocolError("bad_format", "msg_id");
  return id;
}

function readId(value: unknown): string | null {
  if (typeof value !== "string" || value === "") return null;
  // A character takes at most two UTF-16 units: the cheap tests spare counting most ids.
  if (value.length <= MSG_ID_CHARACTERS) return value;
  if (value.length > 2 * MSG_ID_CHARACTERS) return null;
  return [...value].length <= MSG_ID_CHARACTERS ? value : null;
}

function requirePeer(object: JsonObject, field: string): PeerId {
  const id = parsePeerId(object[field]);
  if (id === null) throw new RemoteProtocolError("bad_format", field);
  return id;
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What JSON reads as infinite cannot be written, and is no figure to show. */
function readNumber(value: unknown): number | null {
  return Number.isFinite(value) ? value as number : null;
}

function readCount(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : 0;
}

function readFeatures(value: unknown): readonly Feature[] {
  return Array.isArray(value) ? FEATURES.filter((feature) => value.includes(feature)) : [];
}

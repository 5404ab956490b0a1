import { isPort } from "../../base/address.ts";
import { RemoteProtocolError } from "../../base/errors.ts";
import { type JsonObject, parseJsonLine } from "../../wire/json_line.ts";
import { readCount, readDigest, readInteger, readText } from "./fields.ts";
import { MUSIC_WIRE_LIMITS } from "./limits.ts";

/** `GET`: a node asks for a file. */
export interface Get {
  readonly kind: "GET";
  /** The number of this transfer, 0–2⁴⁸−1, which the asker drew: its packets carry it. */
  readonly stream: number;
  /** SHA-256 of the file, in small hexadecimal digits. */
  readonly id: string;
  /** The first byte that is wanted. */
  readonly offset: number;
  /** The UDP port at which the asker wants the data. */
  readonly port: number;
}

/** `GET_OK`: the file is there, and the data begins. */
export interface GetOk {
  readonly kind: "GET_OK";
  readonly stream: number;
  readonly id: string;
  /** The file's name at the source. It is the source's word: never a path to write to. */
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** `GET_ERROR`: there is no such transfer, and why. */
export interface GetError {
  readonly kind: "GET_ERROR";
  readonly stream: number;
  /** `not_available`, or whatever word a source uses. */
  readonly error: string;
}

/** The JSON datagrams of a transfer; `TransferPacket` is what is binary on the same port. */
export type ControlMessage = Get | GetOk | GetError;

const BRACE = 0x7b;
const MOST_STREAM = 2 ** 48 - 1;

/** Whether a datagram of the music port is one of these; the others are binary. */
export function isControlDatagram(bytes: Uint8Array): boolean {
  return bytes[0] === BRACE;
}

/**
 * A control datagram. `offset` may be missing, and is 0 then.
 *
 * @throws {RemoteProtocolError} `bad_control` for what is no message, or as `parseJsonLine`
 */
export function parseControlMessage(bytes: Uint8Array): ControlMessage {
  const object = parseJsonLine(bytes);
  const kind = typeof object.type === "string" ? object.type.toUpperCase() : "";
  const stream = readCount(object.stream);
  if (stream === null || stream > MOST_STREAM) throw bad("stream");
  switch (kind) {
    case "GET":
      return readGet(object, stream);
    case "GET_OK":
      return readGetOk(object, stream);
    case "GET_ERROR":
      return { kind, stream, error: readErrorWord(object.error) };
    default:
      throw bad("type");
  }
}

/** A control datagram's text; a few hundred bytes. */
export function formatControlMessage(message: ControlMessage): string {
  const { kind: type, stream } = message;
  switch (message.kind) {
    case "GET": {
      const { id, offset, port } = message;
      return JSON.stringify({ type, stream, id, offset, port });
    }
    case "GET_OK": {
      const { id, name, size } = message;
      return JSON.stringify({ type, stream, id, name, size });
    }
    case "GET_ERROR":
      return JSON.stringify({ type, stream, error: message.error });
  }
}

function readGet(object: JsonObject, stream: number): Get {
  const id = readDigest(object.id);
  if (id === null) throw bad("id");
  const offset = readCount(object.offset ?? 0);
  if (offset === null) throw bad("offset");
  const port = readInteger(object.port);
  if (!isPort(port)) throw bad("port");
  return { kind: "GET", stream, id, offset, port };
}

function readGetOk(object: JsonObject, stream: number): GetOk {
  const id = readDigest(object.id);
  if (id === null) throw bad("id");
  const name = readText(object.name ?? "");
  if (name === null) throw bad("name");
  const size = readCount(object.size);
  if (size === null) throw bad("size");
  return { kind: "GET_OK", stream, id, name, size };
}

/** The word of a refusal, which counts as one whatever it says. */
function readErrorWord(value: unknown): string {
  const word = readText(value) ?? "";
  return word === "" || word.length > MUSIC_WIRE_LIMITS.errorWord ? "unknown" : word;
}

function bad(field: string): RemoteProtocolError {
  return new RemoteProtocolError("bad_control", field);
}

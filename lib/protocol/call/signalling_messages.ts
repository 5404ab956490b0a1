import { RemoteProtocolError } from "../../base/errors.ts";
import { LIMITS } from "../../base/limits.ts";
import { type JsonObject, parseJsonLine } from "../../wire/json_line.ts";
import { readIp, readName, readPort, readType } from "./fields.ts";

/** Codecs of a `convite` that are read; a program has a handful. */
const MOST_CODECS = 16;

/** `convite`: somebody calls. */
export interface Invitation {
  readonly kind: "convite";
  readonly callId: string;
  /** The caller. */
  readonly name: string;
  /** Where the caller says it receives UDP; undefined where it says nothing useful. */
  readonly ip: string | undefined;
  readonly port: number | undefined;
  /** What the caller can hear, in order of preference, as it spelled them. */
  readonly codecs: readonly string[];
}

/** `resposta_ao_convite`: the callee's word. */
export interface InvitationAnswer {
  readonly kind: "resposta_ao_convite";
  readonly callId: string;
  /** The callee. */
  readonly name: string;
  readonly answer: "aceito" | "rejeitado";
  /** The codec of the call, and where the callee receives UDP, where it accepted. */
  readonly codec: string | undefined;
  readonly port: number | undefined;
}

/** `encerrar_ligação`: it is over. */
export interface HangUp {
  readonly kind: "encerrar_ligação";
  readonly callId: string;
  readonly name: string;
}

/** What two peers send each other about a call. */
export type CallMessage = Invitation | InvitationAnswer | HangUp;

/**
 * A signalling datagram.
 *
 * @throws {RemoteProtocolError} `bad_signalling` for what is no message, or as `parseJsonLine`
 */
export function parseCallMessage(bytes: Uint8Array): CallMessage {
  const object = parseJsonLine(bytes);
  const kind = readType(object.type);
  const callId = readName(object.call_id);
  const name = readName(object.nome);
  if (callId === null || name === null) throw new RemoteProtocolError("bad_signalling", kind);
  switch (kind) {
    case "convite":
      return {
        kind,
        callId,
        name,
        ip: readIp(object.ip) ?? undefined,
        port: readPort(object.porta) ?? undefined,
        codecs: readCodecs(object.codecs),
      };
    case "resposta_ao_convite":
      return readAnswer(object, callId, name);
    case "encerrar_ligação":
    case "encerrar_ligacao":
      return { kind: "encerrar_ligação", callId, name };
    default:
      throw new RemoteProtocolError("bad_signalling", kind);
  }
}

/** A signalling datagram's text. */
export function formatCallMessage(message: CallMessage): string {
  const { kind: type, callId: call_id, name: nome } = message;
  switch (message.kind) {
    case "convite": {
      const { ip, port: porta, codecs } = message;
      return JSON.stringify({ type, call_id, nome, ip, porta, codecs });
    }
    case "resposta_ao_convite": {
      const { answer: resposta, codec, port: porta } = message;
      return JSON.stringify({ type, call_id, nome, resposta, codec, porta });
    }
    case "encerrar_ligação":
      return JSON.stringify({ type, call_id, nome });
  }
}

function readAnswer(object: JsonObject, callId: string, name: string): InvitationAnswer {
  const answer = typeof object.resposta === "string" ? object.resposta.toLowerCase() : null;
  if (answer !== "aceito" && answer !== "rejeitado") {
    throw new RemoteProtocolError("bad_signalling", "resposta");
  }
  const accepted = answer === "aceito";
  return {
    kind: "resposta_ao_convite",
    callId,
    name,
    answer,
    codec: accepted ? readCodec(object.codec) : undefined,
    port: accepted ? readPort(object.porta) ?? undefined : undefined,
  };
}

function readCodecs(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_CODECS).flatMap((codec) => readCodec(codec) ?? []);
}

function readCodec(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= LIMITS.nameCharacters ? value : undefined;
}

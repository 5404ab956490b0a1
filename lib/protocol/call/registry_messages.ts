import { RemoteProtocolError } from "../../base/errors.ts";
import { type JsonObject, parseJsonLine } from "../../wire/json_line.ts";
import { quotedName, readIp, readName, readPort, readType } from "./fields.ts";

/** What a peer asks of the call registry. */
export type CallRequest =
  | {
    readonly kind: "registro";
    readonly name: string;
    /** Where the peer says it is; undefined leaves it to what the server sees. */
    readonly ip: string | undefined;
    readonly port: number;
  }
  | { readonly kind: "consulta"; readonly name: string }
  | { readonly kind: "encerramento"; readonly name: string };

/** Why the registry says no: the words of the page. */
export type CallFault =
  | "nome_em_uso"
  | "nome_invalido"
  | "porta_invalida"
  | "ip_invalido"
  | "ja_registrado"
  | "nao_autorizado"
  | "nao_registrado"
  /** The directory is full, or its store is away: the page has no word for it. */
  | "servidor_cheio";

/** What the registry answers. Another server's `fault` can be any word. */
export type CallReply =
  | {
    readonly kind: "registro_ok" | "consulta_ok";
    readonly name: string;
    readonly ip: string;
    readonly port: number;
  }
  | {
    readonly kind: "registro_erro" | "consulta_erro" | "encerramento_erro";
    /** The name that was asked with, as far as it is one. */
    readonly name: string;
    readonly fault: string;
  }
  | { readonly kind: "encerramento_ok"; readonly name: string };

/**
 * A request line.
 *
 * @throws {RemoteProtocolError} as {@link readCallRequest}, or as `parseJsonLine`
 */
export function parseCallRequest(bytes: Uint8Array): CallRequest {
  return readCallRequest(parseJsonLine(bytes));
}

/**
 * A request from its JSON object. Fields are checked in the order nome, porta, ip.
 *
 * @throws {RemoteProtocolError} whose code is a {@link CallFault}; `missing_type` or
 *   `unknown_command` for what is no request of this protocol
 */
export function readCallRequest(object: JsonObject): CallRequest {
  const kind = readType(object.type);
  if (kind !== "registro" && kind !== "consulta" && kind !== "encerramento") {
    throw new RemoteProtocolError("unknown_command");
  }
  const name = readName(object.nome);
  if (name === null) throw fault("nome_invalido");
  if (kind !== "registro") return { kind, name };
  const port = readPort(object.porta);
  if (port === null) throw fault("porta_invalida");
  const given = object.ip ?? undefined;
  const ip = given === undefined ? undefined : readIp(given);
  if (ip === null) throw fault("ip_invalido");
  return { kind, name, ip, port };
}

/** A request as it is sent, without its terminator. */
export function formatCallRequest(request: CallRequest): string {
  const { kind: type, name: nome } = request;
  if (request.kind !== "registro") return JSON.stringify({ type, nome });
  // A field that is undefined is left out.
  return JSON.stringify({ type, nome, ip: request.ip, porta: request.port });
}

/** The reply to a request that failed. */
export function refusalOf(object: JsonObject, code: CallFault): CallReply {
  const kind = readType(object.type);
  return {
    kind: kind === "registro" || kind === "consulta" ? `${kind}_erro` : "encerramento_erro",
    name: quotedName(object.nome),
    fault: code,
  };
}

/** A reply as it is sent, without its terminator. */
export function formatCallReply(reply: CallReply): string {
  const { kind: type, name: nome } = reply;
  switch (reply.kind) {
    case "registro_ok":
    case "consulta_ok":
      return JSON.stringify({ type, nome, ip: reply.ip, porta: reply.port });
    case "encerramento_ok":
      return JSON.stringify({ type, nome });
    default:
      return JSON.stringify({ type, nome, erro: reply.fault });
  }
}

/**
 * A reply line.
 *
 * @throws {RemoteProtocolError} `bad_reply` for what is none, or as `parseJsonLine`
 */
export function parseCallReply(bytes: Uint8Array): CallReply {
  const object = parseJsonLine(bytes);
  const kind = readType(object.type);
  switch (kind) {
    case "registro_ok":
    case "consulta_ok": {
      const [name, ip, port] = [readName(object.nome), readIp(object.ip), readPort(object.porta)];
      if (name === null || ip === null || port === null) break;
      return { kind, name, ip, port };
    }
    case "registro_erro":
    case "consulta_erro":
    case "encerramento_erro": {
      const word = typeof object.erro === "string" ? object.erro : "";
      return { kind, name: quotedName(object.nome), fault: word };
    }
    case "encerramento_ok":
      return { kind, name: quotedName(object.nome) };
  }
  throw new RemoteProtocolError("bad_reply", kind);
}

function fault(code: CallFault): RemoteProtocolError {
  return new RemoteProtocolError(code);
}

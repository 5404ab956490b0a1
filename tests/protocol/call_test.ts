import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import {
  codecOf,
  CODECS,
  COMMON_CODEC,
  formatCallMessage,
  formatCallReply,
  formatCallRequest,
  parseCallMessage,
  parseCallReply,
  parseCallRequest,
  refusalOf,
} from "../../lib/protocol/call.ts";
import * as vectors from "../vectors/call.ts";
import { testFormat } from "../vectors/vector.ts";

testFormat("call request", {
  parse: parseCallRequest,
  format: formatCallRequest,
  limit: LIMITS.jsonLineBytes,
  written: vectors.REQUESTS_WRITTEN,
  read: vectors.REQUESTS_READ,
  refused: vectors.REQUESTS_REFUSED,
});

testFormat("call reply", {
  parse: parseCallReply,
  format: formatCallReply,
  limit: LIMITS.jsonLineBytes,
  written: vectors.REPLIES_WRITTEN,
  read: vectors.REPLIES_READ,
  refused: vectors.REPLIES_REFUSED,
});

testFormat("call signalling", {
  parse: parseCallMessage,
  format: formatCallMessage,
  limit: LIMITS.jsonLineBytes,
  written: vectors.MESSAGES_WRITTEN,
  read: vectors.MESSAGES_READ,
  refused: vectors.MESSAGES_REFUSED,
});

Deno.test("call request: a refusal is of the request's type and names what was sent for a name", () => {
  const refused = (object: Record<string, unknown>) => refusalOf(object, "nome_invalido");
  assert.deepEqual(refused({ type: "Registro", nome: "Joa\u0303o" }), {
    kind: "registro_erro",
    name: "João",
    fault: "nome_invalido",
  });
  assert.equal(refused({ type: "consulta", nome: 7 }).name, "");
  assert.equal(refused({ type: "consulta" }).kind, "consulta_erro");
  assert.equal(refused({ type: "encerramento", nome: "a\nb" }).kind, "encerramento_erro");
  const long = refused({ type: "registro", nome: `${"a".repeat(63)}😀` });
  assert.ok(long.name.isWellFormed());
  assert.ok(formatCallReply(refused({ type: "registro", nome: "a".repeat(9999) })).length < 200);
});

Deno.test("codecs: Opus is preferred, L16 is everybody's, case does not matter", () => {
  assert.deepEqual(CODECS, ["opus/48000", "L16/16000"]);
  assert.equal(COMMON_CODEC, "L16/16000");
  assert.equal(codecOf("OPUS/48000"), "opus/48000");
  assert.equal(codecOf("l16/16000"), "L16/16000");
  assert.equal(codecOf("PCMU/8000"), null);
});

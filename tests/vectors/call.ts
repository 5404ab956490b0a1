/**
 * The lines and datagrams of voice calls (`protocols/call.md`): tables for readers and writers.
 *
 * @module
 */
import type { CallMessage, CallReply, CallRequest } from "../../lib/protocol/call.ts";
import { bytesOf, joined, type Refusal, type Vector } from "./vector.ts";

const JOAO = { kind: "registro", name: "João", ip: "192.168.0.101", port: 6000 } as const;
const NFD = (text: string) => text.normalize("NFD");

/** `registro` as text, with some fields given as JSON text and others left out. */
function registro(fields: Readonly<Record<string, string | null>>): string {
  const all = { nome: '"João"', ip: '"192.168.0.101"', porta: "6000", ...fields };
  const given = Object.entries(all).filter(([, value]) => value !== null);
  return `{"type":"registro",${given.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
}

/** Requests as this project writes them. */
export const REQUESTS_WRITTEN: readonly Vector<CallRequest>[] = [
  ['{"type":"registro","nome":"João","ip":"192.168.0.101","porta":6000}', JOAO],
  ['{"type":"registro","nome":"João","porta":6000}', { ...JOAO, ip: undefined }],
  ['{"type":"consulta","nome":"Maria"}', { kind: "consulta", name: "Maria" }],
  ['{"type":"encerramento","nome":"João"}', { kind: "encerramento", name: "João" }],
];

/** Requests as others write them. */
export const REQUESTS_READ: readonly Vector<CallRequest>[] = [
  [registro({}), JOAO],
  [registro({ porta: '"6000"' }), JOAO, "a port in a string"],
  [registro({ ip: "null" }), { ...JOAO, ip: undefined }, "an ip that is null: left out"],
  [registro({ ip: '"::FFFF:192.168.0.101"' }), JOAO, "an IPv4-mapped address"],
  [registro({ ip: '" 192.168.0.101 "' }), JOAO, "blanks around an address"],
  [registro({ ip: '"2001:DB8:0::7"' }), { ...JOAO, ip: "2001:db8::7" }, "an IPv6 address"],
  [registro({ nome: JSON.stringify(NFD("João")) }), JOAO, "a name that is not in NFC"],
  [
    registro({ nome: JSON.stringify("😀".repeat(64)) }),
    { ...JOAO, name: "😀".repeat(64) },
    "a name of 64 characters",
  ],
  ['{"type":"REGISTRO","nome":"João","ip":"192.168.0.101","porta":6000}', JOAO, "capitals"],
  [
    ' {"nome":"Maria","extra":{"type":"x"},"type":"Consulta"}\t',
    { kind: "consulta", name: "Maria" },
    "any order, unknown fields, white space",
  ],
  ['{"type":"consulta","nome":"a:b@c"}', { kind: "consulta", name: "a:b@c" }],
];

/** Requests that are refused. */
export const REQUESTS_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty line"],
  ["registro", "invalid_json"],
  ["[]", "invalid_json"],
  ["{}", "missing_type"],
  ['{"type":7,"nome":"Ana"}', "missing_type"],
  ['{"type":"registro_ok","nome":"Ana"}', "unknown_command"],
  ['{"type":"toString","nome":"Ana"}', "unknown_command"],
  ['{"type":"registro "}', "unknown_command"],
  [registro({ nome: null }), "nome_invalido", "no name"],
  ...['""', "7", "null", '["Ana"]', '"a\\nb"', '"a\\u0000"', '"\\ud83d"', `"${"a".repeat(65)}"`]
    .map((nome): Refusal => [registro({ nome }), "nome_invalido", `the name ${nome}`]),
  ['{"type":"consulta"}', "nome_invalido"],
  ['{"type":"encerramento","nome":{}}', "nome_invalido"],
  [registro({ porta: null }), "porta_invalida", "no port"],
  ...["0", "-1", "65536", "60.5", "null", "true", "[6000]", '""', '"abc"', '" 60"', '"6e3"']
    .map((porta): Refusal => [registro({ porta }), "porta_invalida", `the port ${porta}`]),
  ...['""', "7", '"localhost"', '"192.168.0"', '"1.2.3.4.5"', '"3232235621"', "{}"]
    .map((ip): Refusal => [registro({ ip }), "ip_invalido", `the ip ${ip}`]),
  [registro({ nome: '""', porta: "0", ip: "7" }), "nome_invalido", "all wrong: the name first"],
  [registro({ porta: "0", ip: "7" }), "porta_invalida", "port and ip wrong: the port first"],
];

const MARIA = { name: "Maria", ip: "192.168.0.121", port: 6050 } as const;

/** Replies as this project writes them. */
export const REPLIES_WRITTEN: readonly Vector<CallReply>[] = [
  [
    '{"type":"registro_ok","nome":"Maria","ip":"192.168.0.121","porta":6050}',
    { kind: "registro_ok", ...MARIA },
  ],
  [
    '{"type":"registro_erro","nome":"João","erro":"nome_em_uso"}',
    { kind: "registro_erro", name: "João", fault: "nome_em_uso" },
  ],
  [
    '{"type":"consulta_ok","nome":"Maria","ip":"192.168.0.121","porta":6050}',
    { kind: "consulta_ok", ...MARIA },
  ],
  [
    '{"type":"consulta_erro","nome":"Rui","erro":"nao_registrado"}',
    { kind: "consulta_erro", name: "Rui", fault: "nao_registrado" },
  ],
  ['{"type":"encerramento_ok","nome":"João"}', { kind: "encerramento_ok", name: "João" }],
  [
    '{"type":"encerramento_erro","nome":"Rui","erro":"nao_autorizado"}',
    { kind: "encerramento_erro", name: "Rui", fault: "nao_autorizado" },
  ],
];

/** Replies as others write them. */
export const REPLIES_READ: readonly Vector<CallReply>[] = [
  [
    '{"type":"Consulta_OK","porta":"6050","ip":"::ffff:192.168.0.121","nome":"Maria","x":1}',
    { kind: "consulta_ok", ...MARIA },
  ],
  ['{"type":"registro_erro"}', { kind: "registro_erro", name: "", fault: "" }],
  ['{"type":"consulta_erro","nome":7,"erro":7}', { kind: "consulta_erro", name: "", fault: "" }],
  [
    `{"type":"consulta_erro","nome":"${"a".repeat(70)}","erro":"x"}`,
    { kind: "consulta_erro", name: "a".repeat(64), fault: "x" },
    "a name too long",
  ],
  ['{"type":"encerramento_ok"}', { kind: "encerramento_ok", name: "" }],
];

/** What no registry answers. */
export const REPLIES_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty reply"],
  ["ok", "invalid_json"],
  ['{"status":"ERROR","message":"Unknown command"}', "missing_type"],
  ['{"type":"registro","nome":"João","porta":6000}', "bad_reply"],
  ['{"type":"registro_ok","nome":"João","porta":6000}', "bad_reply", "no ip"],
  ['{"type":"consulta_ok","nome":"João","ip":"1.2.3.4"}', "bad_reply", "no port"],
  ['{"type":"consulta_ok","ip":"1.2.3.4","porta":6000}', "bad_reply", "no name"],
];

const INVITATION = {
  kind: "convite",
  callId: "c1",
  name: "João",
  ip: "192.168.0.101",
  port: 6000,
  codecs: ["opus/48000", "L16/16000"],
} as const;
const NO_ANSWER = { kind: "resposta_ao_convite", callId: "c1", name: "Maria" } as const;
const REJECTED = {
  ...NO_ANSWER,
  answer: "rejeitado",
  codec: undefined,
  port: undefined,
} as const;
const ACCEPTED = { ...NO_ANSWER, answer: "aceito", codec: "opus/48000", port: 6050 } as const;
const OVER = { kind: "encerrar_ligação", callId: "c1", name: "João" } as const;

/** Datagrams as this project writes them. */
export const MESSAGES_WRITTEN: readonly Vector<CallMessage>[] = [
  [
    '{"type":"convite","call_id":"c1","nome":"João","ip":"192.168.0.101","porta":6000,' +
    '"codecs":["opus/48000","L16/16000"]}',
    INVITATION,
    "convite",
  ],
  [
    '{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria","resposta":"aceito",' +
    '"codec":"opus/48000","porta":6050}',
    ACCEPTED,
    "resposta_ao_convite: aceito",
  ],
  [
    '{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria","resposta":"rejeitado"}',
    REJECTED,
    "resposta_ao_convite: rejeitado",
  ],
  [
    '{"type":"encerrar_liga\u00e7\u00e3o","call_id":"c1","nome":"João"}',
    OVER,
    "encerrar_ligação with ç and ã of one character each",
  ],
];

/** Datagrams as others write them. */
export const MESSAGES_READ: readonly Vector<CallMessage>[] = [
  [
    JSON.stringify({ type: NFD("encerrar_ligação"), call_id: "c1", nome: NFD("João") }),
    OVER,
    "encerrar_ligação that is not in NFC",
  ],
  ['{"type":"encerrar_liga\\u00e7\\u00e3o","call_id":"c1","nome":"João"}', OVER, "escapes"],
  ['{"type":"encerrar_ligacao","call_id":"c1","nome":"João"}', OVER, "no accents"],
  ['{"type":"ENCERRAR_LIGAÇÃO","call_id":"c1","nome":"João"}', OVER, "capitals"],
  [
    '{"type":"convite","call_id":"c1","nome":"João"}',
    { ...INVITATION, ip: undefined, port: undefined, codecs: [] },
    "convite with only what is needed",
  ],
  [
    '{"type":"convite","call_id":"c1","nome":"João","ip":"here","porta":0,"codecs":{}}',
    { ...INVITATION, ip: undefined, port: undefined, codecs: [] },
    "convite whose address is none",
  ],
  [
    '{"type":"convite","call_id":"c1","nome":"João","ip":"192.168.0.101","porta":"6000",' +
    '"codecs":["opus/48000",7,null,"L16/16000",{}]}',
    INVITATION,
    "convite with codecs that are none",
  ],
  [
    JSON.stringify({
      ...{ type: "convite", call_id: "c1", nome: "João", ip: "192.168.0.101", porta: 6000 },
      codecs: Array.from({ length: 50 }, () => "x"),
    }),
    { ...INVITATION, codecs: Array.from({ length: 16 }, () => "x") },
    "convite with too many codecs",
  ],
  [
    '{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria","resposta":"ACEITO"}',
    { ...ACCEPTED, codec: undefined, port: undefined },
    "aceito alone, in capitals",
  ],
  [
    '{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria","resposta":"rejeitado",' +
    '"codec":"opus/48000","porta":6050}',
    REJECTED,
    "rejeitado with what belongs to aceito",
  ],
];

/** Datagrams that are no messages. */
export const MESSAGES_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty datagram"],
  ["{", "invalid_json"],
  ['{"type":"convite"}{}', "invalid_json"],
  [joined(bytesOf('{"type":"'), Uint8Array.of(0xff), bytesOf('"}')), "invalid_json", "no UTF-8"],
  ["{}", "missing_type"],
  ['{"type":"convite","nome":"João"}', "bad_signalling", "no call_id"],
  ['{"type":"convite","call_id":7,"nome":"João"}', "bad_signalling", "a call_id that is a number"],
  ['{"type":"convite","call_id":"","nome":"João"}', "bad_signalling", "an empty call_id"],
  [
    `{"type":"convite","call_id":"${"c".repeat(65)}","nome":"João"}`,
    "bad_signalling",
    "a call_id of 65 characters",
  ],
  ['{"type":"convite","call_id":"c1"}', "bad_signalling", "no name"],
  ['{"type":"convite","call_id":"c1","nome":"a\\u0007"}', "bad_signalling", "a name that rings"],
  ['{"type":"registro","call_id":"c1","nome":"João"}', "bad_signalling"],
  ['{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria"}', "bad_signalling"],
  [
    '{"type":"resposta_ao_convite","call_id":"c1","nome":"Maria","resposta":"talvez"}',
    "bad_signalling",
    "neither aceito nor rejeitado",
  ],
];

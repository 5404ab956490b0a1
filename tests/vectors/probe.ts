/**
 * The lines and datagrams of the probe (`docs/doctor.md`): tables for readers and writers.
 *
 * @module
 */
import type { ProbeAnswer, ProbeReply, ProbeRequest } from "../../lib/protocol/probe.ts";
import type { Refusal, Vector } from "./vector.ts";

const TOKEN = "0123456789abcdef";
const PAD = "=".repeat(800);
const ALL: ProbeRequest = { tcp: 45_000, udp: [6000, 7000], token: TOKEN };

/** A request as text, with some fields given as JSON text and others left out. */
function request(fields: Readonly<Record<string, string | null>>): string {
  const all = { tcp: "45000", udp: "[6000,7000]", token: `"${TOKEN}"`, pad: `"${PAD}"`, ...fields };
  const given = Object.entries(all).filter(([, value]) => value !== null);
  return `{"type":"PROSA_PROBE",${given.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
}

/** Requests as this project writes them. */
export const REQUESTS_WRITTEN: readonly Vector<ProbeRequest>[] = [
  [request({}), ALL, "all ports"],
  [request({ udp: null }), { ...ALL, udp: [] }, "TCP alone"],
  [request({ tcp: null }), { ...ALL, tcp: null }, "UDP alone"],
  [`{"type":"PROSA_PROBE","token":"${TOKEN}"}`, { tcp: null, udp: [], token: TOKEN }],
];

/** Requests as others may write them. */
export const REQUESTS_READ: readonly Vector<ProbeRequest>[] = [
  [request({ tcp: "null" }), { ...ALL, tcp: null }, "a TCP port that is null"],
  [request({ udp: "[]", pad: `"${PAD}${PAD}"` }), { ...ALL, udp: [] }, "more padding"],
  [request({ tcp: "1024", udp: "[65535,1024]" }), {
    ...ALL,
    tcp: 1024,
    udp: [65_535, 1024],
  }, "the least and the most port"],
  [request({ more: "{}" }), ALL, "a field that is not known"],
];

/** Requests that are refused. */
export const REQUESTS_REFUSED: readonly Refusal[] = [
  ["", "empty"],
  ["[]", "invalid_json"],
  ...["1023", "0", "65536", "-1", "6000.5", '"6000"', "true", "[]"].map((tcp): Refusal => [
    request({ tcp }),
    "bad_port",
    `TCP ${tcp}`,
  ]),
  ...["[22]", "[6000,0]", '["6000"]', "[null]", "[[6000]]"].map((udp): Refusal => [
    request({ udp }),
    "bad_port",
    `UDP ${udp}`,
  ]),
  ...["6000", "null", '"6000"', "{}", "[6000,6001,6002,6003]"].map((udp): Refusal => [
    request({ udp }),
    "bad_udp",
    `UDP ${udp}`,
  ]),
  ...[null, '""', '"0123456789ABCDEF"', `"${TOKEN}0"`, '"0123456789abcde\\n"', "7"].map((
    token,
  ): Refusal => [request({ token }), "bad_token", `the token ${token}`]),
  ...[null, '""', `"${PAD.slice(1)}"`, "800", "[]"].map((pad): Refusal => [
    request({ pad }),
    "bad_pad",
    `padding of ${pad?.length ?? 0}`,
  ]),
];

const REPLY: ProbeReply = {
  ip: "203.0.113.7",
  port: 45_678,
  time: 1_795_274_357_761,
  tcp: "open",
  udpSent: 2,
};

/** A reply as text, with some fields given as JSON text. */
function reply(fields: Readonly<Record<string, string>>): string {
  const all = {
    status: '"OK"',
    observed_ip: '"203.0.113.7"',
    observed_port: "45678",
    time_ms: "1795274357761",
    tcp: '"open"',
    udp_sent: "2",
    ...fields,
  };
  return `{${Object.entries(all).map(([key, value]) => `"${key}":${value}`).join(",")}}`;
}

/** Replies as this project writes them, and what they say. */
export const REPLIES_WRITTEN: readonly Vector<ProbeReply>[] = [
  [reply({}), REPLY],
  [reply({ tcp: '"no_answer"', udp_sent: "0" }), { ...REPLY, tcp: "no_answer", udpSent: 0 }],
  [reply({ observed_ip: '"2001:db8::7"' }), { ...REPLY, ip: "2001:db8::7" }],
];

/** Answers as they are read. */
export const ANSWERS_READ: readonly Vector<ProbeAnswer>[] = [
  [reply({}), { kind: "OK", ...REPLY }],
  [reply({ observed_ip: '"::FFFF:203.0.113.7"' }), { kind: "OK", ...REPLY }, "a mapped address"],
  [reply({ tcp: '"refused"' }), { kind: "OK", ...REPLY, tcp: "refused" }],
  [reply({ tcp: '"not_tried"' }), { kind: "OK", ...REPLY, tcp: "not_tried" }],
  ['{"status":"ERROR","error":"probe_busy"}', { kind: "busy" }],
  ['{"status":"ERROR","message":"Unknown command"}', { kind: "unknown" }, "an older server"],
  ['{"status":"ERROR","error":{"a":1}}', { kind: "unknown" }, "an error that is no word"],
];

/** What no server answers. */
export const ANSWERS_REFUSED: readonly Refusal[] = [
  ["", "empty"],
  ["HTTP/1.1 400 Bad Request", "invalid_json"],
  ["{}", "bad_reply"],
  ['{"status":"OK","peers":[]}', "bad_reply"],
  [reply({ observed_ip: "7" }), "bad_reply"],
  [reply({ observed_ip: '"here"' }), "bad_reply"],
  [reply({ observed_port: "0" }), "bad_reply"],
  [reply({ time_ms: "1e400" }), "bad_reply"],
  [reply({ time_ms: '"now"' }), "bad_reply"],
  [reply({ tcp: '"yes"' }), "bad_reply"],
  [reply({ udp_sent: "-1" }), "bad_reply"],
];

/** Datagrams, and their tokens. */
export const DATAGRAMS_WRITTEN: readonly Vector<string>[] = [
  [`{"type":"PROSA_PROBE","token":"${TOKEN}"}`, TOKEN],
];

/** What is no datagram of a probe. */
export const DATAGRAMS_REFUSED: readonly Refusal[] = [
  ["", "empty"],
  ["\u0080\u0000", "invalid_json"],
  ['{"type":"convite","token":"0123456789abcdef"}', "unknown_command"],
  ['{"type":"PROSA_PROBE"}', "bad_token"],
];

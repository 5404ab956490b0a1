/**
 * The lines of the rendezvous (`protocols/rendezvous.md`): tables for readers and writers.
 *
 * @module
 */
import type { RendezvousReply, RendezvousRequest } from "../../lib/protocol/rendezvous.ts";
import { bytesOf, joined, type Refusal, type Vector } from "./vector.ts";

const ALICE = { kind: "REGISTER", namespace: "UnB", name: "alice", port: 7070, ttl: 7200 } as const;
const ALL_OF_UNB = {
  kind: "UNREGISTER",
  namespace: "UnB",
  name: undefined,
  port: undefined,
} as const;

/** REGISTER as text, with some fields given as JSON text and others left out. */
function register(fields: Readonly<Record<string, string | null>>): string {
  const all = { namespace: '"UnB"', name: '"alice"', port: "7070", ...fields };
  const given = Object.entries(all).filter(([, value]) => value !== null);
  return `{"type":"REGISTER",${given.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
}

/** UNREGISTER in UnB with a `port` given as JSON text. */
function unregisterPort(port: string): string {
  return `{"type":"UNREGISTER","namespace":"UnB","port":${port}}`;
}

const granted = (ttl: number): RendezvousRequest => ({ ...ALICE, ttl });

/** Requests as this project writes them. */
export const REQUESTS_WRITTEN: readonly Vector<RendezvousRequest>[] = [
  ['{"type":"REGISTER","namespace":"UnB","name":"alice","port":7070,"ttl":7200}', ALICE],
  ['{"type":"DISCOVER","namespace":"UnB"}', { kind: "DISCOVER", namespace: "UnB" }],
  ['{"type":"DISCOVER"}', { kind: "DISCOVER", namespace: undefined }],
  [
    '{"type":"UNREGISTER","namespace":"UnB","name":"alice","port":7070}',
    { kind: "UNREGISTER", namespace: "UnB", name: "alice", port: 7070 },
  ],
  ['{"type":"UNREGISTER","namespace":"UnB"}', ALL_OF_UNB],
];

/** Requests as others write them. */
export const REQUESTS_READ: readonly Vector<RendezvousRequest>[] = [
  [register({}), ALICE, "REGISTER without ttl: 7200"],
  [register({ ttl: "1" }), granted(1)],
  [register({ ttl: "0" }), granted(1), "ttl 0 as 1"],
  [register({ ttl: "-5" }), granted(1), "ttl -5 as 1"],
  [register({ ttl: "86400" }), granted(86400)],
  [register({ ttl: "86401" }), granted(86400), "ttl 86401 as 86400"],
  [register({ ttl: "1e300" }), granted(86400), "ttl 1e300 as 86400"],
  [register({ ttl: "60.0" }), granted(60), "ttl 60.0, which JSON cannot tell from 60"],
  [register({ ttl: '"4000"' }), granted(4000), "ttl in a string"],
  [register({ ttl: '"-4"' }), granted(1), "a negative ttl in a string as 1"],
  [register({ ttl: `"${"9".repeat(400)}"` }), granted(86400), "a ttl of 400 digits in a string"],
  [register({ ttl: "9".repeat(400) }), granted(86400), "a ttl of 400 digits"],
  [register({ ttl: `-${"9".repeat(400)}` }), granted(1), "a ttl of minus 400 digits"],
  [register({ port: '"4000"' }), { ...ALICE, port: 4000 }, "port in a string"],
  [register({ port: "1" }), { ...ALICE, port: 1 }],
  [register({ port: "65535" }), { ...ALICE, port: 65535 }],
  [
    register({ name: JSON.stringify("é".repeat(64)) }),
    { ...ALICE, name: "é".repeat(64) },
    "a name of 64 characters, 128 bytes",
  ],
  [
    register({ name: JSON.stringify("😀".repeat(64)) }),
    { ...ALICE, name: "😀".repeat(64) },
    "a name of 64 characters, 128 UTF-16 units",
  ],
  [
    register({ namespace: JSON.stringify("😀".repeat(64)) }),
    { ...ALICE, namespace: "😀".repeat(64) },
    "a namespace of 64 characters, 128 UTF-16 units",
  ],
  [
    register({ name: '"Joa\u0303o"', namespace: '"Joa\u0303o"' }),
    { ...ALICE, name: "Jo\u00e3o", namespace: "Jo\u00e3o" },
    "names that are not in NFC",
  ],
  [register({ name: '"a:b@c#*"' }), { ...ALICE, name: "a:b@c#*" }],
  [register({ name: '" "' }), { ...ALICE, name: " " }, "a name of one blank"],
  ['{"type":"register","namespace":"UnB","name":"alice","port":7070}', ALICE, "type in small"],
  ['{"type":"Discover","namespace":"UnB"}', { kind: "DISCOVER", namespace: "UnB" }],
  ['{"type":"unRegister","namespace":"UnB"}', ALL_OF_UNB],
  [
    '\t {"namespace":"UnB" , "extra":{"type":"X"},"type":"DISCOVER"}  ',
    { kind: "DISCOVER", namespace: "UnB" },
    "white space, any order and unknown fields",
  ],
  ['{"type":"X","type":"DISCOVER"}', { kind: "DISCOVER", namespace: undefined }],
  ['{"type":"DISCOVER","namespace":5}', { kind: "DISCOVER", namespace: null }],
  ['{"type":"DISCOVER","namespace":null}', { kind: "DISCOVER", namespace: null }],
  ['{"type":"DISCOVER","namespace":""}', { kind: "DISCOVER", namespace: null }],
  ['{"type":"UNREGISTER"}', { ...ALL_OF_UNB, namespace: undefined }],
  ['{"type":"UNREGISTER","namespace":7}', { ...ALL_OF_UNB, namespace: null }],
  ['{"type":"UNREGISTER","namespace":"UnB","name":7}', { ...ALL_OF_UNB, name: null }],
  ['{"type":"UNREGISTER","namespace":"UnB","name":null,"port":null}', ALL_OF_UNB],
  [unregisterPort('"7070"'), { ...ALL_OF_UNB, port: 7070 }],
];

/** Requests that are refused. */
export const REQUESTS_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty line"],
  [" \t ", "empty", "white space alone"],
  ["{", "invalid_json"],
  ["hello", "invalid_json"],
  ["[]", "invalid_json"],
  ["null", "invalid_json"],
  ["7", "invalid_json"],
  ['"REGISTER"', "invalid_json"],
  ['{"type":"DISCOVER"} {}', "invalid_json"],
  ["{'type':'DISCOVER'}", "invalid_json"],
  ['\ufeff{"type":"DISCOVER"}', "invalid_json", "a byte order mark"],
  [joined(bytesOf('{"type":"'), Uint8Array.of(0xff), bytesOf('"}')), "invalid_json", "no UTF-8"],
  ["[".repeat(16_000), "invalid_json", "16,000 open brackets"],
  ["{}", "missing_type"],
  ['{"type":null}', "missing_type"],
  ['{"type":7}', "missing_type"],
  ['{"type":["REGISTER"]}', "missing_type"],
  ['{"Type":"REGISTER"}', "missing_type"],
  ['{"type":""}', "unknown_command"],
  ['{"type":"HELLO"}', "unknown_command"],
  ['{"type":"REGISTER "}', "unknown_command"],
  ['{"type":"toString"}', "unknown_command"],
  [register({ name: null }), "bad_name", "REGISTER without name"],
  [register({ name: '""' }), "bad_name", "an empty name"],
  [register({ name: "7" }), "bad_name", "a name that is a number"],
  [register({ name: "null" }), "bad_name", "a name that is null"],
  [register({ name: '["alice"]' }), "bad_name", "a name that is an array"],
  [register({ name: `"${"a".repeat(65)}"` }), "bad_name", "a name of 65 characters"],
  [register({ name: `"${"😀".repeat(65)}"` }), "bad_name", "a name of 65 wide characters"],
  [register({ name: '"a\\nb"' }), "bad_name", "a name with a line break"],
  [register({ name: '"a\\u0000b"' }), "bad_name", "a name with a NUL"],
  [register({ name: '"a\\ud83d"' }), "bad_name", "a name with a lone surrogate"],
  [register({ namespace: null }), "bad_namespace", "REGISTER without namespace"],
  [register({ namespace: '""' }), "bad_namespace", "an empty namespace"],
  [register({ namespace: "{}" }), "bad_namespace", "a namespace that is an object"],
  [register({ namespace: `"${"a".repeat(65)}"` }), "bad_namespace", "65 characters of namespace"],
  [register({ port: null }), "bad_port", "REGISTER without port"],
  ...["0", "-1", "65536", "70.5", "null", "true", "[7070]", '""', '"abc"', '"70.5"', '" 70"']
    .map((port): Refusal => [register({ port }), "bad_port", `REGISTER with port ${port}`]),
  ...["null", "1.5", "true", "[]", "{}", '""', '"abc"', '"1.5"', '"1e3"', '"0x10"', '" 5"']
    .map((ttl): Refusal => [register({ ttl }), "bad_ttl", `REGISTER with ttl ${ttl}`]),
  [
    register({ name: '""', ttl: '"x"', namespace: '""', port: "0" }),
    "bad_name",
    "everything wrong: name first",
  ],
  [
    register({ ttl: '"x"', namespace: '""', port: "0" }),
    "bad_ttl",
    "ttl, namespace and port wrong: ttl second",
  ],
  [register({ namespace: '""', port: "0" }), "bad_namespace", "namespace and port wrong"],
  ...["0", "65536", '"abc"', "true", "{}"]
    .map((port): Refusal => [unregisterPort(port), "bad_port", `UNREGISTER with port ${port}`]),
];

const PEER = {
  ip: "203.0.113.7",
  port: 7070,
  name: "alice",
  namespace: "UnB",
  ttl: 7200,
  expires_in: 7100,
  observed_ip: "203.0.113.7",
  observed_port: 45678,
};

/** Replies as the reader understands them. */
export const REPLIES_READ: readonly Vector<RendezvousReply>[] = [
  [
    '{"status":"OK","ttl":7200,"observed_ip":"203.0.113.7","observed_port":45678}',
    { kind: "OK", ttl: 7200, peers: undefined },
  ],
  ['{"status":"OK"}', { kind: "OK", ttl: undefined, peers: undefined }],
  ['{"status":"OK","ttl":0}', { kind: "OK", ttl: undefined, peers: undefined }],
  ['{"status":"OK","ttl":"60"}', { kind: "OK", ttl: 60, peers: undefined }],
  ['{"status":"OK","ttl":1.5}', { kind: "OK", ttl: undefined, peers: undefined }],
  [
    `{"status":"OK","ttl":${"9".repeat(400)}}`,
    { kind: "OK", ttl: Number.MAX_SAFE_INTEGER, peers: undefined },
    "a granted ttl of 400 digits",
  ],
  ['{"status":"OK","peers":[]}', { kind: "OK", ttl: undefined, peers: [] }],
  ['{"status":"OK","peers":{}}', { kind: "OK", ttl: undefined, peers: undefined }],
  [
    JSON.stringify({ status: "OK", peers: [PEER] }),
    { kind: "OK", ttl: undefined, peers: [PEER] },
    "one peer",
  ],
  [
    '{"status":"OK","peers":[{"ip":"::FFFF:203.0.113.7","port":"7070","name":"Joa\u0303o","namespace":"UnB"}]}',
    {
      kind: "OK",
      ttl: undefined,
      peers: [{
        ...PEER,
        name: "Jo\u00e3o",
        ttl: 0,
        expires_in: 0,
        observed_port: 7070,
      }],
    },
    "a peer with only what is needed",
  ],
  [
    JSON.stringify({ status: "OK", peers: [{ ...PEER, ip: "no address" }] }),
    { kind: "OK", ttl: undefined, peers: [PEER] },
    "a peer whose ip is none, so that the observed one counts",
  ],
  [
    JSON.stringify({
      status: "OK",
      peers: [
        null,
        7,
        "alice",
        [],
        {},
        { ...PEER, ip: "203.0.113", observed_ip: undefined },
        { ...PEER, ip: { toString: 1 }, observed_ip: [[]] },
        { ...PEER, port: 0 },
        { ...PEER, name: "" },
        { ...PEER, namespace: { toString: null } },
        PEER,
      ],
    }),
    { kind: "OK", ttl: undefined, peers: [PEER] },
    "entries that are no peers",
  ],
  ['{"status":"ERROR","error":"bad_name"}', { kind: "ERROR", error: "bad_name" }],
  [
    '{"status":"ERROR","message":"Unknown command"}',
    { kind: "ERROR", error: "Unknown command" },
  ],
  ['{"status":"ERROR"}', { kind: "ERROR", error: "unknown" }],
  ['{"status":"ERROR","error":{"toString":1}}', { kind: "ERROR", error: "unknown" }],
  [
    `{"status":"ERROR","error":${"[".repeat(16_000)}${"]".repeat(16_000)}}`,
    { kind: "ERROR", error: "unknown" },
    "an error 16,000 arrays deep",
  ],
];

/** What no rendezvous answers. */
export const REPLIES_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty reply"],
  ["OK", "invalid_json"],
  ["[]", "invalid_json"],
  ["{}", "bad_reply"],
  ['{"status":"ok"}', "bad_reply"],
  ['{"status":["OK"]}', "bad_reply"],
];

/**
 * The lines of the catalogue and the JSON datagrams of transfers (`protocols/music.md`): tables for
 * readers and writers.
 *
 * @module
 */
import type {
  CatalogueFile,
  CatalogueReply,
  CatalogueRequest,
  ControlMessage,
} from "../../lib/protocol/music.ts";
import { bytesOf, joined, type Refusal, type Vector } from "./vector.ts";

const ID = "ab12".repeat(16);
const PIECES = "0f".repeat(32);
const NFD = (text: string) => text.normalize("NFD");

/** A file with all that an entry can carry. */
export const SUITE: CatalogueFile = {
  id: ID,
  name: "suite.flac",
  size: 31_415_926,
  title: "Suite nº 1",
  artist: "Bach",
  seconds: 1081.5,
  pieces: PIECES,
};
/** A file of which only the least is known. */
export const BARE: CatalogueFile = {
  id: "00".repeat(32),
  name: "a.mp3",
  size: 0,
  title: "",
  artist: "",
  seconds: null,
  pieces: undefined,
};

const SUITE_TEXT = `{"id":"${ID}","name":"suite.flac","size":31415926,"title":"Suite nº 1",` +
  `"artist":"Bach","seconds":1081.5,"pieces":"${PIECES}"}`;
const BARE_TEXT = `{"id":"${BARE.id}","name":"a.mp3","size":0,"title":"","artist":"",` +
  `"seconds":null}`;

const ANA = {
  kind: "NODE_REGISTER",
  name: "ana",
  port: 7000,
  ttl: 120,
  files: [SUITE],
  more: false,
} as const;

/** NODE_REGISTER as text, with some fields given as JSON text and others left out. */
function register(fields: Readonly<Record<string, string | null>>): string {
  const all = { name: '"ana"', port: "7000", ttl: "120", files: `[${SUITE_TEXT}]`, ...fields };
  const given = Object.entries(all).filter(([, value]) => value !== null);
  return `{"type":"NODE_REGISTER",${given.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
}

/** A list of one file as text, with one field of the file given as JSON text or left out. */
function filesWith(field: keyof CatalogueFile, text: string | null): string {
  const given = Object.entries<unknown>(JSON.parse(SUITE_TEXT)).flatMap(([key, value]) => {
    if (key !== field) return [`"${key}":${JSON.stringify(value)}`];
    return text === null ? [] : [`"${key}":${text}`];
  });
  return register({ files: `[{${given.join(",")}}]` });
}

const withFile = (fields: Partial<CatalogueFile>) => ({ ...ANA, files: [{ ...SUITE, ...fields }] });

/** Requests as this project writes them. */
export const REQUESTS_WRITTEN: readonly Vector<CatalogueRequest>[] = [
  [
    `{"type":"NODE_REGISTER","name":"ana","port":7000,"ttl":120,"files":[${SUITE_TEXT}],` +
    `"more":false}`,
    ANA,
    "NODE_REGISTER",
  ],
  [
    `{"type":"NODE_REGISTER","name":"ana","port":7000,"ttl":1,"files":[${BARE_TEXT},` +
    `${SUITE_TEXT}],"more":true}`,
    { ...ANA, ttl: 1, files: [BARE, SUITE], more: true },
    "NODE_REGISTER that goes on",
  ],
  [
    '{"type":"NODE_REGISTER","name":"ana","port":7000,"ttl":3600,"more":false}',
    { ...ANA, ttl: 3600, files: undefined },
    "NODE_REGISTER that renews",
  ],
  [
    '{"type":"NODE_LIST","query":"bach","after":null}',
    { kind: "NODE_LIST", query: "bach", after: null },
  ],
  [
    `{"type":"NODE_LIST","query":"","after":"${ID}:ana"}`,
    { kind: "NODE_LIST", query: "", after: `${ID}:ana` },
    "NODE_LIST of a later page",
  ],
  ['{"type":"NODE_REMOVE","name":"ana"}', { kind: "NODE_REMOVE", name: "ana" }],
];

/** Requests as others write them. */
export const REQUESTS_READ: readonly Vector<CatalogueRequest>[] = [
  [register({}), ANA, "no more: the list is complete"],
  [register({ more: "null" }), ANA, "more that is null"],
  [register({ port: '"7000"', ttl: '"120"' }), ANA, "integers in strings"],
  [register({ ttl: null }), ANA, "no ttl"],
  [register({ ttl: "null" }), ANA, "a ttl that is null"],
  [register({ ttl: "0" }), { ...ANA, ttl: 1 }, "a ttl of 0"],
  [register({ ttl: "-1e999" }), { ...ANA, ttl: 1 }, "an endless ttl below 0"],
  [register({ ttl: "3601" }), { ...ANA, ttl: 3600 }, "a ttl of 3601"],
  [register({ ttl: `"${"9".repeat(400)}"` }), { ...ANA, ttl: 3600 }, "a ttl of 400 digits"],
  [register({ files: "null" }), { ...ANA, files: undefined }, "files that are null"],
  [register({ files: "[]" }), { ...ANA, files: [] }, "no files"],
  [register({ name: JSON.stringify(NFD("João")) }), { ...ANA, name: "João" }, "a name not in NFC"],
  [register({ extra: "[{}]" }), ANA, "unknown fields"],
  [filesWith("title", null), withFile({ title: "" }), "no title"],
  [filesWith("artist", "null"), withFile({ artist: "" }), "an artist that is null"],
  [filesWith("seconds", null), withFile({ seconds: null }), "no playing time"],
  [filesWith("seconds", "0"), withFile({ seconds: 0 }), "no time"],
  [filesWith("pieces", "null"), withFile({ pieces: undefined }), "pieces that are null"],
  [filesWith("id", `"${ID.toUpperCase()}"`), ANA, "an id in capitals"],
  [filesWith("name", '"../../etc/passwd"'), withFile({ name: "../../etc/passwd" })],
  [filesWith("size", "9007199254740991"), withFile({ size: 2 ** 53 - 1 }), "the largest size"],
  [
    filesWith("title", `"${"ú".repeat(255)}"`),
    withFile({ title: "ú".repeat(255) }),
    "a title of 255 characters",
  ],
  [' {"after":null,"type":"node_list"}\t', { kind: "NODE_LIST", query: "", after: null }],
  ['{"type":"Node_List","query":null}', { kind: "NODE_LIST", query: "", after: null }],
  ['{"type":"NODE_REMOVE","name":"ana","port":0}', { kind: "NODE_REMOVE", name: "ana" }],
];

/** Requests that are refused. */
export const REQUESTS_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty line"],
  ["NODE_LIST", "invalid_json"],
  ["[]", "invalid_json"],
  ['{"type":7}', "missing_type"],
  ['{"type":"NODE"}', "unknown_command"],
  ['{"type":"REGISTER","name":"ana","namespace":"n","port":1}', "unknown_command"],
  [register({ name: null }), "bad_name", "no name"],
  ...['""', "7", "null", '["ana"]', '"a\\nb"', '"\\u001b[2J"', '"\\ud83d"', `"${"a".repeat(65)}"`]
    .map((name): Refusal => [register({ name }), "bad_name", `the name ${name}`]),
  ['{"type":"NODE_REMOVE"}', "bad_name"],
  ...['"x"', "1.5", "true", "[]", '""', '"1e3"']
    .map((ttl): Refusal => [register({ ttl }), "bad_ttl", `the ttl ${ttl}`]),
  [register({ port: null }), "bad_port", "no port"],
  ...["0", "-1", "65536", "70.5", "null", '""', '"abc"', "[7000]"]
    .map((port): Refusal => [register({ port }), "bad_port", `the port ${port}`]),
  ...["{}", '"a.mp3"', "7", "true", "[null]", "[7]", '["a.mp3"]', "[[]]", "[{}]"]
    .map((files): Refusal => [register({ files }), "bad_files", `the files ${files}`]),
  [register({ files: `[${SUITE_TEXT},{}]` }), "bad_files", "one bad file"],
  [register({ files: null, more: "true" }), "bad_files", "a part without files"],
  ...([
    ["id", null],
    ["id", '"ab12"'],
    ["id", `"${"zz".repeat(32)}"`],
    ["id", `"${ID}0"`],
    ["name", null],
    ["name", '""'],
    ["name", '"a\\u0007.mp3"'],
    ["name", `"${"a".repeat(256)}"`],
    ["size", null],
    ["size", "-1"],
    ["size", "1.5"],
    ["size", '"7"'],
    ["size", "9007199254740992"],
    ["size", "1e999"],
    ["title", "7"],
    ["title", '"a\\nb"'],
    ["title", '"\\u2028"'],
    ["artist", '"\\udc00"'],
    ["artist", "{}"],
    ["seconds", "-1"],
    ["seconds", '"7"'],
    ["seconds", "1e999"],
    ["seconds", "1000001"],
    ["pieces", '""'],
    ["pieces", "7"],
  ] as const).map(([field, text]): Refusal => [
    filesWith(field, text),
    "bad_files",
    `a file with ${field} ${text}`,
  ]),
  ...["1", '"true"', "[]"]
    .map((more): Refusal => [register({ more }), "bad_more", `more ${more}`]),
  ['{"type":"NODE_LIST","query":7}', "bad_query"],
  [`{"type":"NODE_LIST","query":"${"q".repeat(129)}"}`, "bad_query", "a query of 129 characters"],
  ['{"type":"NODE_LIST","after":7}', "bad_after"],
  [`{"type":"NODE_LIST","after":"${"m".repeat(513)}"}`, "bad_after", "a mark of 513 characters"],
  [register({ name: "7", ttl: "[]", port: "0", files: "7" }), "bad_name", "all wrong: the name"],
  [register({ ttl: "[]", port: "0", files: "7" }), "bad_ttl", "then the ttl"],
  [register({ port: "0", files: "7", more: "7" }), "bad_port", "then the port"],
  [register({ files: "7", more: "7" }), "bad_files", "then the files"],
];

const LISTED = { name: "ana", ip: "192.0.2.7", port: 7000, files: [SUITE] } as const;

/** Replies as this project writes them. */
export const REPLIES_WRITTEN: readonly Vector<CatalogueReply>[] = [
  ['{"status":"OK","ttl":120,"registered":2}', { kind: "registered", ttl: 120, registered: 2 }],
  ['{"status":"OK","nodes":[],"next":null}', { kind: "nodes", nodes: [], next: null }],
  [
    `{"status":"OK","nodes":[{"name":"ana","ip":"192.0.2.7","port":7000,"files":[${SUITE_TEXT}]},` +
    `{"name":"bia","ip":"2001:db8::7","port":1,"files":[]}],"next":":bia"}`,
    {
      kind: "nodes",
      nodes: [LISTED, { name: "bia", ip: "2001:db8::7", port: 1, files: [] }],
      next: ":bia",
    },
    "a page",
  ],
  ['{"status":"OK","removed":true}', { kind: "removed", removed: true }],
  ['{"status":"OK","removed":false}', { kind: "removed", removed: false }],
  [
    '{"status":"ERROR","error":"already_registered"}',
    { kind: "error", error: "already_registered" },
  ],
];

/** Replies as others write them. */
export const REPLIES_READ: readonly Vector<CatalogueReply>[] = [
  ['{"status":"ERROR"}', { kind: "error", error: "unknown" }],
  [
    '{"status":"ERROR","message":"Unknown command"}',
    { kind: "error", error: "Unknown command" },
  ],
  ['{"status":"ERROR","error":{"toString":1}}', { kind: "error", error: "unknown" }],
  [
    '{"registered":0,"ttl":"0","status":"OK"}',
    { kind: "registered", ttl: 1, registered: 0 },
    "a ttl of 0",
  ],
  ['{"status":"OK","nodes":[]}', { kind: "nodes", nodes: [], next: null }, "no mark"],
  ['{"status":"OK","nodes":[],"next":7}', { kind: "nodes", nodes: [], next: null }],
  [
    `{"status":"OK","nodes":[7,{},{"name":"ana","ip":"::ffff:192.0.2.7","port":"7000",` +
    `"files":[null,${SUITE_TEXT},{"id":"x"}]},{"name":"b","ip":"here","port":1},` +
    `{"name":"c","ip":"192.0.2.7","port":0},{"name":"","ip":"192.0.2.7","port":1}],"next":null}`,
    { kind: "nodes", nodes: [LISTED], next: null },
    "nodes and files that are none",
  ],
];

/** What no catalogue answers. */
export const REPLIES_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty reply"],
  ["OK", "invalid_json"],
  ["{}", "bad_reply"],
  ['{"status":"OK"}', "bad_reply"],
  ['{"status":"OK","ttl":120}', "bad_reply"],
  ['{"status":"OK","registered":1}', "bad_reply"],
  ['{"status":"OK","ttl":120,"registered":-1}', "bad_reply"],
  ['{"status":"OK","removed":1}', "bad_reply"],
  ['{"status":"OK","nodes":{}}', "bad_reply"],
];

const GET = { kind: "GET", stream: 7, id: ID, offset: 262_144, port: 7001 } as const;
const GET_OK = {
  kind: "GET_OK",
  stream: 2 ** 48 - 1,
  id: ID,
  name: "suite.flac",
  size: 31_415_926,
} as const;
const REFUSED = { kind: "GET_ERROR", stream: 0, error: "not_available" } as const;

/** Datagrams as this project writes them. */
export const CONTROL_WRITTEN: readonly Vector<ControlMessage>[] = [
  [`{"type":"GET","stream":7,"id":"${ID}","offset":262144,"port":7001}`, GET, "GET"],
  [
    `{"type":"GET_OK","stream":281474976710655,"id":"${ID}","name":"suite.flac","size":31415926}`,
    GET_OK,
    "GET_OK",
  ],
  ['{"type":"GET_ERROR","stream":0,"error":"not_available"}', REFUSED],
];

/** Datagrams as others write them. */
export const CONTROL_READ: readonly Vector<ControlMessage>[] = [
  [
    `{"port":"7001","id":"${ID.toUpperCase()}","stream":7,"type":"get","x":1}`,
    { ...GET, offset: 0 },
    "GET with only what is needed",
  ],
  [
    `{"type":"Get_Ok","stream":281474976710655,"id":"${ID}","size":31415926}`,
    { ...GET_OK, name: "" },
    "GET_OK with only what is needed",
  ],
  ['{"type":"GET_ERROR","stream":0}', { ...REFUSED, error: "unknown" }],
  ['{"type":"GET_ERROR","stream":0,"error":7}', { ...REFUSED, error: "unknown" }],
  ['{"type":"GET_ERROR","stream":0,"error":"a\\nb"}', { ...REFUSED, error: "unknown" }],
  [
    `{"type":"GET_ERROR","stream":0,"error":"${"e".repeat(65)}"}`,
    { ...REFUSED, error: "unknown" },
    "GET_ERROR with a long word",
  ],
];

/** Datagrams that are no messages. */
export const CONTROL_REFUSED: readonly Refusal[] = [
  ["", "empty", "an empty datagram"],
  ["{", "invalid_json"],
  [joined(bytesOf('{"type":"'), Uint8Array.of(0xff), bytesOf('"}')), "invalid_json", "no UTF-8"],
  ["{}", "bad_control"],
  ['{"type":"GET_ERROR"}', "bad_control", "no stream"],
  ['{"type":"PUT","stream":7}', "bad_control"],
  ['{"stream":7}', "bad_control", "no type"],
  ...["-1", "1.5", '"7"', "281474976710656", "null"].map((stream): Refusal => [
    `{"type":"GET_ERROR","stream":${stream}}`,
    "bad_control",
    `the stream ${stream}`,
  ]),
  ...[
    `"offset":0,"port":1`,
    `"id":"${ID}"`,
    `"id":"${ID}","port":0`,
    `"id":"${ID}","port":1,"offset":-1`,
    `"id":"${ID}","port":1,"offset":"7"`,
    `"id":"${ID}","port":1,"offset":1e999`,
  ].map((rest): Refusal => [`{"type":"GET","stream":7,${rest}}`, "bad_control"]),
  ...[
    `"size":1`,
    `"id":"${ID}"`,
    `"id":"${ID}","size":-1`,
    `"id":"${ID}","size":1,"name":7`,
    `"id":"${ID}","size":1,"name":"a\\u0000"`,
  ].map((rest): Refusal => [`{"type":"GET_OK","stream":7,${rest}}`, "bad_control"]),
];

/**
 * The overlay's lines (`protocols/overlay.md`): one table for the reader and the writer.
 *
 * @module
 */
import type { OverlayMessage, UnknownCommand } from "../../lib/protocol/overlay.ts";

const ID = "7b2f6a0e-9c1d-4e57-8a34-0f1e2d3c4b5a";
const ANA = "ana@UnB";
const BIA = "bia@UnB";

/** Lines exactly as this project writes them, and what they say. */
export const WRITTEN: readonly (readonly [string, OverlayMessage])[] = [
  [
    '{"type":"HELLO","peer_id":"ana@UnB","version":"1.0","features":["relay","ack","who_has","metrics"],"ttl":8}',
    {
      type: "HELLO",
      peer_id: ANA,
      version: "1.0",
      features: ["relay", "ack", "who_has", "metrics"],
      ttl: 8,
    },
  ],
  [
    '{"type":"HELLO_OK","peer_id":"bia@UnB","version":"1.0","features":["ack"],"ttl":8}',
    { type: "HELLO_OK", peer_id: BIA, version: "1.0", features: ["ack"], ttl: 8 },
  ],
  [
    `{"type":"PING","msg_id":"${ID}","timestamp":"2026-01-02T03:04:05.678Z","ttl":8}`,
    { type: "PING", msg_id: ID, timestamp: "2026-01-02T03:04:05.678Z", ttl: 8 },
  ],
  [
    `{"type":"PONG","msg_id":"${ID}","timestamp":"2026-01-02T03:04:05.678Z","ttl":8}`,
    { type: "PONG", msg_id: ID, timestamp: "2026-01-02T03:04:05.678Z", ttl: 8 },
  ],
  [
    `{"type":"SEND","msg_id":"${ID}","src":"ana@UnB","dst":"bia@UnB","payload":"olá \\"mundo\\"","require_ack":true,"ttl":8}`,
    {
      type: "SEND",
      msg_id: ID,
      src: ANA,
      dst: BIA,
      payload: 'olá "mundo"',
      require_ack: true,
      ttl: 8,
    },
  ],
  [
    `{"type":"ACK","msg_id":"${ID}","from":"bia@UnB","src":"bia@UnB","dst":"ana@UnB","ttl":8}`,
    { type: "ACK", msg_id: ID, from: BIA, dst: ANA, ttl: 8 },
  ],
  [
    `{"type":"PUB","msg_id":"${ID}","src":"ana@UnB","dst":"#UnB","payload":"todos","require_ack":false,"ttl":8}`,
    {
      type: "PUB",
      msg_id: ID,
      src: ANA,
      dst: "#UnB",
      payload: "todos",
      require_ack: false,
      ttl: 8,
    },
  ],
  [
    `{"type":"PUB","msg_id":"${ID}","src":"ana@UnB","dst":"*","payload":"","require_ack":false,"ttl":0}`,
    { type: "PUB", msg_id: ID, src: ANA, dst: "*", payload: "", require_ack: false, ttl: 0 },
  ],
  [
    `{"type":"WHO_HAS","msg_id":"${ID}","src":"ana@UnB","dst":"bia@UnB","ttl":8}`,
    { type: "WHO_HAS", msg_id: ID, src: ANA, dst: BIA, ttl: 8 },
  ],
  [
    `{"type":"WHO_HAS_HIT","msg_id":"${ID}","src":"caio@Giga","dst":"bia@UnB","via":"caio@Giga","ttl":8}`,
    { type: "WHO_HAS_HIT", msg_id: ID, src: "caio@Giga", dst: BIA, via: "caio@Giga", ttl: 8 },
  ],
  [
    `{"type":"RELAY_OK","msg_id":"${ID}","src":"caio@Giga","dst":"bia@UnB","ttl":8}`,
    { type: "RELAY_OK", msg_id: ID, src: "caio@Giga", dst: BIA, reason: "", ttl: 8 },
  ],
  [
    `{"type":"RELAY_FAIL","msg_id":"${ID}","src":"caio@Giga","dst":"bia@UnB","reason":"no_route","ttl":8}`,
    { type: "RELAY_FAIL", msg_id: ID, src: "caio@Giga", dst: BIA, reason: "no_route", ttl: 8 },
  ],
  [
    `{"type":"TTL_EXPIRED","msg_id":"${ID}","src":"caio@Giga","dst":"bia@UnB","reason":"ttl_expired","ttl":8}`,
    {
      type: "TTL_EXPIRED",
      msg_id: ID,
      src: "caio@Giga",
      dst: BIA,
      reason: "ttl_expired",
      ttl: 8,
    },
  ],
  [
    `{"type":"METRICS_REQ","msg_id":"${ID}","src":"ana@UnB","dst":"bia@UnB","ttl":8}`,
    { type: "METRICS_REQ", msg_id: ID, src: ANA, dst: BIA, ttl: 8 },
  ],
  [
    `{"type":"METRICS","msg_id":"${ID}","src":"bia@UnB","dst":"ana@UnB","rtt_ms":12.5,"sent_count":3,"recv_count":4,"last_seen":"2026-01-02T03:04:05.678Z","ttl":8}`,
    {
      type: "METRICS",
      msg_id: ID,
      src: BIA,
      dst: ANA,
      rtt_ms: 12.5,
      sent_count: 3,
      recv_count: 4,
      last_seen: "2026-01-02T03:04:05.678Z",
      ttl: 8,
    },
  ],
  [
    `{"type":"METRICS","msg_id":"${ID}","src":"bia@UnB","dst":"ana@UnB","rtt_ms":null,"sent_count":0,"recv_count":0,"last_seen":"","ttl":8}`,
    {
      type: "METRICS",
      msg_id: ID,
      src: BIA,
      dst: ANA,
      rtt_ms: null,
      sent_count: 0,
      recv_count: 0,
      last_seen: "",
      ttl: 8,
    },
  ],
  [
    `{"type":"BYE","msg_id":"${ID}","src":"ana@UnB","dst":"bia@UnB","reason":"quit","ttl":8}`,
    { type: "BYE", msg_id: ID, src: ANA, dst: BIA, reason: "quit", ttl: 8 },
  ],
  [
    `{"type":"BYE_OK","msg_id":"${ID}","src":"bia@UnB","dst":"ana@UnB","reason":"quit","ttl":8}`,
    { type: "BYE_OK", msg_id: ID, src: BIA, dst: ANA, reason: "quit", ttl: 8 },
  ],
  [
    `{"type":"ERROR","msg_id":"${ID}","code":"no_route","ref":"m123","detail":"carol@UnB not reachable","status":"ERROR","error":"no_route","ttl":1}`,
    {
      type: "ERROR",
      msg_id: ID,
      code: "no_route",
      ref: "m123",
      detail: "carol@UnB not reachable",
      limit: undefined,
      ttl: 1,
    },
  ],
  [
    `{"type":"ERROR","msg_id":"${ID}","code":"line_too_long","ref":"","detail":"","status":"ERROR","error":"line_too_long","limit":32768,"ttl":1}`,
    {
      type: "ERROR",
      msg_id: ID,
      code: "line_too_long",
      ref: "",
      detail: "",
      limit: 32768,
      ttl: 1,
    },
  ],
];

/** Lines as other programs write them, and how they are read. */
export const READ: readonly (readonly [string, OverlayMessage | UnknownCommand])[] = [
  // A missing ttl counts as 1, and so does none at all; an integer in a string is one.
  [
    '{"type":"WHO_HAS","msg_id":"1","src":"ana@UnB","dst":"bia@UnB"}',
    { type: "WHO_HAS", msg_id: "1", src: ANA, dst: BIA, ttl: 1 },
  ],
  [
    '{"ttl":null,"type":"WHO_HAS","msg_id":"1","src":"ana@UnB","dst":"bia@UnB"}',
    { type: "WHO_HAS", msg_id: "1", src: ANA, dst: BIA, ttl: 1 },
  ],
  [
    '{"ttl":"3","type":"WHO_HAS","msg_id":"1","src":"ana@UnB","dst":"bia@UnB"}',
    { type: "WHO_HAS", msg_id: "1", src: ANA, dst: BIA, ttl: 3 },
  ],
  [
    '{"type":"WHO_HAS","msg_id":"1","src":"ana@UnB","dst":"bia@UnB","ttl":1e300}',
    { type: "WHO_HAS", msg_id: "1", src: ANA, dst: BIA, ttl: 255 },
  ],
  // Unknown fields, unknown features and no features.
  [
    '{"type":"HELLO","peer_id":"ana@UnB","version":"1.0","features":["ack","teleport",7],"color":"red","ttl":1}',
    { type: "HELLO", peer_id: ANA, version: "1.0", features: ["ack"], ttl: 1 },
  ],
  [
    '{"type":"HELLO","peer_id":"ana@UnB"}',
    { type: "HELLO", peer_id: ANA, version: "", features: [], ttl: 1 },
  ],
  // A timestamp may be anything.
  [
    '{"type":"PING","msg_id":"p","timestamp":1700000000,"ttl":1}',
    { type: "PING", msg_id: "p", timestamp: "", ttl: 1 },
  ],
  ['{"type":"PING","msg_id":"p"}', { type: "PING", msg_id: "p", timestamp: "", ttl: 1 }],
  // Either spelling of ACK.
  [
    '{"type":"ACK","msg_id":"m","from":"bia@UnB","ttl":1}',
    { type: "ACK", msg_id: "m", from: BIA, dst: undefined, ttl: 1 },
  ],
  [
    '{"type":"ACK","msg_id":"m","src":"bia@UnB","dst":"ana@UnB","ttl":1}',
    { type: "ACK", msg_id: "m", from: BIA, dst: ANA, ttl: 1 },
  ],
  // Either spelling of errors, however broken.
  [
    '{"type":"ERROR","code":"no_route","ref":"m123","detail":"carol@UnB not reachable"}',
    {
      type: "ERROR",
      msg_id: "",
      code: "no_route",
      ref: "m123",
      detail: "carol@UnB not reachable",
      limit: undefined,
      ttl: 1,
    },
  ],
  [
    '{"status":"ERROR","error":"line_too_long","limit":32768}',
    {
      type: "ERROR",
      msg_id: "",
      code: "line_too_long",
      ref: "",
      detail: "",
      limit: 32768,
      ttl: 1,
    },
  ],
  [
    '{"status":"ERROR","message":"Unknown command"}',
    {
      type: "ERROR",
      msg_id: "",
      code: "unknown",
      ref: "",
      detail: "Unknown command",
      limit: undefined,
      ttl: 1,
    },
  ],
  [
    '{"type":"ERROR","msg_id":7,"code":{},"ref":[],"detail":9,"limit":"x","ttl":-1}',
    {
      type: "ERROR",
      msg_id: "",
      code: "unknown",
      ref: "",
      detail: "",
      limit: undefined,
      ttl: 1,
    },
  ],
  // A payload that is no text, require_ack that is missing or no boolean, blanks around.
  [
    ' { "type" : "SEND" , "msg_id":"m","src":"ana@UnB","dst":"bia@UnB","payload":{"a":1}, "ttl": 2 } ',
    {
      type: "SEND",
      msg_id: "m",
      src: ANA,
      dst: BIA,
      payload: { a: 1 },
      require_ack: false,
      ttl: 2,
    },
  ],
  [
    '{"type":"SEND","msg_id":"m","src":"ana@UnB","dst":"bia@UnB","payload":"x","require_ack":"yes","ttl":2}',
    {
      type: "SEND",
      msg_id: "m",
      src: ANA,
      dst: BIA,
      payload: "x",
      require_ack: false,
      ttl: 2,
    },
  ],
  // A PUB is never acknowledged.
  [
    '{"type":"PUB","msg_id":"m","src":"ana@UnB","dst":"*","payload":"x","require_ack":true,"ttl":2}',
    { type: "PUB", msg_id: "m", src: ANA, dst: "*", payload: "x", require_ack: false, ttl: 2 },
  ],
  // The last @ divides; names are compared in NFC.
  [
    '{"type":"WHO_HAS","msg_id":"1","src":"ana@home@UnB","dst":"Jose\\u0301@UnB","ttl":2}',
    { type: "WHO_HAS", msg_id: "1", src: "ana@home@UnB", dst: "Jos\u00e9@UnB", ttl: 2 },
  ],
  // What is missing where nothing hangs on it.
  [
    '{"type":"WHO_HAS_HIT","msg_id":"1","src":"ana@UnB","dst":"bia@UnB","ttl":2}',
    { type: "WHO_HAS_HIT", msg_id: "1", src: ANA, dst: BIA, via: ANA, ttl: 2 },
  ],
  [
    '{"type":"RELAY_FAIL","msg_id":"1","ttl":2}',
    { type: "RELAY_FAIL", msg_id: "1", src: "", dst: "", reason: "", ttl: 2 },
  ],
  [
    '{"type":"BYE","msg_id":"1","ttl":2}',
    { type: "BYE", msg_id: "1", src: "", dst: "", reason: "", ttl: 2 },
  ],
  [
    '{"type":"METRICS","msg_id":"1","src":"bia@UnB","dst":"ana@UnB","rtt_ms":"fast","sent_count":-1,"recv_count":1.5,"last_seen":3,"ttl":2}',
    {
      type: "METRICS",
      msg_id: "1",
      src: BIA,
      dst: ANA,
      rtt_ms: null,
      sent_count: 0,
      recv_count: 0,
      last_seen: "",
      ttl: 2,
    },
  ],
  // An unknown type, with and without an id.
  [
    '{"type":"TELEPORT","msg_id":"t","ttl":4}',
    { type: "UNKNOWN", command: "TELEPORT", msg_id: "t", ttl: 4 },
  ],
  ['{"type":"send"}', { type: "UNKNOWN", command: "send", msg_id: "", ttl: 1 }],
];

const MANY = "x".repeat(129);

/** Lines that are no messages: `bad_format`. */
export const REFUSED: readonly string[] = [
  "",
  "   ",
  "hello",
  "[]",
  "null",
  "42",
  '"PING"',
  "{}",
  '{"type":7}',
  '{"status":"OK"}',
  '{"type":"HELLO"}',
  '{"type":"HELLO","peer_id":"ana"}',
  '{"type":"HELLO","peer_id":"@UnB"}',
  '{"type":"HELLO","peer_id":"ana@"}',
  '{"type":"HELLO","peer_id":"a\\u0007na@UnB"}',
  `{"type":"HELLO","peer_id":"${"a".repeat(65)}@UnB"}`,
  '{"type":"PING"}',
  '{"type":"PING","msg_id":""}',
  '{"type":"PING","msg_id":12}',
  `{"type":"PING","msg_id":"${MANY}"}`,
  '{"type":"PING","msg_id":"p","ttl":-1}',
  '{"type":"PING","msg_id":"p","ttl":1.5}',
  '{"type":"PING","msg_id":"p","ttl":"many"}',
  '{"type":"PING","msg_id":"p","ttl":[1]}',
  '{"type":"SEND","msg_id":"m","src":"ana@UnB","dst":"#UnB","payload":"x","ttl":1}',
  '{"type":"SEND","msg_id":"m","src":"ana@UnB","dst":"*","payload":"x","ttl":1}',
  '{"type":"SEND","msg_id":"m","src":"ana@UnB","dst":"bia@UnB","ttl":1}',
  '{"type":"SEND","msg_id":"m","dst":"bia@UnB","payload":"x","ttl":1}',
  '{"type":"PUB","msg_id":"m","src":"ana@UnB","dst":"bia@UnB","payload":"x","ttl":1}',
  '{"type":"PUB","msg_id":"m","src":"ana@UnB","dst":"#","payload":"x","ttl":1}',
  '{"type":"ACK","msg_id":"m","ttl":1}',
  '{"type":"WHO_HAS","msg_id":"m","src":"ana@UnB","ttl":1}',
  '{"type":"METRICS_REQ","msg_id":"m","dst":"ana@UnB","ttl":1}',
  '{"type":"SEND","msg_id":"m","src":"ana@UnB","dst":"bia@UnB","payload":"x","ttl":1} x',
];

/** A line, its `ttl` replaced by 4, and what must come out: every other field as it came. */
export const PASSED_ON: readonly (readonly [string, string])[] = [
  ['{"type":"X","ttl":8}', '{"type":"X","ttl":4}'],
  [
    '{"type":"X","n":12345678901234567890,"ttl": 8 }  ',
    '{"type":"X","n":12345678901234567890,"ttl": 4}',
  ],
  ['{"type":"X","extra":{"ttl":8},"ttl":8}', '{"type":"X","extra":{"ttl":8},"ttl":4}'],
  ['{"ttl":8}', '{"ttl":4}'],
  ['{"ttl":8,"type":"X","color":"red"}', '{"type":"X","color":"red","ttl":4}'],
  ['{"type":"X"}', '{"type":"X","ttl":4}'],
  ['{"type":"X","ttl":"8"}', '{"type":"X","ttl":4}'],
  ['{"type":"X","ttl":8.0}', '{"type":"X","ttl":4}'],
  ['{"type":"X","extra":{"ttl":8}}', '{"type":"X","extra":{"ttl":8},"ttl":4}'],
  ['{"type":"X","payload":"{\\"ttl\\":8}"}', '{"type":"X","payload":"{\\"ttl\\":8}","ttl":4}'],
  ['{"type":"X","a,\\"ttl":8}', '{"type":"X","a,\\"ttl":8,"ttl":4}'],
  ['{"ttl":3,"type":"X","\\u0074tl":8}', '{"type":"X","ttl":4}'],
  ['{"__proto__":{"a":1},"ttl":8,"x":1}', '{"__proto__":{"a":1},"x":1,"ttl":4}'],
  [
    '{"ttl":8,"type":"X","n":12345678901234567890,"f":1e999,"d":8.0}',
    '{"type":"X","n":12345678901234567890,"f":1e999,"d":8.0,"ttl":4}',
  ],
  [
    '{"ttl":8,"t":"a,b}]\\\\","u":[{"ttl":1},"]"]}',
    '{"t":"a,b}]\\\\","u":[{"ttl":1},"]"],"ttl":4}',
  ],
  [' { "ttl" : 8 , "type" : "X" } ', '{"type" : "X","ttl":4}'],
  ["{}", '{"ttl":4}'],
];

import assert from "node:assert/strict";
import fc from "fast-check";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { seededRandom } from "../../lib/base/random.ts";
import type { OverlayInput } from "../../lib/overlay/contract.ts";
import { OverlayNode } from "../../lib/overlay/node.ts";
import { formatMessage, type OverlayLine, parseLine, withTtl } from "../../lib/protocol/overlay.ts";
import { utf8Length } from "../../lib/wire/text.ts";
import { READ, REFUSED, WRITTEN } from "../vectors/overlay.ts";

const SEED = 20260102;
const encoder = new TextEncoder();

/** Only the protocol's own error may come out of bytes from outside. */
function tryParse(bytes: Uint8Array): OverlayLine | null {
  try {
    return parseLine(bytes);
  } catch (error) {
    assert.ok(error instanceof RemoteProtocolError, String(error));
    assert.equal(error.code, "bad_format");
    return null;
  }
}

const peers = fc.constantFrom("ana@UnB", "eva@Giga", "bob@Giga", "zoe@UnB", "x@y", "bad", "");
const ids = fc.oneof(fc.constantFrom("1", "2", "3", "w"), fc.string({ maxLength: 140 }));
const types = fc.constantFrom(
  ..."HELLO HELLO_OK PING PONG SEND ACK PUB WHO_HAS WHO_HAS_HIT RELAY_OK RELAY_FAIL".split(" "),
  ..."TTL_EXPIRED METRICS_REQ METRICS BYE BYE_OK ERROR TELEPORT".split(" "),
);

/** Objects that are almost messages. */
const almost = fc.record({
  type: fc.oneof({ weight: 20, arbitrary: types }, fc.jsonValue()),
  msg_id: fc.oneof({ weight: 9, arbitrary: ids }, fc.jsonValue()),
  src: fc.oneof({ weight: 9, arbitrary: peers }, fc.jsonValue()),
  dst: fc.oneof(peers, fc.constantFrom("*", "#UnB", "#Giga"), fc.jsonValue()),
  from: peers,
  via: peers,
  peer_id: peers,
  payload: fc.jsonValue(),
  require_ack: fc.oneof(fc.boolean(), fc.jsonValue()),
  ttl: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.jsonValue()),
  features: fc.oneof(
    fc.subarray(["relay", "ack", "who_has", "metrics"]),
    fc.jsonValue(),
  ),
  code: fc.oneof(fc.constantFrom("no_route", "busy", "ttl_expired", "over_quota"), fc.jsonValue()),
  ref: ids,
  reason: fc.jsonValue(),
  status: fc.constantFrom("ERROR", "OK"),
  extra: fc.jsonValue(),
}, { requiredKeys: [] }).map((object) => JSON.stringify(object));

const samples = [...WRITTEN.map(([line]) => line), ...READ.map(([line]) => line), ...REFUSED];

/** Known lines with some of their characters changed, lost or doubled. */
const mangled = fc.tuple(
  fc.constantFrom(...samples),
  fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 })), { maxLength: 4 }),
).map(([line, changes]) =>
  changes.reduce((text, [at, put]) => {
    const cut = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, cut) + put + text.slice(cut + 1);
  }, line)
);

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => encoder.encode(text)),
  almost.map((text) => encoder.encode(text)),
  mangled.map((text) => encoder.encode(text)),
);

Deno.test("any bytes are a message or bad_format, and no more than a line is passed on", () => {
  fc.assert(
    fc.property(bytes, fc.nat(8), (line, ttl) => {
      const read = tryParse(line);
      if (read === null) return;
      const passed = withTtl(read.text, ttl);
      assert.ok(passed !== null && utf8Length(passed) <= 32_768);
      const { ttl: after, ...fields } = JSON.parse(passed);
      const { ttl: _, ...before } = JSON.parse(read.text);
      assert.equal(after, ttl);
      assert.deepEqual(fields, before);
    }),
    { numRuns: 3000, seed: SEED },
  );
});

Deno.test("what is read of a written message is written again as it was", () => {
  fc.assert(
    fc.property(almost, (text) => {
      const read = tryParse(encoder.encode(text));
      if (read === null || read.message.type === "UNKNOWN") return;
      const line = formatMessage(read.message);
      const again = parseLine(encoder.encode(line)).message;
      if (again.type === "UNKNOWN") assert.fail();
      assert.equal(formatMessage(again), line);
    }),
    { numRuns: 3000, seed: SEED },
  );
});

/** What a program outside can do to a node, and a person inside. */
const inputs: fc.Arbitrary<OverlayInput> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("accepted" as const),
      link: fc.constantFrom(2, 4, 6),
      ip: fc.constantFrom("127.0.0.1", "127.0.0.2"),
      port: fc.constant(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("closed" as const),
      link: fc.constantFrom(1, 2, 3, 4, 6, 8),
      reason: fc.constantFrom("end_of_file" as const, "reset" as const, "stalled" as const),
    }),
  },
  fc.record({ kind: fc.constant("connected" as const), link: fc.constantFrom(1, 2, 3, 5) }),
  fc.record({
    kind: fc.constant("unreachable" as const),
    link: fc.constantFrom(1, 2, 3, 5),
    reason: fc.constant("refused"),
  }),
  fc.record({
    kind: fc.constant("written" as const),
    link: fc.constantFrom(1, 2, 4),
    lines: fc.nat(100),
  }),
  fc.record({
    kind: fc.constant("line_too_long" as const),
    link: fc.constantFrom(1, 2, 4),
    limit: fc.constant(32_768),
  }),
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant("line" as const),
      link: fc.constantFrom(1, 2, 4, 6),
      bytes,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("line" as const),
      link: fc.constantFrom(1, 2, 4, 6),
      bytes: fc.constantFrom("eva@Giga", "bob@Giga", "ana@UnB").map((peer_id) =>
        encoder.encode(JSON.stringify({
          type: "HELLO",
          peer_id,
          features: ["relay", "ack", "who_has", "metrics"],
        }))
      ),
    }),
  },
  fc.constantFrom<OverlayInput>({ kind: "wake" }, { kind: "start" }, {
    kind: "discovered",
    peers: [{ name: "eva", namespace: "Giga", ip: "127.0.0.1", port: 7 }],
  }),
  fc.record({
    kind: fc.constant("command" as const),
    command: fc.oneof(
      fc.record({
        kind: fc.constant("send" as const),
        tag: fc.nat(),
        to: peers,
        text: fc.string(),
      }),
      fc.record({
        kind: fc.constantFrom("connect" as const, "disconnect" as const, "ping" as const),
        tag: fc.nat(),
        peer: peers,
      }),
      fc.record({ kind: fc.constant("metrics" as const), tag: fc.nat(), peer: peers }),
      fc.record({ kind: fc.constant("routes" as const), tag: fc.nat() }),
      fc.record({ kind: fc.constant("watch" as const), tag: fc.nat(), on: fc.boolean() }),
    ),
  }),
);

Deno.test("whatever comes, a node does not throw, and every sent message ends with one fate", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(inputs, fc.constantFrom(0, 1, 700, 6000)), { maxLength: 60 }),
      (steps) => {
        const node = new OverlayNode({
          name: "ana",
          namespace: "UnB",
          port: 7,
          random: seededRandom(1),
          wallClock: () => 0,
        });
        let now = 0;
        let sent = 0;
        let fates = 0;
        const give = (input: OverlayInput) => {
          for (const effect of node.handle(input, now)) {
            if (effect.kind === "report" && effect.report.kind === "fate") fates += 1;
            if (effect.kind === "send") assert.ok(utf8Length(effect.line) <= 32_768);
          }
        };
        for (const [input, time] of steps) {
          now += time;
          if (input.kind === "command" && input.command.kind === "send") sent += 1;
          give(input);
        }
        for (let wake = 0; wake < 200; wake += 1) {
          const at = node.wakeAt();
          if (at === null) break;
          now = Math.max(now, at);
          give({ kind: "wake" });
        }
        give({ kind: "command", command: { kind: "quit", tag: 0 } });
        assert.equal(fates, sent);
      },
    ),
    { numRuns: 400, seed: SEED },
  );
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { FRAME_MS, FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { L16Codec } from "../../lib/media/l16_codec.ts";
import { MediaSession } from "../../lib/media/media_session.ts";
import { openOpus } from "../../lib/media/opus_codec.ts";
import { formatRtcp, parseRtcp } from "../../lib/protocol/rtcp.ts";
import { formatRtp, parseRtp } from "../../lib/protocol/rtp.ts";
import { RTCP_BOTH_WAYS } from "../vectors/rtcp.ts";
import { hex, RTP_BOTH_WAYS } from "../vectors/rtp.ts";
import { mutated } from "./mutated.ts";

const SETTINGS = { seed: 10_000, numRuns: 1000 } as const;
const READERS = { rtp: parseRtp, rtcp: parseRtcp };
const DATAGRAMS = [...RTP_BOTH_WAYS, ...RTCP_BOTH_WAYS].map(([, datagram]) => hex(datagram));

for (const [name, parse] of Object.entries(READERS)) {
  const raisesOnlyProtocolErrors = (datagram: Uint8Array) => {
    try {
      parse(datagram);
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError, String(error));
    }
  };

  Deno.test(`fuzz: ${name} of random bytes raises only the protocol's error`, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), raisesOnlyProtocolErrors), SETTINGS);
  });

  Deno.test(`fuzz: mutated ${name} raises only the protocol's error`, () => {
    const random = seededRandom(1);
    for (let i = 0; i < 5000; i++) {
      raisesOnlyProtocolErrors(mutated(DATAGRAMS[i % DATAGRAMS.length]!, random));
    }
  });
}

const below = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });

Deno.test("fuzz: RTP packets are read as they were written", () => {
  const packets = fc.record({
    marker: fc.boolean(),
    payloadType: below(7),
    sequence: below(16),
    timestamp: below(32),
    ssrc: below(32),
    csrcs: fc.array(below(32), { maxLength: 15 }),
    extension: fc.option(fc.record({
      profile: below(16),
      data: fc.array(below(32), { maxLength: 5 }).map((words) =>
        Uint8Array.from(words.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]))
      ),
    }, { noNullPrototype: true })),
    payload: fc.uint8Array({ maxLength: 40 }),
    padding: below(8),
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(packets, (packet) => assert.deepEqual(parseRtp(formatRtp(packet)), packet)),
    SETTINGS,
  );
});

Deno.test("fuzz: RTCP that was read is written and read alike", () => {
  const random = seededRandom(2);
  let read = 0;
  for (let i = 0; i < 5000; i++) {
    let parts;
    try {
      parts = parseRtcp(mutated(DATAGRAMS[i % DATAGRAMS.length]!, random));
    } catch {
      continue;
    }
    read += 1;
    if (parts.some((part) => part.kind === "name" && part.name.includes("\ufffd"))) continue;
    if (parts[0]?.kind === "report") assert.deepEqual(parseRtcp(formatRtcp(parts)), parts);
  }
  assert.ok(read > 100, `${read} were read`);
});

for (const [name, open] of [["Opus", openOpus], ["L16", () => new L16Codec()]] as const) {
  Deno.test(`fuzz: a session of ${name} lives through everything, and stays small`, async () => {
    const random = seededRandom(3);
    using session = new MediaSession(await open(), random, 0);
    using other = new MediaSession(await open(), seededRandom(4), 0);
    const sound = new Int16Array(FRAME_SAMPLES).fill(500);
    for (let turn = 0; turn < 400; turn++) {
      const now = turn * FRAME_MS;
      for (const datagram of other.capture(sound, now)) {
        const header = random() < 0.3 ? mutated(datagram, random) : datagram;
        for (let n = Math.floor(4 * random()); n > 0; n--) session.receive(header, now);
      }
      // A header that is right, with random numbers and a random payload.
      session.receive(
        formatRtp({
          marker: random() < 0.5,
          payloadType: session.codec.format.payloadType,
          sequence: Math.floor(random() * 0x1_0000),
          timestamp: Math.floor(random() * 0x1_0000_0000),
          ssrc: Math.floor(random() * 3),
          csrcs: [],
          extension: null,
          payload: Uint8Array.from({ length: Math.floor(random() * 1400) }, () => random() * 256),
          padding: 0,
        }),
        now,
      );
      session.receive(mutated(DATAGRAMS[turn % DATAGRAMS.length]!, random), now);
      const { length } = session.playout(now);
      assert.ok(length > 0 && length <= 2 * FRAME_SAMPLES, `${length} samples`);
      assert.ok(session.status().bufferDepth <= 40);
      for (const datagram of session.capture(sound, now)) assert.ok(datagram.length <= 1500);
    }
    const { quality, malformed } = session.status();
    assert.ok(quality.score >= 1 && quality.score <= 4.5);
    assert.ok(malformed > 0);
    // And then a call as if nothing had been.
    for (let turn = 400; turn < 700; turn++) {
      for (const datagram of other.capture(sound, turn * FRAME_MS)) {
        session.receive(datagram, turn * FRAME_MS);
      }
      session.playout(turn * FRAME_MS + 10);
    }
    assert.equal(session.receiver.source, other.sender.start.ssrc);
    assert.ok(session.receiver.concealedPart < 0.4);
    assert.ok(session.status().bufferDelay < 60, `${session.status().bufferDelay} ms`);
  });
}

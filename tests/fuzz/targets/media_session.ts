import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import type { Codec } from "../../../lib/media/codec.ts";
import { FRAME_MS, FRAME_SAMPLES, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";
import { JitterBuffer } from "../../../lib/media/jitter_buffer.ts";
import { L16Codec } from "../../../lib/media/l16_codec.ts";
import { MEDIA_LIMITS } from "../../../lib/media/limits.ts";
import { MediaSession } from "../../../lib/media/media_session.ts";
import { openOpus } from "../../../lib/media/opus_codec.ts";
import { RTCP_BOTH_WAYS } from "../../vectors/rtcp.ts";
import { hex, RTP_BOTH_WAYS } from "../../vectors/rtp.ts";
import { operationOf, scriptOf, type Step, stepsOf } from "../script.ts";
import { type FuzzTarget, readOrRefuse, type Saw } from "../target.ts";

const SOUND = Int16Array.from({ length: FRAME_SAMPLES }, (_, n) => 5000 * Math.sin(n / 20));

/** A session, and another that sends to it; what it sends comes changed, doubled, late or not. */
class World {
  now = 0;
  playoutAt = 0;
  readonly waiting: Uint8Array[] = [];
  readonly session: MediaSession;
  readonly other: MediaSession;
  #before = "";

  constructor(codecs: readonly [Codec, Codec], readonly saw: Saw) {
    this.session = new MediaSession(codecs[0], seededRandom(3), 0);
    this.other = new MediaSession(codecs[1], seededRandom(4), 0);
  }

  /** One frame each way passes. */
  beat(): void {
    this.now += FRAME_MS;
    this.waiting.push(...this.other.capture(SOUND, this.now));
    if (this.waiting.length > 64) this.waiting.shift();
    for (const datagram of this.session.capture(SOUND, this.now)) {
      assert.ok(datagram.length <= MEDIA_LIMITS.datagramBytes);
    }
    // Each frame is due when the one before it is over: a shorter one comes nearer to the present.
    for (let most = 8; this.playoutAt <= this.now && most > 0; most -= 1) {
      const { length } = this.session.playout(this.playoutAt);
      assert.ok(length > 0 && length <= 2 * FRAME_SAMPLES, `${length} samples`);
      this.playoutAt += length / SAMPLES_PER_MS;
    }
    // A loudspeaker that was held up does not catch up.
    if (this.playoutAt <= this.now) this.playoutAt = this.now + 1;
    const { quality, bufferDepth, received, ...figures } = this.session.status();
    assert.ok(bufferDepth <= MEDIA_LIMITS.bufferedPackets);
    assert.ok(quality.score >= 1 && quality.score <= 4.5, `a quality of ${quality.score}`);
    for (const [name, figure] of Object.entries(figures)) {
      if (typeof figure === "number") assert.ok(!Number.isNaN(figure), name);
    }
    const counts = Object.entries(received).filter(([, count]) => count > 0).map(([name]) => name);
    const word = `${counts.join()} ${figures.malformed > 0} ${figures.duplicating}`;
    this.saw(`${this.#before} > ${word}`);
    this.#before = word;
  }

  /** And then a call as if nothing had been: within three seconds it is heard again. */
  recovers(): void {
    for (let n = 0; n < 150; n += 1) {
      this.beat();
      this.deliver(this.waiting.length - 1, new Uint8Array(0));
    }
    const { receiver } = this.session;
    assert.equal(receiver.source, this.other.sender.start.ssrc);
    assert.ok(receiver.concealedPart < 0.7, `${receiver.concealedPart} concealed`);
    const { bufferDelay } = this.session.status();
    assert.ok(bufferDelay < 100, `sound waits for ${bufferDelay} ms`);
  }

  deliver(at: number, change: Uint8Array): void {
    const datagram = this.waiting[at % Math.max(1, this.waiting.length)]?.slice();
    if (datagram === undefined) return;
    for (let n = 0; n + 1 < change.length; n += 2) {
      datagram[change[n]! % datagram.length] = change[n + 1]!;
    }
    this.session.receive(datagram, this.now);
  }
}

const OPERATIONS: Readonly<Record<string, (world: World, step: Step) => void>> = {
  b(world, { value }) {
    for (let n = 0; n <= value; n += 1) world.beat();
  },
  h: (world, { who, rest }) => world.deliver(who, rest),
  H(world, { value }) {
    for (let n = 0; n <= value; n += 1) {
      world.beat();
      world.deliver(world.waiting.length - 1, new Uint8Array(0));
    }
  },
  d: (world, { rest }) => world.session.receive(rest, world.now),
  t: (world, { value }) => void (world.now += value * value * 40),
  o: (world) => void world.waiting.shift(),
};

const DATAGRAMS = [...RTP_BOTH_WAYS, ...RTCP_BOTH_WAYS].map(([, datagram]) => hex(datagram));
const SEEDS = [
  scriptOf("H0?", "H0?", "b03", "H0?", "t05", "H0?", "b0?", "H0?"),
  scriptOf(
    "b02",
    "h00",
    "h10",
    "h10",
    ["h20", "\x02\x05"],
    "b01",
    ["h00", "\x04\x55\x05\x55"],
    "b0?",
  ),
  scriptOf("H01", ...DATAGRAMS.map((datagram) => ["d00", datagram] as const), "H0?"),
  scriptOf(
    "H0?",
    ["h00", "\x08\x01\x09\x02"],
    ["h10", "\x08\x01\x09\x02"],
    "b05",
    "o00",
    "h00",
    "H0?",
  ),
];

const common = {
  seeds: SEEDS,
  words: [
    "\nH0?\n",
    "\nb0?\n",
    "\nh00",
    "\nt0?\n",
    "\nd00",
    "\\x80o",
    "\\x80a",
    "\\x81\\xc8",
    "\\x80\\xc9",
  ],
  most: 3000,
} as const;

export const MEDIA_SESSION: readonly FuzzTarget[] = [
  {
    ...{ ...common, name: "media_session_l16", tries: 10 },
    run(input, saw) {
      const world = new World([new L16Codec(), new L16Codec()], saw);
      for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
      world.recovers();
    },
  },
  {
    ...{ ...common, name: "media_session_opus", tries: 5 },
    async run(input, saw) {
      const world = new World([await openOpus(), await openOpus()], saw);
      using _session = world.session;
      using _other = world.other;
      for (const step of stepsOf(input)) operationOf(step, OPERATIONS)(world, step);
      world.beat();
    },
  },
  {
    name: "opus_payload",
    // A silent frame, one of noise with error correction, and the shortest ones.
    seeds: ["f8fffe", "b8", "00", "0b01ff", "7f03", "4b41ff" + "5a".repeat(40)].map(hex),
    most: MEDIA_LIMITS.payloadBytes + 2,
    tries: 200,
    async run(payload, saw) {
      using codec = await openOpus();
      for (const decode of [codec.decode, codec.recover, codec.decode]) {
        const frame = readOrRefuse(() => decode.call(codec, payload), saw);
        if (frame !== null) assert.equal(frame.length, FRAME_SAMPLES);
        saw(`${payload[0]! >> 3} ${payload[0]! & 3} ${frame === null}`);
      }
      assert.equal(codec.conceal().length, FRAME_SAMPLES);
    },
  },
  {
    name: "jitter_buffer",
    seeds: [
      scriptOf(...Array.from({ length: 12 }, (_, n) => [`p0${n}`, "t03"]).flat()),
      scriptOf(...Array.from({ length: 60 }, () => "p10"), "t0?", "t0?", "p10"),
      scriptOf("p00", "t03", "p02", "p01", "p02", "t0?", "t03", "p08", "P00", "t05", "r00", "p00"),
    ],
    words: ["\np01\n", "\nt03\n", "\nP10\n", "\nr00\n", "\nt0?\n"],
    most: 2000,
    tries: 300,
    run(input, saw) {
      const buffer = new JitterBuffer();
      let [now, slot, sequence] = [0, 0, 0];
      let before = "";
      for (const { operation, who, value } of stepsOf(input)) {
        let word: string;
        if (operation === "p" || operation === "P") {
          slot += operation === "P" ? (who - 8) * 1000 : who % 4;
          sequence += 1 + value % 3;
          const packet = { slot: slot + value, sequence, payload: new Uint8Array(1) };
          word = buffer.put(packet, now);
        } else if (operation === "r") {
          buffer.reset();
          word = "reset";
        } else {
          now += value;
          slot += value > 8 ? 1 : 0;
          const playout = buffer.next(now);
          if (playout.kind === "silence") {
            assert.ok(playout.duration > 0 && playout.duration <= FRAME_MS);
          }
          word = playout.kind === "play" ? `play ${playout.pace.direction}` : playout.kind;
        }
        saw(`${before} > ${word}`);
        before = word;
        assert.ok(buffer.depth <= MEDIA_LIMITS.bufferedPackets);
        assert.ok(Number.isFinite(buffer.delay) && Number.isFinite(buffer.target));
        const { least, most } = MEDIA_LIMITS.playoutDelay;
        assert.ok(buffer.target >= least && buffer.target <= most, `${buffer.target} ms`);
      }
    },
  },
];

import { type Random, seededRandom } from "../../lib/base/random.ts";
import type { Codec } from "../../lib/media/codec.ts";
import { FRAME_MS, FRAME_SAMPLES, SAMPLES_PER_MS } from "../../lib/media/frame.ts";
import { MediaSession } from "../../lib/media/media_session.ts";

/** What happens to each datagram on its way, in both directions. */
export interface Link {
  /** Milliseconds of the way; more is added at random, evenly. */
  readonly transit: number;
  readonly jitter: number;
  /** Part of the datagrams that are lost. */
  readonly loss: number;
}

/** Two sessions joined by a lossy network, on virtual time: one speaks, the other listens. */
export interface VirtualSessions {
  readonly speaker: MediaSession;
  readonly listener: MediaSession;
  /** All frames that the listener's loudspeaker got, from the beginning. */
  readonly heard: Int16Array;
}

/** Lets one side speak and gives what the other hears. */
export function speak(
  codecs: readonly [speaker: Codec, listener: Codec],
  said: Int16Array,
  link: Link | ((now: number) => Link),
  seed = 1,
): VirtualSessions {
  const random: Random = seededRandom(seed);
  const [speaker, listener] = codecs.map((codec) => new MediaSession(codec, random, 0));
  const underWay: { to: MediaSession; at: number; datagram: Uint8Array }[] = [];
  const send = (to: MediaSession, datagrams: readonly Uint8Array[], now: number) => {
    const { transit, jitter, loss } = typeof link === "function" ? link(now) : link;
    for (const datagram of datagrams) {
      if (random() >= loss) {
        underWay.push({ to, at: now + transit + jitter * random(), datagram });
      }
    }
  };
  const frames = Math.floor(said.length / FRAME_SAMPLES);
  const heard: Int16Array[] = [];
  const quiet = new Int16Array(FRAME_SAMPLES);
  // Their playout clocks are half a frame behind, at first.
  const ears = [
    { session: speaker!, due: 1000 + FRAME_MS / 2, play: () => {} },
    {
      session: listener!,
      due: 1000 + FRAME_MS / 2,
      play: (frame: Int16Array) => heard.push(frame),
    },
  ];
  for (let frame = 0; frame < frames; frame++) {
    const now = 1000 + frame * FRAME_MS;
    send(
      listener!,
      speaker!.capture(said.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES), now),
      now,
    );
    send(speaker!, listener!.capture(quiet, now), now);
    underWay.sort((one, other) => one.at - other.at);
    for (const ear of ears) {
      while (ear.due < now + FRAME_MS) {
        while (underWay.length > 0 && underWay[0]!.at <= ear.due) {
          const { to, at, datagram } = underWay.shift()!;
          to.receive(datagram, at);
        }
        const frame = ear.session.playout(ear.due);
        ear.play(frame);
        ear.due += frame.length / SAMPLES_PER_MS;
      }
    }
  }
  return { speaker: speaker!, listener: listener!, heard: joined(heard) };
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}

import { FRAME_MS } from "../../media/frame.ts";
import { LevelMeter, SILENCE_DBFS } from "../../media/level_meter.ts";
import { MEDIA_LIMITS } from "../../media/limits.ts";
import type { DeviceFault, SoundReport, SoundSide, TestOutcome } from "../../media/sound_status.ts";
import type { SoundChoices } from "./call_sound.ts";
import { DeviceError } from "./device.ts";
import { openMicrophone, openSpeaker } from "./devices.ts";
import { Pacer } from "./pacer.ts";

/** Frames of a test, and from one report of the level to the next: ten a second. */
const FRAMES = MEDIA_LIMITS.soundTest / FRAME_MS;
const FRAMES_A_REPORT = 5;

type Tell = (report: SoundReport & { readonly kind: "test" }) => void;

/**
 * Records a few seconds of the person's voice and plays them back, telling the level meanwhile.
 *
 * @param signal cuts it short
 */
export async function trySound(
  choices: SoundChoices,
  tell: Tell,
  signal: AbortSignal,
): Promise<TestOutcome> {
  const frames: Int16Array[] = [];
  let peak = SILENCE_DBFS;
  const recorded = await part("microphone", signal, async (events) => {
    const told = meterOf("recording", tell);
    return await openMicrophone(choices.microphone, {
      ...events,
      frame: (frame) => {
        if (frames.length === FRAMES) return;
        frames.push(frame);
        peak = Math.max(peak, told(frame, frames.length));
        if (frames.length === FRAMES) events.done();
      },
    });
  });
  if (recorded !== null) return recorded;
  const played = await part("speaker", signal, async (events) => {
    const speaker = await openSpeaker(choices.speaker, events);
    if (speaker === null) return null;
    const told = meterOf("playing", tell);
    let count = 0;
    const pacer = new Pacer(() => {
      const frame = frames[count++];
      if (frame === undefined) return events.done();
      speaker.play(frame);
      told(frame, count);
    });
    return {
      async [Symbol.asyncDispose]() {
        pacer[Symbol.dispose]();
        await speaker[Symbol.asyncDispose]();
      },
    };
  });
  return played ?? { kind: "done", peak };
}

/** What a device of a part of the test may tell. */
interface PartEvents {
  lost(fault: DeviceFault): void;
  done(): void;
}

/** One side's part of the test: null where it went well. */
async function part(
  side: SoundSide,
  signal: AbortSignal,
  open: (events: PartEvents) => Promise<AsyncDisposable | null>,
): Promise<TestOutcome | null> {
  const ended = Promise.withResolvers<TestOutcome | null>();
  const interrupt = () => ended.resolve({ kind: "interrupted" });
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  try {
    await using device = await open({
      lost: (fault) => ended.resolve({ kind: "fault", side, fault }),
      done: () => ended.resolve(null),
    });
    if (device === null) return { kind: "fault", side, fault: { why: "none_found" } };
    return await ended.promise;
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return { kind: "fault", side, fault: error.fault };
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** Tells the level of frames now and then; gives the loudness of each. */
function meterOf(phase: "recording" | "playing", tell: Tell): (
  frame: Int16Array,
  count: number,
) => number {
  const meter = new LevelMeter();
  return (frame, count) => {
    meter.add(frame);
    if (count % FRAMES_A_REPORT === 0) {
      tell({ kind: "test", phase, level: meter.peak, left: (FRAMES - count) * FRAME_MS });
    }
    return peakOf(frame);
  };
}

/** The loudest sample, in dBFS. */
function peakOf(frame: Int16Array): number {
  const most = frame.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  return most === 0 ? SILENCE_DBFS : 20 * Math.log10(most / 32_768);
}

import { silentFrame } from "../../media/frame.ts";
import { levelOf, SILENCE_DBFS } from "../../media/level_meter.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import type { DeviceResult } from "../../doctor/findings.ts";
import { DOCTOR_LIMITS } from "../../doctor/limits.ts";
import { DeviceError, type DeviceEvents } from "../sound/device.ts";
import { openMicrophone, openSpeaker } from "../sound/devices.ts";
import { Pacer } from "../sound/pacer.ts";

/** Records a moment of a microphone. Nothing is kept of it but how loud it was. */
export function hearMicrophone({ id }: SoundDevice, signal: AbortSignal): Promise<DeviceResult> {
  let heard = 0;
  let level = SILENCE_DBFS;
  return trial(signal, (events, done) =>
    openMicrophone({ kind: "device", id }, {
      ...events,
      frame: (frame) => {
        level = Math.max(level, levelOf(frame));
        if (++heard < DOCTOR_LIMITS.framesHeard) return;
        done(level === SILENCE_DBFS ? { kind: "silence" } : { kind: "heard", level });
      },
    }));
}

/** Plays a moment of silence to a speaker, at the pace of a call. */
export function playToSpeaker({ id }: SoundDevice, signal: AbortSignal): Promise<DeviceResult> {
  return trial(signal, async (events, done) => {
    const speaker = await openSpeaker({ kind: "device", id }, events);
    if (speaker === null) return null;
    let played = 0;
    const pacer = new Pacer(() => {
      if (played++ < DOCTOR_LIMITS.framesPlayed) return speaker.play(silentFrame());
      done({ kind: (speaker.backlog ?? 0) > DOCTOR_LIMITS.backlog ? "slow" : "played" });
    });
    return {
      async [Symbol.asyncDispose]() {
        pacer[Symbol.dispose]();
        await speaker[Symbol.asyncDispose]();
      },
    };
  });
}

/**
 * Opens a device, waits for its result and gives it back. One that is cut short while it is being
 * opened is given back as soon as it is open.
 */
async function trial(
  signal: AbortSignal,
  open: (
    events: DeviceEvents,
    done: (result: DeviceResult) => void,
  ) => Promise<AsyncDisposable | null>,
): Promise<DeviceResult> {
  const slow: DeviceResult = { kind: "slow" };
  if (signal.aborted) return slow;
  const { promise: ended, resolve } = Promise.withResolvers<DeviceResult>();
  const cutShort = Promise.withResolvers<DeviceResult>();
  const cut = () => cutShort.resolve(slow);
  signal.addEventListener("abort", cut);
  const tried = (async (): Promise<DeviceResult> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await using device = await open(
        { lost: (fault) => resolve({ kind: "fault", fault }) },
        resolve,
      );
      if (device === null) return { kind: "fault", fault: { why: "none_found" } };
      timer = setTimeout(() => resolve(slow), DOCTOR_LIMITS.device);
      return await Promise.race([ended, cutShort.promise]);
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      return { kind: "fault", fault: error.fault };
    } finally {
      clearTimeout(timer);
    }
  })();
  const result = await Promise.race([tried, cutShort.promise]);
  signal.removeEventListener("abort", cut);
  return result;
}

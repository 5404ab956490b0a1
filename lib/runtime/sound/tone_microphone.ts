import { FRAME_SAMPLES, SAMPLE_RATE, silentFrame } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import type { Microphone, MicrophoneEvents } from "./device.ts";
import { Pacer, type PacerClock, SYSTEM_PACER_CLOCK } from "./pacer.ts";

/** Loudness of the tone: 12 dB below the loudest, so that nobody is frightened. */
const AMPLITUDE = 8192;

/** A sine tone in place of a microphone, to try out a call. It begins when it is made. */
export class ToneMicrophone implements Microphone {
  readonly device: SoundDevice;
  readonly #pacer: Pacer;

  constructor(
    readonly hertz: number,
    events: MicrophoneEvents,
    clock: PacerClock = SYSTEM_PACER_CLOCK,
  ) {
    this.device = toneDevice(hertz);
    this.#pacer = new Pacer((tick) => events.frame(toneFrame(hertz, tick - 1)), 1, clock);
  }

  /** Stops. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#pacer[Symbol.dispose]();
    return Promise.resolve();
  }
}

/** The device that a tone is. */
export function toneDevice(hertz: number): SoundDevice {
  return { backend: "tone", id: `tone:${hertz}`, label: `${hertz} Hz`, card: null };
}

/** Frame `number` of a sine tone. */
function toneFrame(hertz: number, number: number): Int16Array {
  const frame = silentFrame();
  for (let n = 0; n < FRAME_SAMPLES; n++) {
    // The part of a turn is found in whole numbers first, so that an hour's tone is as clean.
    const turn = ((number * FRAME_SAMPLES + n) * hertz % SAMPLE_RATE) / SAMPLE_RATE;
    frame[n] = Math.round(AMPLITUDE * Math.sin(2 * Math.PI * turn));
  }
  return frame;
}

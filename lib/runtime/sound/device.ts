/**
 * The one contract of everything that sound comes from or goes to: sound cards through other
 * programs, files, tones, nothing. Sound is mono, 48 kHz, 16 bits (see `lib/media/frame.ts`), whatever
 * the device itself does. Microphones give frames of 20 ms; speakers take any up to twice as long.
 *
 * @module
 */
import type { DeviceFault, SoundDevice } from "../../media/sound_status.ts";

/** What a device tells whoever opened it. */
export interface DeviceEvents {
  /** It went away by itself; nothing follows. Not told after it was disposed. */
  lost(fault: DeviceFault): void;
}

/** What a microphone tells. */
export interface MicrophoneEvents extends DeviceEvents {
  /** The next 20 ms, as soon as they are there. The frame is the receiver's to keep. */
  frame(frame: Int16Array): void;
}

/** An open microphone: it records until it is disposed, and disposing of it twice is harmless. */
export interface Microphone extends AsyncDisposable {
  readonly device: SoundDevice;
  /** When its first sample was recorded, by the monotonic clock, where that is known exactly. */
  readonly since?: number;
}

/** An open speaker. Disposing of it twice is harmless. */
export interface Speaker extends AsyncDisposable {
  readonly device: SoundDevice;
  /** When its first sample was heard, by the monotonic clock, where that is known exactly. */
  readonly since?: number;

  /**
   * Milliseconds of sound that were handed over and were not heard yet, or null where the device
   * does not tell.
   */
  readonly backlog: number | null;

  /**
   * The next frame, at most 40 ms, at the time when it is to be heard: the caller keeps the pace.
   * What the device cannot take in time is dropped, so that delay does not grow.
   */
  play(frame: Int16Array): void;
}

/** A device that could not be opened. */
export class DeviceError extends Error {
  constructor(readonly fault: DeviceFault) {
    super(fault.why);
  }
}

import type {
  DeviceFault,
  SoundBackend,
  SoundDevice,
  SoundSide,
} from "../../media/sound_status.ts";
import type { DeviceEvents, Microphone, MicrophoneEvents, Speaker } from "./device.ts";

/** What a sound system has on one side. */
export interface SystemDevices {
  readonly all: readonly SoundDevice[];
  /** The one that `auto` takes, or null where it takes none of them. */
  readonly preferred: SoundDevice | null;
}

/** One way to reach the sound cards of a machine. */
export interface SoundSystem {
  readonly backend: SoundBackend;

  /**
   * What there is, or null where this machine has no such system.
   *
   * @throws {DeviceError} it may not be asked
   */
  devices(side: SoundSide): Promise<SystemDevices | null>;

  /** The device of a name that a person wrote and that is in no list, or null. */
  unlisted(name: string): SoundDevice | null;

  /**
   * Opens one of its microphones, once it gives sound.
   *
   * @throws {DeviceError} it cannot be opened
   */
  openMicrophone(device: SoundDevice, events: MicrophoneEvents): Promise<Microphone>;

  /**
   * Opens one of its speakers.
   *
   * @throws {DeviceError} it cannot be opened
   */
  openSpeaker(device: SoundDevice, events: DeviceEvents): Promise<Speaker>;
}

/** The program or library of a system that was there a moment ago is gone. */
export function goneFault(device: SoundDevice): DeviceFault {
  return { why: "not_found", wanted: device.id };
}

/**
 * What the sound of calls is told and what it tells the person. Plain data: the terminal turns it
 * into sentences.
 *
 * @module
 */
import type { FileTrouble } from "../base/file_trouble.ts";
import type { MediaStatus } from "./media_session.ts";

/** Which end of the sound. */
export type SoundSide = "microphone" | "speaker";

/** What `--mic` and `--speaker` take. */
export type SoundChoice =
  /** The first device that works. */
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  /** A WAV file: read in real time as a microphone, written as a speaker. */
  | { readonly kind: "file"; readonly path: string }
  /** A sine tone of 50 to 20,000 hertz, as a microphone. */
  | { readonly kind: "tone"; readonly hertz: number }
  /** A device by its id in `/devices`. */
  | { readonly kind: "device"; readonly id: string };

/** How a device is reached. `native` is the library for Windows and macOS. */
export type SoundBackend = "pulse" | "alsa" | "native" | "file" | "tone" | "none";

/** Where sound comes from or goes to. */
export interface SoundDevice {
  readonly backend: SoundBackend;
  /** What `--mic` or `--speaker` takes to choose it. */
  readonly id: string;
  /** The system's own name for it, for people. */
  readonly label: string;
  /** The sound card that it is part of, or null where that is not known. */
  readonly card: string | null;
}

/** Why there is no sound on one side. */
export type DeviceFault =
  /** `auto` found none: no PulseAudio or PipeWire, no ALSA, no library. */
  | { readonly why: "none_found" }
  /** There is no device or file of this name. */
  | { readonly why: "not_found"; readonly wanted: string }
  /** The program may not start programs or touch the file; `flag` is what to start it with. */
  | { readonly why: "permission"; readonly flag: string }
  /** The file is no WAV file that can be read. */
  | { readonly why: "no_wav"; readonly wanted: string }
  /** The file cannot be read or written. */
  | { readonly why: "file"; readonly wanted: string; readonly trouble: FileTrouble }
  /** The microphone is there and gives nothing. */
  | { readonly why: "gives_nothing"; readonly wanted: string }
  /** The device or file was refused, or went away in the middle; `detail` is the system's words. */
  | { readonly why: "failed"; readonly wanted: string; readonly detail: string };

/** What the person wants of sound, after the command line was understood. */
export type SoundCommand =
  /** Shut or open the microphone; null for the other of both. */
  | { readonly kind: "mute"; readonly on: boolean | null }
  /** Loudness of what is heard in percent, 0 to 400; null only asks. */
  | { readonly kind: "volume"; readonly percent: number | null }
  | { readonly kind: "half_duplex"; readonly on: boolean }
  | { readonly kind: "devices" }
  /** Record and play back. */
  | { readonly kind: "test" }
  | { readonly kind: "stats" };

/** One thing about sound to tell the person. */
export type SoundReport =
  /** Answers `mute`. */
  | { readonly kind: "muted"; readonly on: boolean }
  /** Answers `volume`. */
  | { readonly kind: "volume"; readonly percent: number }
  /** Answers `half_duplex`. */
  | { readonly kind: "half_duplex"; readonly on: boolean }
  /** Answers `devices`: all there are, and which ones are used now or would be. */
  | {
    readonly kind: "devices";
    readonly microphones: readonly SoundDevice[];
    readonly speakers: readonly SoundDevice[];
    readonly microphone: SoundDevice | DeviceFault;
    readonly speaker: SoundDevice | DeviceFault;
  }
  /** Answers `stats`; null where there is no call. */
  | { readonly kind: "stats"; readonly status: MediaStatus | null }
  /** A call's sound begins: what records and what plays. A fault is one side without sound. */
  | {
    readonly kind: "sound_started";
    readonly microphone: SoundDevice | DeviceFault;
    readonly speaker: SoundDevice | DeviceFault;
    /** Microphone and speaker are the same card's, and so may be the other side's echo. */
    readonly echo: boolean;
  }
  /** A device went away during a call or a test. */
  | { readonly kind: "device_lost"; readonly side: SoundSide; readonly fault: DeviceFault }
  /**
   * Nothing to be heard for 3 s: no packets arrive (told once until they do again), or packets that
   * hold only silence (told once a call).
   */
  | { readonly kind: "no_sound"; readonly packets: boolean }
  | { readonly kind: "sound_back" }
  /**
   * When the first sample of a file was said or heard, by the wall clock: milliseconds since 1970
   * with their fraction. For the log: who has both sides' knows the delay from mouth to ear.
   */
  | { readonly kind: "sound_clock"; readonly side: SoundSide; readonly at: number }
  /** The test of `test` goes on: `level` in dBFS, `left` milliseconds of this phase. */
  | {
    readonly kind: "test";
    readonly phase: "recording" | "playing";
    readonly level: number;
    readonly left: number;
  }
  /** Answers `test`: it is over, or could not be made. */
  | { readonly kind: "test_ended"; readonly outcome: TestOutcome };

/** How a test of one's own sound ended. */
export type TestOutcome =
  /** `peak` is the loudest that was recorded, in dBFS. */
  | { readonly kind: "done"; readonly peak: number }
  | { readonly kind: "fault"; readonly side: SoundSide; readonly fault: DeviceFault }
  /** There is a call, which needs the devices. */
  | { readonly kind: "in_call" }
  /** A test is running already, or was cut short by a call. */
  | { readonly kind: "interrupted" };

/** Whether there is a device, and not the reason why there is none. */
export function isDevice(device: SoundDevice | DeviceFault): device is SoundDevice {
  return "backend" in device;
}

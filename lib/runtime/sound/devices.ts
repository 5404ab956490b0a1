/**
 * All that sound comes from and goes to on this machine, behind one contract.
 *
 * @module
 */
import type { DeviceFault, SoundChoice, SoundDevice, SoundSide } from "../../media/sound_status.ts";
import { ALSA } from "./alsa.ts";
import {
  DeviceError,
  type DeviceEvents,
  type Microphone,
  type MicrophoneEvents,
  type Speaker,
} from "./device.ts";
import { fileDevice, FileMicrophone } from "./file_microphone.ts";
import { lookAtFile } from "./file_fault.ts";
import { FileSpeaker } from "./file_speaker.ts";
import { NATIVE } from "./native.ts";
import { PULSE } from "./pulse.ts";
import { SoundSystems } from "./sound_systems.ts";
import { toneDevice, ToneMicrophone } from "./tone_microphone.ts";

/** The programs of PulseAudio and ALSA are not found on Windows and macOS, nor ours to look for. */
const HAS_PROGRAMS = Deno.build.os !== "windows" && Deno.build.os !== "darwin";
const SYSTEMS = new SoundSystems(HAS_PROGRAMS ? [PULSE, ALSA] : [], NATIVE);

/** In the place of a device that the person does not want. */
export const NO_DEVICE: SoundDevice = { backend: "none", id: "none", label: "none", card: null };

/** All microphones that can be chosen by their id; none where the program may not ask for them. */
export function listMicrophones(): Promise<SoundDevice[]> {
  return SYSTEMS.list("microphone");
}

/** All speakers that can be chosen by their id; none where the program may not ask for them. */
export function listSpeakers(): Promise<SoundDevice[]> {
  return SYSTEMS.list("speaker");
}

/** What would record, without opening it, or why there is nothing. */
export function chosenMicrophone(choice: SoundChoice): Promise<SoundDevice | DeviceFault> {
  return chosen("microphone", choice);
}

/** What would play, without opening it, or why there is nothing. */
export function chosenSpeaker(choice: SoundChoice): Promise<SoundDevice | DeviceFault> {
  return chosen("speaker", choice);
}

/**
 * Opens a microphone; null where the person wants none. `auto` is the first that gives sound.
 *
 * @throws {DeviceError} it is not there, may not be used, or gives nothing
 */
export async function openMicrophone(
  choice: SoundChoice,
  events: MicrophoneEvents,
): Promise<Microphone | null> {
  switch (choice.kind) {
    case "none":
      return null;
    case "file":
      return await FileMicrophone.open(choice.path, events);
    case "tone":
      return new ToneMicrophone(choice.hertz, events);
    default:
      return await SYSTEMS.open(
        "microphone",
        wanted(choice),
        (system, device) => system.openMicrophone(device, events),
      );
  }
}

/**
 * Opens a speaker; null where the person wants none. `auto` is the first that does not fail.
 *
 * @throws {DeviceError} it is not there, or may not be used
 */
export async function openSpeaker(
  choice: SoundChoice,
  events: DeviceEvents,
): Promise<Speaker | null> {
  switch (choice.kind) {
    case "none":
      return null;
    case "file":
      return await FileSpeaker.open(choice.path, events);
    case "tone":
      throw new DeviceError({ why: "not_found", wanted: toneDevice(choice.hertz).id });
    default:
      return await SYSTEMS.open(
        "speaker",
        wanted(choice),
        (system, device) => system.openSpeaker(device, events),
      );
  }
}

async function chosen(side: SoundSide, choice: SoundChoice): Promise<SoundDevice | DeviceFault> {
  switch (choice.kind) {
    case "none":
      return NO_DEVICE;
    case "file":
      return await lookAtFile(side, choice.path) ?? fileDevice(choice.path);
    case "tone": {
      const device = toneDevice(choice.hertz);
      return side === "microphone" ? device : { why: "not_found", wanted: device.id };
    }
    default:
      try {
        return await SYSTEMS.find(side, wanted(choice));
      } catch (error) {
        if (!(error instanceof DeviceError)) throw error;
        return error.fault;
      }
  }
}

/** The device of a choice; null for `auto`. */
function wanted(choice: { kind: "auto" } | { kind: "device"; id: string }): string | null {
  return choice.kind === "auto" ? null : choice.id;
}

import type { SoundDevice, SoundSide } from "../../media/sound_status.ts";
import { DeviceError } from "./device.ts";
import { loadNativeLibrary, type NativeLibrary } from "./native_library.ts";
import { NativeMicrophone } from "./native_microphone.ts";
import { NativeSpeaker } from "./native_speaker.ts";
import { goneFault, type SoundSystem, type SystemDevices } from "./sound_system.ts";

/** The sound cards of Windows and macOS, through the library `decibri`. */
export const NATIVE: SoundSystem = {
  backend: "native",

  async devices(side) {
    const library = await loadNativeLibrary();
    return library === null ? null : listed(library, side);
  },

  unlisted: () => null,

  async openMicrophone(device, events) {
    return await NativeMicrophone.open(await loaded(device), device, events);
  },

  async openSpeaker(device, events) {
    return await NativeSpeaker.open(await loaded(device), device, events);
  },
};

/** The library, for a device that was found by it. */
async function loaded(device: SoundDevice): Promise<NativeLibrary> {
  const library = await loadNativeLibrary();
  if (library === null) throw new DeviceError(goneFault(device));
  return library;
}

function listed({ Microphone, Speaker }: NativeLibrary, side: SoundSide): SystemDevices {
  const all: SoundDevice[] = [];
  let preferred: SoundDevice | null = null;
  try {
    for (const found of side === "microphone" ? Microphone.devices() : Speaker.devices()) {
      const id = `native:${found.id || found.name}`;
      const device: SoundDevice = { backend: "native", id, label: found.name, card: null };
      all.push(device);
      if (found.isDefault) preferred = device;
    }
  } catch {
    // The system's sound service does not answer: nothing can be opened either.
  }
  return { all, preferred: preferred ?? all[0] ?? null };
}

import type { SoundDevice } from "../../media/sound_status.ts";
import { parseAlsaDefault, parseAlsaHardware } from "./alsa_devices.ts";
import { childOutput } from "./child_output.ts";
import { DeviceError } from "./device.ts";
import { PlayerProgram } from "./player_program.ts";
import { RecorderProgram } from "./recorder_program.ts";
import { goneFault, type SoundSystem } from "./sound_system.ts";

/** What both print, line by line, of a device that cannot do what was asked. */
const CHATTER = /^[A-Z_]+: /;

/** Linux' own sound, through `arecord` and `aplay`. They do not tell how much waits to be heard. */
export const ALSA: SoundSystem = {
  backend: "alsa",

  async devices(side) {
    const command = side === "microphone" ? "arecord" : "aplay";
    const [names, cards] = await Promise.all([
      childOutput(command, ["-L"]),
      childOutput(command, ["-l"]),
    ]);
    // Without any card, the list of cards fails.
    if (names === null) return null;
    const hardware = parseAlsaHardware(cards ?? "");
    const preferred = parseAlsaDefault(names, hardware);
    return { all: preferred === null ? hardware : [preferred, ...hardware], preferred };
  },

  unlisted: (name) => ({ backend: "alsa", id: `alsa:${name}`, label: name, card: null }),

  async openMicrophone(device, events) {
    const args = streamArguments(device);
    const command = { command: "arecord", args, device, chatter: CHATTER };
    const microphone = await found(device, () => RecorderProgram.open(command, events));
    if (microphone === null) throw new DeviceError(goneFault(device));
    return microphone;
  },

  async openSpeaker(device, events) {
    const args = streamArguments(device);
    const command = { command: "aplay", args, device, chatter: CHATTER };
    const speaker = await found(
      device,
      () => PlayerProgram.open({ ...command, ready: null, progress: null }, events),
    );
    if (speaker === null) throw new DeviceError(goneFault(device));
    return speaker;
  },
};

/** In frames of 10 ms and four of them at the most (`measured.md`). */
function streamArguments(device: SoundDevice): string[] {
  return [
    "-q",
    "-D",
    device.id.slice("alsa:".length),
    "--period-time=10000",
    "--buffer-time=40000",
    "-t",
    "raw",
    "-f",
    "S16_LE",
    "-r",
    "48000",
    "-c",
    "1",
  ];
}

/** A name that ALSA does not know is no failure of a device. */
async function found<Device>(device: SoundDevice, open: () => Promise<Device>): Promise<Device> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof DeviceError) || error.fault.why !== "failed") throw error;
    const { detail } = error.fault;
    const unknown = /audio open error: (?:No such file or directory|No such device)/.test(detail);
    throw unknown ? new DeviceError(goneFault(device)) : error;
  }
}

import type { SoundDevice } from "../../media/sound_status.ts";
import { childOutput } from "./child_output.ts";
import { DeviceError } from "./device.ts";
import { PlaybackProgress } from "./playback_progress.ts";
import { PlayerProgram } from "./player_program.ts";
import { parsePulseDefaults, parsePulseDevices } from "./pulse_devices.ts";
import { RecorderProgram } from "./recorder_program.ts";
import { goneFault, type SoundSystem } from "./sound_system.ts";

/** What `pacat --verbose` says while all is well. */
const CHATTER = /^(?:Opening a|Connection established|Stream (?!error)|Using sample|Connected to)/;
const READY = /^Connected to device /;

/** PulseAudio, and PipeWire in its place, through `parec`, `pacat` and `pactl`. */
export const PULSE: SoundSystem = {
  backend: "pulse",

  async devices(side) {
    const [info, list] = await Promise.all([
      childOutput("pactl", ["info"]),
      childOutput("pactl", ["list", side === "microphone" ? "sources" : "sinks"]),
    ]);
    if (info === null || list === null) return null;
    const { source, sink } = parsePulseDefaults(info);
    const name = side === "microphone" ? source : sink;
    const all = parsePulseDevices(list);
    // The default source of a machine without a microphone gives what the speaker plays.
    const real = all.filter(({ isMonitor }) => !isMonitor);
    const preferred = real.find((device) => device.name === name) ?? real[0] ?? null;
    return { all: all.map(({ device }) => device), preferred: preferred?.device ?? null };
  },

  unlisted: () => null,

  async openMicrophone(device, events) {
    const args = streamArguments("--record", device);
    const command = { command: "parec", args, device, chatter: null };
    const microphone = await RecorderProgram.open(command, events);
    if (microphone === null) throw new DeviceError(goneFault(device));
    return microphone;
  },

  async openSpeaker(device, events) {
    const args = [...streamArguments("--playback", device), "--verbose"];
    const speaker = await PlayerProgram.open({
      command: "pacat",
      args,
      device,
      ready: READY,
      progress: new PlaybackProgress(),
      chatter: CHATTER,
    }, events);
    if (speaker === null) throw new DeviceError(goneFault(device));
    return speaker;
  },
};

/** Without the latency the server buffers two seconds (`measured.md`). */
function streamArguments(direction: string, device: SoundDevice): string[] {
  return [
    direction,
    "--raw",
    "--rate=48000",
    "--channels=1",
    "--format=s16le",
    "--latency-msec=20",
    `--device=${device.id.slice("pulse:".length)}`,
    "--client-name=prosa",
    "--stream-name=prosa",
    "--property=media.role=phone",
  ];
}

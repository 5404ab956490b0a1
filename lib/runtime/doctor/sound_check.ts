import type { Finding } from "../../doctor/findings.ts";
import { DOCTOR_LIMITS } from "../../doctor/limits.ts";
import { isDevice, type SoundDevice, type SoundSide } from "../../media/sound_status.ts";
import {
  chosenMicrophone,
  chosenSpeaker,
  listMicrophones,
  listSpeakers,
} from "../sound/devices.ts";
import { hearMicrophone, playToSpeaker } from "./device_trial.ts";

const AUTO = { kind: "auto" } as const;
const SIDES = {
  microphone: { chosen: chosenMicrophone, list: listMicrophones, tryOut: hearMicrophone },
  speaker: { chosen: chosenSpeaker, list: listSpeakers, tryOut: playToSpeaker },
} as const;

/**
 * Opens each device of a side for a moment, the one that `auto` takes first. Of several systems that
 * reach the same cards only the one in use is tried: the others find their cards taken by it.
 */
export async function checkSound(side: SoundSide, signal: AbortSignal): Promise<Finding[]> {
  const { chosen, list, tryOut } = SIDES[side];
  const preferred = await chosen(AUTO);
  if (!isDevice(preferred)) return [{ kind: "no_device", side }];
  const others = (await list()).filter((device) =>
    device.backend === preferred.backend && device.id !== preferred.id && !isMonitor(device)
  );
  const devices = [preferred, ...others].slice(0, DOCTOR_LIMITS.devices);
  const found = async (device: SoundDevice): Promise<Finding> => ({
    kind: "device",
    side,
    device,
    preferred: device === preferred,
    result: await tryOut(device, signal),
  });
  // A sound server mixes; a card that is opened directly is one program's at a time.
  if (preferred.backend === "pulse") return await Promise.all(devices.map(found));
  const findings: Finding[] = [];
  for (const device of devices) if (!signal.aborted) findings.push(await found(device));
  return findings;
}

/** What PulseAudio lists as a source and is a speaker's own sound. */
function isMonitor({ backend, id }: SoundDevice): boolean {
  return backend === "pulse" && id.endsWith(".monitor");
}

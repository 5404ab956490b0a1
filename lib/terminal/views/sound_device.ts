import type { DeviceFault, SoundDevice, SoundSide } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import { fileReason } from "./file_reason.ts";

/** Columns of a device's name, which its maker chose, in a sentence. */
const NAME_COLUMNS = 60;
/** Columns of what a system says of a device. */
const DETAIL_COLUMNS = 120;

const OPTIONS: Readonly<Record<SoundSide, string>> = {
  microphone: "--mic",
  speaker: "--speaker",
};

/** The option of the command line that chooses a side's device. */
export function optionOf(side: SoundSide): string {
  return OPTIONS[side];
}

/** Whether there is a device, and not the reason why there is none. */
export function hasDevice(found: SoundDevice | DeviceFault): found is SoundDevice {
  return "backend" in found;
}

/** Whether sound comes or goes there: the device `none` is one, and silent. */
export function isAudible(found: SoundDevice | DeviceFault): boolean {
  return hasDevice(found) && found.backend !== "none";
}

/** What a device is called. */
export function deviceName({ backend, id, label }: SoundDevice, say: Translator): string {
  if (backend === "none") return say("sound.nothing");
  return cutToWidth(printable(label === "" ? id : label), NAME_COLUMNS);
}

/** The sentence about a side without a device. */
export function noDevice(side: SoundSide, fault: DeviceFault, say: Translator): string {
  return say(side === "microphone" ? "sound.no_microphone" : "sound.no_speaker", {
    fault: faultText(fault, side, say),
  });
}

/** Why there is no device, and the way out: a sentence that goes on behind a colon. */
export function faultText(fault: DeviceFault, side: SoundSide, say: Translator): string {
  const option = optionOf(side);
  const wanted = "wanted" in fault ? cutToWidth(printable(fault.wanted), NAME_COLUMNS) : "";
  switch (fault.why) {
    case "none_found":
      return say("sound.fault.none_found", { option });
    case "not_found":
      return say("sound.fault.not_found", { wanted, option });
    case "permission":
      return say("sound.fault.permission", { flag: printable(fault.flag) });
    case "no_wav":
      return say("sound.fault.no_wav", { wanted, option });
    case "file":
      return say("sound.fault.file", { wanted, option, reason: fileReason(fault.trouble) });
    case "gives_nothing":
      return say("sound.fault.gives_nothing", { wanted, option });
    case "failed": {
      const detail = cutToWidth(printable(fault.detail), DETAIL_COLUMNS);
      return say("sound.fault.failed", { wanted, detail, option });
    }
  }
}

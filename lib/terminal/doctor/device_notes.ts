import type { DeviceResult, Finding } from "../../doctor/findings.ts";
import type { DeviceFault } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import { deviceName, optionOf } from "../views/sound_device.ts";
import type { Note } from "./note.ts";

/** Columns of what a system says of a device. */
const DETAIL_COLUMNS = 60;

/** What a device did when it was tried. */
export function deviceNote(
  { side, device, result }: Finding & { readonly kind: "device" },
  say: Translator,
): Note {
  const values = { device: deviceName(device, say), result: resultText(result, say) };
  const text = say(
    side === "microphone" ? "doctor.device.microphone" : "doctor.device.speaker",
    values,
  );
  switch (result.kind) {
    case "silence":
      return { text, toDo: say("doctor.device.silence.to_do") };
    case "slow":
      return { text, toDo: say("doctor.device.slow.to_do") };
    case "fault":
      return { text, toDo: say("doctor.device.failed.to_do", { option: optionOf(side) }) };
    default:
      return { text };
  }
}

/** That there is no device on a side. */
export function noDeviceNote(
  { side }: Finding & { readonly kind: "no_device" },
  say: Translator,
): Note {
  const option = optionOf(side);
  return side === "microphone"
    ? {
      text: say("doctor.no_device.microphone"),
      toDo: say("doctor.no_device.microphone.to_do", { option }),
    }
    : {
      text: say("doctor.no_device.speaker"),
      toDo: say("doctor.no_device.speaker.to_do", { option }),
    };
}

function resultText(result: DeviceResult, say: Translator): string {
  switch (result.kind) {
    case "heard":
      return say("doctor.device.heard", { level: Math.round(result.level) });
    case "silence":
      return say("doctor.device.silence");
    case "played":
      return say("doctor.device.played");
    case "slow":
      return say("doctor.device.slow");
    case "fault":
      return faultText(result.fault, say);
  }
}

function faultText(fault: DeviceFault, say: Translator): string {
  switch (fault.why) {
    case "gives_nothing":
      return say("doctor.device.nothing");
    case "failed":
      return say("doctor.device.failed", {
        detail: cutToWidth(printable(fault.detail), DETAIL_COLUMNS),
      });
    default:
      return say("doctor.device.gone");
  }
}

import type { DeviceFault, SoundDevice, SoundReport, SoundSide } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { displayWidth } from "../text/width.ts";
import { deviceName, hasDevice, noDevice, optionOf } from "./sound_device.ts";

interface Context {
  readonly say: Translator;
  readonly paint: Painter;
  readonly columns: number;
}

/** `/devices`: the microphones and the speakers, what to type to choose one, which one is used. */
export function devicesTables(
  report: SoundReport & { readonly kind: "devices" },
  context: Context,
): string[] {
  const { say, paint } = context;
  const sides = [
    side("microphone", report.microphones, report.microphone, context),
    side("speaker", report.speakers, report.speaker, context),
  ];
  const how = paint.dim(say("sound.devices.choose", {
    microphone: optionOf("microphone"),
    speaker: optionOf("speaker"),
  }));
  return [
    ...sides.flatMap(({ table, fault }) => [...table, ...fault]),
    ...sides.some(({ table }) => table.length > 0) ? [how] : [],
  ];
}

/** The table of a side, without a line where it has no device, and what is wrong there. */
function side(
  side: SoundSide,
  devices: readonly SoundDevice[],
  used: SoundDevice | DeviceFault,
  { say, paint, columns }: Context,
): { readonly table: readonly string[]; readonly fault: readonly string[] } {
  const isUsed = (device: SoundDevice) =>
    hasDevice(used) && device.backend === used.backend && device.id === used.id;
  // A file, a tone or nothing at all is used without being one of the system's devices.
  const all = hasDevice(used) && !devices.some(isUsed) ? [used, ...devices] : devices;
  const header = [
    say(side === "microphone" ? "sound.devices.microphone" : "sound.devices.speaker"),
    optionOf(side),
    "",
  ];
  const rows = all.map((device) => [
    deviceName(device, say),
    printable(device.id),
    isUsed(device) ? say("sound.devices.in_use") : "",
  ]);
  return {
    table: rows.length === 0 ? [] : fitted(header, rows, { paint, columns }),
    fault: hasDevice(used) ? [] : [paint.warn(faultLine(side, used, rows.length > 0, say))],
  };
}

/** Why a side has no device, and what to do: `/devices` itself, which shows this, is no advice. */
function faultLine(
  side: SoundSide,
  fault: DeviceFault,
  thereAreSome: boolean,
  say: Translator,
): string {
  const option = optionOf(side);
  const isMicrophone = side === "microphone";
  if (thereAreSome) {
    if (fault.why !== "none_found") return noDevice(side, fault, say);
    return say(
      isMicrophone ? "sound.devices.no_microphone_works" : "sound.devices.no_speaker_works",
    );
  }
  switch (fault.why) {
    case "permission":
    case "no_wav":
    case "file":
      return noDevice(side, fault, say);
    default:
      return say(isMicrophone ? "sound.devices.no_microphone" : "sound.devices.no_speaker", {
        option,
      });
  }
}

/** A table; where that would cut what has to be typed, each device over two lines. */
function fitted(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { paint, columns }: Pick<Context, "paint" | "columns">,
): string[] {
  const [title = "", ...lines] = formatTable({ header, rows, columns: Infinity });
  if ([title, ...lines].every((line) => displayWidth(line) <= columns)) {
    return [paint.bold(title), ...lines];
  }
  return [
    paint.bold(`${header[0]} (${header[1]})`),
    ...rows.flatMap(([name = "", id = "", mark = ""]) => [
      `  ${id}`,
      `    ${name}${mark === "" ? "" : ` (${mark})`}`,
    ]),
  ];
}

import type { DeviceFault, SoundDevice, SoundReport, SoundSide } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";
import { calltestLine, calltestVerdict } from "./calltest_view.ts";
import { deviceName, faultText, hasDevice, isAudible, noDevice } from "./sound_device.ts";
import { devicesTables } from "./sound_devices.ts";
import { statsTable } from "./sound_stats.ts";

/** What the view knows besides the report. */
export interface SoundViewContext {
  readonly say: Translator;
  readonly paint: Painter;
  /** Width to fit tables in. */
  readonly columns: number;
  /** The own UDP port of calls, or null before it is known. */
  readonly port: number | null;
}

/** One report of a kind. */
export type SoundReportOf<Kind extends SoundReport["kind"]> = SoundReport & {
  readonly kind: Kind;
};

/** What a report about sound looks like: lines to print. */
export function soundLines(report: SoundReport, context: SoundViewContext): string[] {
  const { say, paint } = context;
  switch (report.kind) {
    case "muted":
      return [say(report.on ? "sound.muted" : "sound.unmuted")];
    case "volume":
      return [say("sound.volume", { percent: report.percent })];
    case "half_duplex":
      return [say(report.on ? "sound.half_duplex.on" : "sound.half_duplex.off")];
    case "devices":
      return devicesTables(report, context);
    case "stats":
      return report.status === null
        ? [paint.warn(say("call.refused.no_call"))]
        : statsTable(report.status, context);
    case "sound_started":
      return started(report, context);
    case "device_lost": {
      const fault = faultText(report.fault, report.side, say);
      return [paint.warn(
        say(report.side === "microphone" ? "sound.microphone_lost" : "sound.speaker_lost", {
          fault,
        }),
      )];
    }
    case "no_sound":
      return report.packets ? onlySilence(context) : noSound(context);
    case "sound_back":
      return [paint.good(say("sound.back"))];
    case "test":
      return [calltestLine(report, context)];
    case "test_ended":
      return [calltestVerdict(report.outcome, context)];
    // Of use to measurements only: the log has it.
    case "sound_clock":
      return [];
  }
}

/** The line about one side: its device, or why there is none and what to do. */
function sideLine(
  side: SoundSide,
  found: SoundDevice | DeviceFault,
  { say, paint }: Pick<SoundViewContext, "say" | "paint">,
): string {
  if (!hasDevice(found)) return paint.warn(noDevice(side, found, say));
  const device = deviceName(found, say);
  return paint.dim(say(side === "microphone" ? "sound.microphone" : "sound.speaker", { device }));
}

function started(
  { microphone, speaker, echo }: SoundReportOf<"sound_started">,
  context: SoundViewContext,
): string[] {
  const { say, paint } = context;
  const lines = [
    sideLine("microphone", microphone, context),
    sideLine("speaker", speaker, context),
  ];
  if (!isAudible(microphone) && !isAudible(speaker)) lines.push(paint.warn(say("sound.no_way")));
  else if (!isAudible(microphone)) lines.push(paint.warn(say("sound.one_way.you_hear")));
  else if (!isAudible(speaker)) lines.push(paint.warn(say("sound.one_way.you_speak")));
  if (echo) lines.push(paint.warn(say("sound.echo")));
  return lines;
}

function noSound({ say, paint, port }: SoundViewContext): string[] {
  const udp = port === null ? "UDP" : `UDP ${port}`;
  return [
    paint.warn(say("sound.no_sound")),
    `  - ${say("sound.no_sound.microphone")}`,
    `  - ${say("sound.no_sound.firewall", { udp })}`,
    `  - ${say("sound.no_sound.network")}`,
  ];
}

/** Packets arrive, so that neither a firewall nor the network is in the way. */
function onlySilence({ say, paint }: SoundViewContext): string[] {
  return [paint.warn(say("sound.only_silence")), `  - ${say("sound.no_sound.microphone")}`];
}

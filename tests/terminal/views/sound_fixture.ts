/** What the tests of the views of sound show reports with. */
import type { MediaStatus } from "../../../lib/media/media_session.ts";
import type { SoundDevice, SoundReport } from "../../../lib/media/sound_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { soundLines, type SoundViewContext } from "../../../lib/terminal/views/sound_view.ts";

/** A report as it is shown, without colour, in English, 80 columns wide. */
export function shown(report: SoundReport, changes: Partial<SoundViewContext> = {}): string[] {
  return soundLines(report, {
    say: translator("en"),
    paint: createPainter(false),
    columns: 80,
    port: 6000,
    ...changes,
  });
}

/** A device of PulseAudio. */
export function device(id: string, label: string): SoundDevice {
  return { backend: "pulse", id, label, card: "0" };
}

/** Figures of a call that goes well. */
export const STATUS: MediaStatus = {
  roundTrip: 23.4,
  jitter: 1.26,
  lossIn: 0.013,
  lossOut: null,
  duplicating: false,
  bufferDelay: 61.2,
  bufferTarget: 60,
  bufferDepth: 3,
  bitRateOut: 28_400,
  bitRateIn: 27_600,
  packetsOut: 500,
  copiesOut: 0,
  received: {
    packets: 490,
    copies: 0,
    foreign: 0,
    malformed: 0,
    payloadBytes: 35_000,
    frames: 500,
    recovered: 3,
    concealed: 2,
    shortened: 0,
    lengthened: 0,
    late: 1234,
    missing: 5,
    underruns: 0,
    restarts: 0,
  },
  malformed: 0,
  levelOut: -23.4,
  levelIn: -96,
  mouthToEar: 98.7,
  quality: { rating: 88, score: 4.28 },
};

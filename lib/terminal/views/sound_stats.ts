import type { MediaStatus } from "../../media/media_session.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import type { Painter } from "../text/painter.ts";
import { formatTable } from "../text/table.ts";

const UNKNOWN = "–";

/** Words for the rating of the E-model, the best first: the classes of ITU-T G.109. */
const CLASSES = [
  { from: 90, key: "sound.quality.excellent" },
  { from: 80, key: "sound.quality.good" },
  { from: 70, key: "sound.quality.fair" },
  { from: 60, key: "sound.quality.poor" },
  { from: -Infinity, key: "sound.quality.bad" },
] as const satisfies readonly { readonly from: number; readonly key: MessageKey }[];

/** `/stats`: a call's sound in figures. */
export function statsTable(
  status: MediaStatus,
  { say, paint, columns }: {
    readonly say: Translator;
    readonly paint: Painter;
    readonly columns: number;
  },
): string[] {
  const { roundTrip, lossOut } = status;
  const write = (value: number, digits: number) =>
    new Intl.NumberFormat(say.language, { maximumFractionDigits: digits }).format(value);
  const time = (ms: number) => `${write(ms, ms < 10 ? 1 : 0)} ms`;
  const part = (loss: number) => `${write(100 * loss, 1)} %`;
  const rate = (bits: number) => `${write(bits / 1000, 0)} kbit/s`;
  const level = (dbfs: number) => `${write(dbfs, 0)} dBFS`;
  const [first, ...rest] = [
    [say("sound.stats.quality"), quality(status, say, write)],
    [say("sound.stats.mouth_to_ear"), time(status.mouthToEar)],
    [say("sound.stats.round_trip"), roundTrip === null ? UNKNOWN : time(roundTrip)],
    [say("sound.stats.jitter"), time(status.jitter)],
    [say("sound.stats.loss_in"), part(status.lossIn)],
    [say("sound.stats.loss_out"), lossOut === null ? UNKNOWN : part(lossOut)],
    [say("sound.stats.late"), write(status.received.late, 0)],
    [say("sound.stats.buffer_depth"), write(status.bufferDepth, 0)],
    [say("sound.stats.buffer_delay"), time(status.bufferDelay)],
    [say("sound.stats.buffer_target"), time(status.bufferTarget)],
    [say("sound.stats.rate_in"), rate(status.bitRateIn)],
    [say("sound.stats.rate_out"), rate(status.bitRateOut)],
    [
      say("sound.stats.duplication"),
      status.duplicating ? paint.warn(say("sound.stats.yes")) : say("sound.stats.no"),
    ],
    [say("sound.stats.level_in"), level(status.levelIn)],
    [say("sound.stats.level_out"), level(status.levelOut)],
  ];
  return formatTable({ header: first!, rows: rest, align: ["left", "right"], columns });
}

function quality(
  { quality: { rating, score } }: MediaStatus,
  say: Translator,
  write: (value: number, digits: number) => string,
): string {
  const { key } = CLASSES.find(({ from }) => rating >= from) ?? CLASSES.at(-1)!;
  return `${write(score, 1)} (${say(key)})`;
}

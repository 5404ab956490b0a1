import type { MusicFault, SongRow } from "../../music/music_status.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import { fetchFault, whoShares } from "./fetch_fault.ts";
import type { MusicViewContext } from "./music_context.ts";
import { reasonText } from "./reason.ts";
import { songText } from "./song_text.ts";
import { noDevice } from "./sound_device.ts";
import { downloadFault } from "./storage_fault.ts";

/** Columns of what was looked for, and of the name of a format. */
const WORDS_COLUMNS = 60;

/** Why a song is not played or not downloaded, and what to do, as a sentence. */
export function musicFault(
  fault: MusicFault,
  song: SongRow | null,
  { say, server }: Pick<MusicViewContext, "say" | "server">,
): string {
  const title = song === null ? say("music.fault.song") : songText(song);
  switch (fault.why) {
    case "no_server":
      return say("music.fault.no_server", { server, reason: reasonText(fault.reason, say) });
    case "unknown_song": {
      const words = cutToWidth(printable(fault.wanted), WORDS_COLUMNS);
      return /^[0-9]+$/.test(words)
        ? say("music.fault.unknown_number", { number: words })
        : say("music.fault.unknown_words", { words });
    }
    case "no_list":
      return say("music.fault.no_list");
    case "fetch":
      return fetchFault(fault.fault, song, say);
    case "download": {
      const sentence = downloadFault(fault.fault, say);
      return song === null ? sentence : `${title}: ${sentence}`;
    }
    case "no_decoder": {
      const format = cutToWidth(printable(fault.format), WORDS_COLUMNS);
      return fault.flag === null
        ? say("music.fault.no_decoder", { song: title, format })
        : say("music.fault.no_decoder_flag", { song: title, format, flag: printable(fault.flag) });
    }
    case "not_kept": {
      const sentence = downloadFault(fault.fault, say);
      return say("music.fault.not_kept", { song: title, fault: sentence });
    }
    case "damaged":
      return say("music.fault.damaged", { song: title, who: whoShares(song, say) });
    case "no_speaker":
      return noDevice("speaker", fault.fault, say);
    case "not_playing":
      return say("music.fault.not_playing");
    case "cannot_seek":
      return say("music.fault.cannot_seek");
    case "queue_empty":
      return say("music.fault.queue_empty");
    case "too_many":
      return say("music.fault.too_many", { most: fault.most });
  }
}

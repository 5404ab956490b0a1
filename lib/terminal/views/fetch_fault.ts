import type { SongRow } from "../../music/music_status.ts";
import type { FetchFault } from "../../music/reception_contract.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { createPainter } from "../text/painter.ts";
import { nodeNames, songText } from "./song_text.ts";

interface Words {
  readonly reason: MessageKey & `music.fetch.${string}`;
  readonly wayOut: MessageKey & `music.fetch.way.${string}`;
}

const FAULTS: Readonly<Record<FetchFault, Words>> = {
  no_source: { reason: "music.fetch.no_source", wayOut: "music.fetch.way.files" },
  no_answer: { reason: "music.fetch.no_answer", wayOut: "music.fetch.way.network" },
  source_gone: { reason: "music.fetch.source_gone", wayOut: "music.fetch.way.resume" },
  busy: { reason: "music.fetch.busy", wayOut: "music.fetch.way.later" },
  not_available: { reason: "music.fetch.not_available", wayOut: "music.fetch.way.files" },
  source_failed: { reason: "music.fetch.source_failed", wayOut: "music.fetch.way.resume" },
  wrong_size: { reason: "music.fetch.wrong_size", wayOut: "music.fetch.way.share_again" },
  wrong_list: { reason: "music.fetch.wrong_list", wayOut: "music.fetch.way.share_again" },
  wrong_bytes: { reason: "music.fetch.wrong_bytes", wayOut: "music.fetch.way.share_again" },
  wrong_content: { reason: "music.fetch.wrong_content", wayOut: "music.fetch.way.share_again" },
  too_large: { reason: "music.fetch.too_large", wayOut: "music.fetch.way.none" },
};

const plain = createPainter(false);

/** What is wrong with a source, as a part of a sentence. */
export function fetchReason(fault: FetchFault, say: Translator): string {
  return say.sentence({ key: FAULTS[fault].reason, values: {} });
}

/** Why a song did not arrive, and what to do, as one sentence. */
export function fetchFault(fault: FetchFault, song: SongRow | null, say: Translator): string {
  return say("music.fetch.failed", {
    song: song === null ? say("music.fault.song") : songText(song),
    reason: fetchReason(fault, say),
    way_out: { key: FAULTS[fault].wayOut, values: { who: whoShares(song, say) } },
  });
}

/** Whom a person can ask about a song. */
export function whoShares(song: SongRow | null, say: Translator): string {
  return song === null || song.nodes.length === 0
    ? say("music.fault.someone")
    : nodeNames(song.nodes, plain);
}

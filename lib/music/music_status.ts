/**
 * What the person wants of music and what music tells the person. Plain data: the terminal turns it
 * into sentences. What shared folders and the catalogue tell is in `library_status.ts`.
 *
 * @module
 */
import type { DeviceFault } from "../media/sound_status.ts";
import type { DownloadFault, SharedFolderStatus, ShareFault } from "./library_status.ts";
import type { FetchFault } from "./reception_contract.ts";

/** A song as the person names it: its number in the last list, or words that are in it. */
export type Wanted =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "query"; readonly query: string };

/** What the person wants, after the command line was understood. Each is answered by one report. */
export type MusicCommand =
  /** Shares a folder; null asks what is shared. Answered by `shares` or `share_refused`. */
  | { readonly kind: "share"; readonly path: string | null }
  /** Shares it no more; null: none. Answered by `shares` or `share_refused`. */
  | { readonly kind: "unshare"; readonly path: string | null }
  /** Songs of all nodes, of those that have the words of `query`. Answered by `songs`. */
  | { readonly kind: "files"; readonly query: string | null }
  | { readonly kind: "nodes" }
  /** Plays a song now; the queue stays. Answered by `now_playing`, or `music_fault`. */
  | { readonly kind: "play"; readonly wanted: Wanted }
  /** Puts a song behind those that wait, or (null) shows them. Answered by `queue`. */
  | { readonly kind: "queue"; readonly wanted: Wanted | null }
  | { readonly kind: "next" }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** To a point of the song, in seconds. */
  | { readonly kind: "seek"; readonly seconds: number }
  | { readonly kind: "stop" }
  /** Downloads a song, to `to` or the folder of downloads. Answered by `downloads`. */
  | { readonly kind: "get"; readonly wanted: Wanted; readonly to: string | null }
  | { readonly kind: "downloads" };

/** A song of a list, numbered as the person may name it. */
export interface SongRow {
  readonly number: number;
  readonly id: string;
  /** File name; title and artist are empty where they are not known. */
  readonly name: string;
  readonly title: string;
  readonly artist: string;
  readonly seconds: number | null;
  /** Bytes. */
  readonly size: number;
  /** Names of the nodes that have it, without our own. */
  readonly nodes: readonly string[];
  /** Whether it is here: shared by us, or kept from an earlier play. */
  readonly here: boolean;
}

/** A node of the catalogue. */
export interface NodeRow {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly files: number;
}

/** The song that plays. Seconds; bytes a second. */
export interface NowPlaying {
  readonly song: SongRow;
  readonly state: "starting" | "playing" | "buffering" | "paused";
  readonly position: number;
  /** Seconds that could be played at once from here, or null where that is not known. */
  readonly buffered: number | null;
  /** Part of the file that is here, 0–1. */
  readonly fetched: number;
  /** How fast it arrives; null where all of it is here. */
  readonly rate: number | null;
  /** Who sends it, or sent the end of it; null where all of it was here. */
  readonly source: string | null;
}

/** A download, running or over. */
export interface DownloadRow {
  readonly song: SongRow;
  /** Bytes that are here, verified. */
  readonly done: number;
  /** Bytes a second. */
  readonly rate: number;
  readonly source: string | null;
  readonly state:
    | { readonly kind: "running" }
    | { readonly kind: "done"; readonly path: string }
    | { readonly kind: "failed"; readonly fault: MusicFault };
}

/** Why a song is not played, or not downloaded. */
export type MusicFault =
  /** The server does not answer. */
  | { readonly why: "no_server"; readonly reason: string }
  /** No song has this number, or these words. */
  | { readonly why: "unknown_song"; readonly wanted: string }
  /** A number, before there was a list. */
  | { readonly why: "no_list" }
  | { readonly why: "fetch"; readonly fault: FetchFault }
  | { readonly why: "download"; readonly fault: DownloadFault }
  /** Neither a decoder nor a player of this machine can play it; `flag` where one may be started. */
  | { readonly why: "no_decoder"; readonly format: string; readonly flag: string | null }
  | { readonly why: "damaged" }
  /** It plays, from memory, and is not kept for the next time. */
  | { readonly why: "not_kept"; readonly fault: DownloadFault }
  | { readonly why: "no_speaker"; readonly fault: DeviceFault }
  /** Nothing plays that could be paused, or sought in. */
  | { readonly why: "not_playing" }
  /** It cannot be sought in this song, or not so far. */
  | { readonly why: "cannot_seek" }
  /** Nothing waits behind the song that plays. */
  | { readonly why: "queue_empty" }
  | { readonly why: "too_many"; readonly most: number };

/** One thing about music to tell the person. */
export type MusicReport =
  | { readonly kind: "shares"; readonly folders: readonly SharedFolderStatus[] }
  | { readonly kind: "share_refused"; readonly fault: ShareFault }
  /** `query` as it was asked; `more` where there were more songs than a list holds. */
  | {
    readonly kind: "songs";
    readonly query: string | null;
    readonly songs: readonly SongRow[];
    readonly more: boolean;
  }
  | { readonly kind: "nodes"; readonly nodes: readonly NodeRow[] }
  /**
   * Told once when a song begins, is paused, goes on, buffers, or is elsewhere after a seek; and a
   * few times a second for the line that shows it, then with `tick`.
   */
  | { readonly kind: "now_playing"; readonly now: NowPlaying; readonly tick: boolean }
  /** A song is over; `stopped` by the person, or it came to its end. */
  | { readonly kind: "song_ended"; readonly song: SongRow; readonly stopped: boolean }
  | { readonly kind: "queue"; readonly songs: readonly SongRow[] }
  /** Answers `get` and `downloads`. */
  | { readonly kind: "downloads"; readonly downloads: readonly DownloadRow[] }
  /** A download goes on, a few times a second, or is over. */
  | { readonly kind: "download"; readonly download: DownloadRow }
  /** A source was left for another in the middle of a song or a download. */
  | {
    readonly kind: "source_changed";
    readonly song: SongRow;
    readonly from: string;
    readonly to: string | null;
    readonly fault: FetchFault;
  }
  /** What was asked for was not done, or the song that played ended by it. */
  | { readonly kind: "music_fault"; readonly song: SongRow | null; readonly fault: MusicFault };

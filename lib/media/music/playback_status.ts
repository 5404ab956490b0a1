/**
 * What the playing of music tells the person. Plain data: the terminal turns it into sentences.
 *
 * @module
 */
import type { DeviceFault, SoundDevice } from "../sound_status.ts";
import type { SoundInfo } from "./decoder.ts";

/** What a song is doing. `buffering`: there is not enough of it to be heard yet, or once more. */
export type PlaybackState = "idle" | "buffering" | "playing" | "paused" | "ended" | "failed";

/** Why a song cannot be heard. */
export type PlaybackFault =
  /**
   * It is no music that is decoded here (`detail` is why, in English), and there is no program that
   * could: none of `programs` is installed, or the program may not start them without `flag`.
   */
  | {
    readonly why: "no_player";
    readonly detail: string;
    readonly programs: readonly string[];
    /** Null where they may be started, and so are not there. */
    readonly flag: string | null;
  }
  /** Another program was given it, and did not play it; `detail` is what it said. */
  | { readonly why: "player_failed"; readonly program: string; readonly detail: string }
  /** After some of it was heard, nothing more could be decoded. */
  | { readonly why: "damaged"; readonly detail: string }
  /** The speaker could not be opened, or went away. */
  | { readonly why: "speaker"; readonly fault: DeviceFault };

/** All there is to show of a song that plays. */
export interface PlaybackStatus {
  readonly state: PlaybackState;
  /** Seconds into the song; with another program, the time since it was started. */
  readonly position: number;
  /** Seconds that could be heard from there if no more of the file came. */
  readonly buffered: number;
  /** Length of the song in seconds, where the file or the catalogue tells. */
  readonly seconds: number | null;
  /** Null before the file was understood, and with another program. */
  readonly info: SoundInfo | null;
  /** The program that plays it in the place of a decoder of our own, or null. */
  readonly program: string | null;
  /** What it is heard from; null before that is open. */
  readonly device: SoundDevice | null;
  /** Damaged places that were left out. */
  readonly damaged: number;
  /** Times that it ran out in the middle. */
  readonly underruns: number;
  readonly fault: PlaybackFault | null;
}

import type { PlaybackStatus } from "../../../media/music/playback_status.ts";
import type { PacerClock } from "../../sound/pacer.ts";
import type { OpenSpeaker } from "./music_output.ts";
import type { PlayerProgramCommand } from "./player_programs.ts";

/** What a player tells. */
export interface MusicPlayerObserver {
  /** The state is another one. The position goes on without being told. */
  changed(status: PlaybackStatus): void;
  /**
   * Another program plays this song, and needs all of it: `seek(0, 0)` is to be called, and then
   * the file pushed from its first byte. What is pushed before that is dropped.
   */
  rewind(): void;
  bug(error: unknown): void;
}

/** What a player needs besides the song. */
export interface MusicPlayerOptions {
  readonly openSpeaker: OpenSpeaker;
  /** Loudness as a factor, 1 for as it is. */
  readonly volume?: number;
  readonly programs?: readonly PlayerProgramCommand[];
  readonly clock?: PacerClock;
}

import type { SoundDevice } from "../../../../lib/media/sound_status.ts";
import type { PlaybackStatus } from "../../../../lib/media/music/playback_status.ts";
import { MusicPlayer } from "../../../../lib/runtime/music/playback/music_player.ts";
import type { MusicPlayerOptions } from "../../../../lib/runtime/music/playback/player_contract.ts";
import {
  DeviceError,
  type DeviceEvents,
  type Speaker,
} from "../../../../lib/runtime/sound/device.ts";
import { joined } from "../../../media/music/heard.ts";
import { ManualClock } from "../../sound/manual_clock.ts";

const DEVICE: SoundDevice = { backend: "none", id: "test", label: "test", card: null };

/** A frame that was played, and when. */
export interface Played {
  readonly at: number;
  readonly samples: Int16Array;
}

/** A player on a speaker that remembers, with a clock that goes on as a test says. */
export class PlayerRig implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly played: Played[] = [];
  readonly told: PlaybackStatus[] = [];
  readonly player: MusicPlayer;
  rewinds = 0;
  /** Speakers opened, and given back. */
  opened = 0;
  closed = 0;
  /** Whether there is a speaker. */
  present = true;
  #events: DeviceEvents | null = null;

  constructor(options: Partial<MusicPlayerOptions> = {}) {
    this.player = new MusicPlayer({
      changed: (status) => void this.told.push(status),
      rewind: () => void this.rewinds++,
      bug(error) {
        throw error;
      },
    }, {
      openSpeaker: (events) => Promise.resolve(this.#open(events)),
      clock: this.clock,
      ...options,
    });
  }

  /** The sound that was played, without its pauses. */
  get sound(): Int16Array<ArrayBuffer> {
    return joined(this.played);
  }

  /** The states that were told, in order. */
  get states(): string[] {
    return this.told.map(({ state }) => state);
  }

  /** Lets `ms` go by. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      this.clock.to(Math.min(end, this.clock.now() + 20));
      await turn();
    }
  }

  /** Waits for what takes no time of the clock, such as decoding. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`never: ${condition}`);
      await turn();
    }
  }

  /** Lets time go by until it is over. */
  async toEnd(): Promise<void> {
    for (let n = 0; n < 2000 && this.player.status.state !== "ended"; n++) await this.pass(20);
  }

  /** Begins a song and pushes all of it as there is room, from `offset`. */
  async play(file: Uint8Array, seconds: number | null = null): Promise<void> {
    this.player.begin({ size: file.length, seconds });
    await this.push(file);
  }

  /** Pushes a file from `offset` to its end. */
  async push(file: Uint8Array, offset = 0): Promise<void> {
    for (let at = offset; at < file.length; at += 16_384) {
      await this.player.push(file.subarray(at, at + 16_384));
    }
    this.player.end();
  }

  /** The speaker goes away. */
  lose(): void {
    this.present = false;
    this.#events?.lost({ why: "not_found", wanted: "test" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.player[Symbol.asyncDispose]();
  }

  #open(events: DeviceEvents): Speaker {
    if (!this.present) throw new DeviceError({ why: "none_found" });
    this.opened++;
    this.#events = events;
    return {
      device: DEVICE,
      backlog: null,
      play: (frame) => void this.played.push({ at: this.clock.now(), samples: frame.slice() }),
      [Symbol.asyncDispose]: () => {
        this.closed++;
        return Promise.resolve();
      },
    };
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

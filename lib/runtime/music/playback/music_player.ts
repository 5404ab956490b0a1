import { SECOND } from "../../../base/units.ts";
import { FRAME_MS } from "../../../media/frame.ts";
import type { SongFacts } from "../../../media/music/decoder.ts";
import { MUSIC_LIMITS } from "../../../media/music/music_limits.ts";
import type {
  PlaybackFault,
  PlaybackState,
  PlaybackStatus,
} from "../../../media/music/playback_status.ts";
import { type SongStep, SongStream } from "../../../media/music/song_stream.ts";
import type { DeviceFault } from "../../../media/sound_status.ts";
import { SYSTEM_PACER_CLOCK } from "../../sound/pacer.ts";
import { DecodePump } from "./decode_pump.ts";
import { ExternalPlayer } from "./external_player.ts";
import { MusicOutput, type OpenSpeaker } from "./music_output.ts";
import type { MusicPlayerObserver, MusicPlayerOptions } from "./player_contract.ts";
import { MUSIC_PROGRAMS } from "./player_programs.ts";
import { Room } from "./room.ts";

/**
 * Plays songs from their bytes, pushed in order as they arrive: one song at a time, on a speaker that
 * is kept from one to the next.
 *
 * It starts as soon as a little of the song is decoded. When it runs out, it waits for somewhat more.
 * What cannot be decoded goes to another program, if there is one.
 */
export class MusicPlayer implements AsyncDisposable {
  #state: PlaybackState = "idle";
  #facts: SongFacts = { size: 0, seconds: null };
  #song: SongStream | null = null;
  #pump: DecodePump | null = null;
  #external: ExternalPlayer | null = null;
  #output: MusicOutput | null = null;
  readonly #room = new Room();
  /** What gives back what songs before this one used. */
  #closing: Promise<unknown> = Promise.resolve();
  /** Whether pushed bytes are dropped until the song is pushed from its beginning. */
  #rewinding = false;
  #paused = false;
  /** Milliseconds of sound that are awaited. */
  #needed: number = MUSIC_LIMITS.prebuffer;
  #position = 0;
  #underruns = 0;
  #fault: PlaybackFault | null = null;
  #volume: number;
  #ducked = false;

  constructor(readonly observer: MusicPlayerObserver, readonly options: MusicPlayerOptions) {
    this.#volume = options.volume ?? 1;
  }

  /** All there is to show. */
  get status(): PlaybackStatus {
    const song = this.#external === null ? this.#song : null;
    return {
      state: this.#state,
      position: this.#external?.position ?? this.#position,
      buffered: song?.buffered ?? 0,
      seconds: song?.info?.seconds ?? this.#facts.seconds,
      info: song?.info ?? null,
      program: this.#external?.program ?? null,
      device: this.#output?.device ?? null,
      damaged: song?.damaged ?? 0,
      underruns: this.#underruns,
      fault: this.#fault,
    };
  }

  /** Loudness as a factor. Another program only takes it at its start. */
  set volume(factor: number) {
    this.#volume = factor;
    if (this.#output !== null) this.#output.volume = factor;
  }

  /** Whether there is a call beside it: the music is 15 dB softer then. */
  set ducked(ducked: boolean) {
    this.#ducked = ducked;
    if (this.#output !== null) this.#output.ducked = ducked;
  }

  /** A new song; the one before ends here. Its bytes are pushed next, from the first. */
  begin(facts: SongFacts): void {
    this.#leave();
    this.#facts = facts;
    this.#paused = false;
    this.#underruns = 0;
    this.#fault = null;
    this.#song = new SongStream(facts);
    this.#pump = this.#pumpOf(this.#song);
    this.#openOutput();
    this.#wait(0);
  }

  /**
   * The next bytes of the file. They are copied. It resolves when there is room for more: whoever
   * does not wait for that fills the memory.
   *
   * @throws {RangeError} nobody waited
   */
  async push(bytes: Uint8Array): Promise<void> {
    if (this.#rewinding) return;
    if (this.#external !== null) return await this.#external.write(bytes);
    const song = this.#song;
    if (song === null || this.#state === "failed") return;
    if (song.waiting + bytes.length > MUSIC_LIMITS.mostWaitingBytes) {
      throw new RangeError("music is pushed without waiting for room");
    }
    song.push(bytes);
    this.#pump?.kick();
    if (song.waiting > MUSIC_LIMITS.waitingBytes) await this.#room.wait();
  }

  /** There are no more bytes. */
  end(): void {
    if (this.#rewinding) return;
    if (this.#external !== null) this.#external.end().catch((error) => this.observer.bug(error));
    this.#song?.end();
    this.#pump?.kick();
  }

  /**
   * Where in the file to go on from for a time in seconds; null where that cannot be done: before
   * the file was understood, and with another program.
   */
  byteOffsetOf(seconds: number): number | null {
    return this.#external === null ? this.#song?.byteOffsetOf(seconds) ?? null : null;
  }

  /**
   * Goes on elsewhere: what is pushed from now on stands at `offset` in the file, as
   * {@link byteOffsetOf} told for `seconds`, or at its beginning.
   */
  seek(offset: number, seconds: number): void {
    if (this.#song === null) return;
    if (this.#rewinding) {
      this.#rewinding = false;
      return;
    }
    if (this.#external !== null) return this.#restartExternal();
    this.#output?.cut();
    this.#song.restart(offset, seconds);
    this.#room.free();
    this.#fault = null;
    this.#wait(seconds);
    this.#pump ??= this.#pumpOf(this.#song);
    this.#pump.kick();
  }

  /** Holds the song. */
  pause(): void {
    if (this.#state !== "playing" && this.#state !== "buffering") return;
    if (this.#external?.pause() === false) return;
    this.#paused = true;
    this.#to("paused");
    this.#output?.halt();
  }

  /** Goes on after a pause, or after the speaker was lost. */
  resume(): void {
    if (this.#state !== "paused") return;
    this.#paused = false;
    this.#fault = null;
    if (this.#external !== null) {
      this.#external.resume();
      return this.#to("playing");
    }
    this.#openOutput();
    this.#to("buffering");
    this.#tryStart();
  }

  /** Ends the song and gives the speaker back; resolves when that is done. */
  async stop(): Promise<void> {
    this.#leave();
    this.#close(this.#output);
    this.#output = null;
    this.#to("idle");
    await this.#closing;
  }

  /** Stops, for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** What this song used is given back; the speaker is kept. */
  #leave(): void {
    this.#output?.cut();
    this.#pump?.[Symbol.dispose]();
    this.#song?.[Symbol.dispose]();
    this.#close(this.#external);
    this.#pump = null;
    this.#song = null;
    this.#external = null;
    this.#rewinding = false;
    this.#room.free();
  }

  #pumpOf(song: SongStream): DecodePump {
    return new DecodePump(song, {
      stepped: (step) => this.#stepped(step),
      bug: (error) => this.observer.bug(error),
    });
  }

  #openOutput(): void {
    if (this.#output !== null) return;
    const closed = this.#closing;
    const open: OpenSpeaker = async (events) => {
      await closed;
      return await this.options.openSpeaker(events);
    };
    this.#output = new MusicOutput(open, {
      next: () => this.#next(),
      opened: () => this.#tryStart(),
      lost: (fault) => this.#speakerLost(fault),
      bug: (error) => this.observer.bug(error),
    }, this.options.clock ?? SYSTEM_PACER_CLOCK);
    this.#output.volume = this.#volume;
    this.#output.ducked = this.#ducked;
  }

  #close(resource: AsyncDisposable | null): void {
    if (resource === null) return;
    const before = this.#closing;
    this.#closing = Promise.all([before, resource[Symbol.asyncDispose]()])
      .catch((error) => this.observer.bug(error));
  }

  /** From here on, a little of the song is awaited before it is heard. */
  #wait(position: number): void {
    this.#position = position;
    this.#needed = MUSIC_LIMITS.prebuffer;
    this.#to(this.#paused ? "paused" : "buffering");
  }

  #stepped(step: SongStep): void {
    const song = this.#song!;
    if (step === "hungry" || song.waiting <= MUSIC_LIMITS.waitingBytes) this.#room.free();
    if (step === "unplayable") this.#unplayable(song);
    else this.#tryStart();
  }

  #tryStart(): void {
    const song = this.#song;
    if (this.#state !== "buffering" || song === null || !this.#output?.device) return;
    if (song.ready * FRAME_MS < this.#needed && !song.over) return;
    this.#to("playing");
    this.#output.start();
  }

  /** The next frame for the speaker. */
  #next(): { readonly samples: Int16Array; readonly last: boolean } | null {
    const song = this.#song;
    const frame = song?.shift() ?? null;
    if (song === null || frame === null) {
      if (this.#state === "playing") this.#ranOut(song?.over ?? true);
      return null;
    }
    this.#position = frame.at + FRAME_MS / SECOND;
    this.#pump?.kick();
    return { samples: frame.samples, last: song.ready === 0 };
  }

  #ranOut(over: boolean): void {
    if (over) return this.#to("ended");
    this.#underruns++;
    this.#needed = MUSIC_LIMITS.rebuffer;
    this.#to("buffering");
    this.#pump?.kick();
  }

  #speakerLost(fault: DeviceFault): void {
    this.#close(this.#output);
    this.#output = null;
    // A program of its own has a speaker of its own.
    if (this.#external !== null || this.#song === null) return;
    this.#paused = true;
    this.#fault = { why: "speaker", fault };
    this.#to("paused");
  }

  #unplayable(song: SongStream): void {
    this.#pump?.[Symbol.dispose]();
    this.#pump = null;
    if (song.info !== null && song.sounded) {
      return this.#failed({ why: "damaged", detail: song.obstacle ?? "" });
    }
    if (!this.#startExternal(song.obstacle ?? "")) return;
    this.#rewinding = true;
    this.#room.free();
    this.observer.rewind();
  }

  /** Gives the song to another program. False where there is none. */
  #startExternal(detail: string): boolean {
    const programs = this.options.programs ?? MUSIC_PROGRAMS;
    const started = ExternalPlayer.start(programs, this.#volume, detail, (fault) => {
      if (this.#external !== started) return;
      if (fault !== null) this.#failed(fault);
      else this.#to("ended");
    });
    if (!(started instanceof ExternalPlayer)) {
      this.#failed(started);
      return false;
    }
    this.#external = started;
    // It needs the speaker, which may not take two.
    this.#close(this.#output);
    this.#output = null;
    if (this.#paused) started.pause();
    this.#to(this.#paused ? "paused" : "playing");
    return true;
  }

  /** Another program can only begin from the beginning. */
  #restartExternal(): void {
    this.#close(this.#external);
    this.#external = null;
    this.#startExternal(this.#song?.obstacle ?? "");
  }

  #failed(fault: PlaybackFault): void {
    this.#fault = fault;
    this.#room.free();
    this.#to("failed");
  }

  #to(state: PlaybackState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.observer.changed(this.status);
  }
}

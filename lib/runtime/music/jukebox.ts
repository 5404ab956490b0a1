import { extname } from "node:path";
import { CATALOGUE_NODE_LIMITS } from "../../music/catalogue/limits.ts";
import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { MusicFault, NowPlaying, SongRow } from "../../music/music_status.ts";
import type { FetchFault } from "../../music/reception_contract.ts";
import type { PlaybackFault, PlaybackStatus } from "../../media/music/playback_status.ts";
import type { DownloadFault } from "../../music/library_status.ts";
import { PIECE_BYTES } from "../../protocol/music/transfer_geometry.ts";
import { TRANSFER_LIMITS } from "../../music/transfer_limits.ts";
import { type PacerClock, SYSTEM_PACER_CLOCK } from "../sound/pacer.ts";
import { MusicPlayer } from "./playback/music_player.ts";
import type { MusicPlayerOptions } from "./playback/player_contract.ts";
import { SongFeed } from "./song_feed.ts";
import { type FindSources, SongFetch } from "./song_fetch.ts";
import type { ShelfPlace, SongShelf } from "./song_shelf.ts";
import type { Transfers } from "./transfers.ts";

/** What a {@link Jukebox} tells. */
export interface JukeboxObserver {
  /** The song begins, is paused, goes on, or waits for more. */
  changed(now: NowPlaying): void;
  /** `stopped` by the person, or it came to its end. */
  ended(song: SongRow, stopped: boolean): void;
  /** Something is wrong; `over` where the song ended by it. */
  fault(song: SongRow, fault: MusicFault, over: boolean): void;
  sourceChanged(song: SongRow, from: string, fault: FetchFault): void;
  bug(error: unknown): void;
}

/** The song that plays, and what belongs to it. */
interface Current {
  readonly song: CatalogueSong;
  readonly row: SongRow;
  readonly resources: AsyncDisposableStack;
  readonly feed: SongFeed;
  /** Null where all of the song was here. */
  fetch: SongFetch | null;
  place: ShelfPlace | null;
  /** Whether something of it was heard. */
  heard: boolean;
  /** Who sent the end of it; null where all of it was here. */
  source: string | null;
  /** Why no more of it comes, to be told when what came was heard; null where nothing is wrong. */
  cut: MusicFault | null;
  /** Where in the file it was gone to last. */
  offset: number;
}

/** Plays one song at a time, from here or while it comes from somebody else. */
export class Jukebox implements AsyncDisposable {
  readonly #player: MusicPlayer;
  readonly #clock: PacerClock;
  #current: Current | null = null;
  /** Which `play` is the last: opening takes time, and the person may have another idea. */
  #turn = 0;
  #limit: number | null = null;
  /** What is wrong with the place for played songs, as it was told last. */
  #toldNotKept: DownloadFault["why"] | null = null;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(
    readonly shelf: SongShelf,
    readonly transfers: Transfers,
    readonly find: FindSources,
    options: MusicPlayerOptions,
    readonly observer: JukeboxObserver,
  ) {
    this.#clock = options.clock ?? SYSTEM_PACER_CLOCK;
    this.#player = new MusicPlayer({
      changed: (status) => this.#changed(status),
      rewind: () => this.#rewind(),
      bug: (error) => observer.bug(error),
    }, options);
  }

  /** What plays, or null. */
  get now(): NowPlaying | null {
    const current = this.#current;
    return current === null ? null : this.#view(current, this.#player.status);
  }

  /** Whether there is a call beside it, which music gives way to; `limit` is bytes a second. */
  giveWay(ducked: boolean, limit: number | null): void {
    this.#player.ducked = ducked;
    this.#limit = limit;
    this.#current?.fetch?.limit(limit);
  }

  /** Plays a song in the place of the one that plays. */
  async play(song: CatalogueSong, row: SongRow): Promise<void> {
    const turn = ++this.#turn;
    const before = this.#current;
    this.#leave();
    // The same song may be under way: its place has to be free before it is taken again.
    await this.#closing;
    const resources = new AsyncDisposableStack();
    const here = await this.shelf.open(song.id);
    const notKept = (fault: DownloadFault) => this.#notKept(row, fault);
    const place = here === null ? await this.shelf.begin(song, notKept) : null;
    const bytes = here ?? place!.bytes;
    resources.use(bytes);
    if (place !== null) resources.use(place.kept);
    if (place !== null && place.store !== bytes) resources.use(place.store);
    if (turn !== this.#turn) return await resources.disposeAsync();
    if (place !== null && !this.transfers.hasPlace) {
      await Promise.all([resources.disposeAsync(), this.#player.stop()]);
      if (before !== null) this.observer.ended(before.row, true);
      const most = TRANSFER_LIMITS.receptions;
      return this.observer.fault(row, { why: "too_many", most }, true);
    }
    const feed = new SongFeed(this.#player, bytes, song.size, {
      fault: (fault) => this.#fail({ why: "download", fault }),
      bug: (error) => this.observer.bug(error),
    });
    resources.defer(() => feed.stop());
    const current: Current = {
      ...{ song, row, resources, feed, place },
      ...{ fetch: null, heard: false, source: null, cut: null, offset: 0 },
    };
    this.#current = current;
    this.#player.begin({ size: song.size, seconds: song.seconds });
    if (place !== null) {
      const { sources } = song;
      current.fetch = resources.use(this.#fetch(current, place, { sources, offset: 0 }));
    }
    feed.from(0);
  }

  /** False where nothing plays. */
  pause(): boolean {
    return this.#turnTo((current) => {
      this.#player.pause();
      current.fetch?.pause();
    });
  }

  /** False where nothing plays. */
  resume(): boolean {
    return this.#turnTo((current) => {
      current.fetch?.resume();
      this.#player.resume();
    });
  }

  /** Goes on elsewhere; false where that cannot be done. */
  seek(seconds: number): "sought" | "not_playing" | "cannot_seek" {
    const current = this.#current;
    if (current === null) return "not_playing";
    const length = this.#player.status.seconds;
    const offset = this.#player.byteOffsetOf(seconds);
    if (offset === null || (length !== null && seconds > length)) return "cannot_seek";
    this.#player.seek(offset, seconds);
    current.offset = offset;
    current.fetch?.seek(offset);
    current.feed.from(offset);
    this.#tell(current);
    return "sought";
  }

  /** Ends the song; false where there is none. */
  async stop(): Promise<boolean> {
    this.#turn += 1;
    const current = this.#current;
    this.#leave();
    await this.#player.stop();
    if (current !== null) this.observer.ended(current.row, true);
    return current !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#turn += 1;
    this.#leave();
    await this.#player[Symbol.asyncDispose]();
    await this.#closing;
  }

  #fetch(
    current: Current,
    place: ShelfPlace,
    { sources, offset }: { readonly sources: CatalogueSong["sources"]; readonly offset: number },
  ): SongFetch {
    const { row, feed } = current;
    const song = { ...current.song, sources };
    return new SongFetch(this.transfers, song, place.store, offset, this.#limit, this.find, {
      more: () => feed.more(),
      sourceLost: (name, fault) => this.observer.sourceChanged(row, name, fault),
      ended: (outcome) => {
        // A short song is all here before it is heard, and was sent by somebody all the same.
        current.source = current.fetch?.source ?? null;
        current.fetch = null;
        feed.more();
        if (outcome.kind === "finished") place.done(outcome.path);
        else if (outcome.kind === "fault" && this.#current === current) {
          this.#cutOff(current, outcome.fault);
        }
      },
      bug: (error) => this.observer.bug(error),
    });
  }

  /** Does something with the song, and tells how it is also where that changes nothing. */
  #turnTo(act: (current: Current) => void): boolean {
    const current = this.#current;
    if (current === null) return false;
    const before = this.#player.status.state;
    act(current);
    if (this.#player.status.state === before) this.#tell(current);
    return true;
  }

  #tell(current: Current): void {
    this.observer.changed(this.#view(current, this.#player.status));
  }

  #changed(status: PlaybackStatus): void {
    const current = this.#current;
    if (current === null) return;
    switch (status.state) {
      case "idle":
        return;
      case "ended":
        if (current.cut !== null) return this.#fail(current.cut);
        this.#leave();
        return endedEarly(status, current.song.seconds)
          ? this.observer.fault(current.row, { why: "damaged" }, true)
          : this.observer.ended(current.row, false);
      case "failed":
        return this.#fail(faultOf(current.row, status.fault));
    }
    // All that came was heard, or from here on all that did will be.
    if (status.state === "buffering" && current.cut !== null) current.feed.dry = true;
    if (status.state === "playing") current.heard = true;
    if (status.fault !== null) {
      this.observer.fault(current.row, faultOf(current.row, status.fault), false);
    }
    this.observer.changed(this.#view(current, status));
  }

  /** Another program needs all of the song. */
  #rewind(): void {
    const current = this.#current;
    if (current === null) return;
    this.#player.seek(0, 0);
    current.fetch?.seek(0);
    current.feed.from(0);
  }

  /**
   * No more of the song comes. What came of it is heard first, if any of it was; meanwhile somebody
   * may turn up who has it.
   */
  #cutOff(current: Current, fault: MusicFault): void {
    const { state, program } = this.#player.status;
    if (!current.heard) return this.#fail(fault);
    current.cut = fault;
    // Another program tells its end only when it has been given all.
    current.feed.dry = state === "buffering" || program !== null;
    if (fault.why === "fetch" && !current.feed.dry) this.#lookSoon(current);
  }

  #lookSoon(current: Current): void {
    const look = () => this.#lookAgain(current).catch((error) => this.observer.bug(error));
    const cancel = this.#clock.wake(look, CATALOGUE_NODE_LIMITS.lookAgain);
    current.resources.defer(cancel);
  }

  async #lookAgain(current: Current): Promise<void> {
    const { song, place } = current;
    const sources = await this.find(song);
    if (this.#current !== current || current.feed.dry || place === null) return;
    if (sources.length === 0) return this.#lookSoon(current);
    current.cut = null;
    const offset = current.offset;
    current.fetch = current.resources.use(this.#fetch(current, place, { sources, offset }));
  }

  /** Told once for each kind of trouble: the next song has the same. */
  #notKept(row: SongRow, fault: DownloadFault): void {
    if (this.#toldNotKept === fault.why) return;
    this.#toldNotKept = fault.why;
    this.observer.fault(row, { why: "not_kept", fault }, false);
  }

  #fail(fault: MusicFault): void {
    const current = this.#current;
    if (current === null) return;
    this.#leave();
    this.#closing = Promise.all([this.#closing, this.#player.stop()]);
    this.observer.fault(current.row, fault, true);
  }

  /** The song that plays gives back what it used. */
  #leave(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const closed = current.resources.disposeAsync().catch((error) => this.observer.bug(error));
    this.#closing = Promise.all([this.#closing, closed]);
  }

  #view(current: Current, status: PlaybackStatus): NowPlaying {
    const { row, fetch, place, heard, song } = current;
    const reception = fetch?.status ?? null;
    const waits = status.state === "buffering";
    const seconds = row.seconds ?? status.seconds;
    return {
      song: { ...row, seconds },
      state: status.state === "paused"
        ? "paused"
        : waits
        ? heard ? "buffering" : "starting"
        : "playing",
      position: status.position,
      buffered: status.program === null ? status.buffered : null,
      fetched: place === null || place.store.complete
        ? 1
        : (reception?.verifiedBytes ?? PIECE_BYTES * place.store.have.size) /
          Math.max(1, song.size),
      rate: reception?.rate ?? null,
      source: fetch === null ? current.source : fetch.source,
    };
  }
}

function faultOf({ name }: SongRow, fault: PlaybackFault | null): MusicFault {
  switch (fault?.why) {
    case "no_player":
      return { why: "no_decoder", format: extname(name).slice(1), flag: fault.flag };
    case "speaker":
      return { why: "no_speaker", fault: fault.fault };
    default:
      return { why: "damaged" };
  }
}

/**
 * Whether a song came to its end long before it should have, or before anything was heard: its file
 * is cut off, or was no music. What another program plays is not looked into.
 *
 * @param listed its length as the catalogue has it
 */
function endedEarly(
  { program, position, seconds, damaged }: PlaybackStatus,
  listed: number | null,
): boolean {
  if (program !== null) return false;
  const length = listed ?? seconds;
  return (damaged > 0 && position < 1) || (length !== null && position < 0.9 * length - 1);
}

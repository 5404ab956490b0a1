import { LIMITS } from "../../base/limits.ts";
import type { IpPort } from "../../base/address.ts";
import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { CatalogueStatus, LibraryStatus } from "../../music/library_status.ts";
import type { MusicCommand, MusicFault, MusicReport, Wanted } from "../../music/music_status.ts";
import type { CatalogueFile } from "../../protocol/music.ts";
import { openSpeaker } from "../sound/devices.ts";
import type { SoundChoice } from "../../media/sound_status.ts";
import type { UdpSocket } from "../udp_socket.ts";
import { CatalogueClient, type CatalogueServer } from "./catalogue_client.ts";
import { DownloadDesk } from "./download_desk.ts";
import { PlayCache } from "./downloads/play_cache.ts";
import { Jukebox } from "./jukebox.ts";
import { MusicLibrary } from "./library/music_library.ts";
import { MemorySongs } from "./memory_songs.ts";
import { MusicShares } from "./music_shares.ts";
import { SongFinder } from "./song_finder.ts";
import { SongShelf } from "./song_shelf.ts";
import type { FindSources } from "./song_fetch.ts";
import { Transfers } from "./transfers.ts";

/** Whose music it is, where the catalogue is and where files go. */
export interface MusicPeerOptions {
  readonly name: string;
  readonly server: CatalogueServer;
  readonly speaker: SoundChoice;
  /** Folders that are shared from the start. */
  readonly shares: readonly string[];
  /** Where downloads go. */
  readonly downloads: string;
  /** Where played songs are kept for the next time and for others; null for memory alone. */
  readonly cache: string | null;
  /** Bytes that the cache may take. */
  readonly cacheSize: number;
  /** Bytes a second to all listeners together; null is no limit. */
  readonly maxUpload: number | null;
}

/** What a {@link MusicPeer} tells. */
export interface MusicObserver {
  music(report: MusicReport): void;
  library(status: LibraryStatus): void;
  catalogue(status: CatalogueStatus): void;
  bug(error: unknown): void;
}

/** Everything that a peer does with music. */
export class MusicPeer implements AsyncDisposable {
  readonly #resources = new AsyncDisposableStack();
  readonly #asking = new AbortController();
  readonly #library: MusicLibrary;
  readonly #shelf: SongShelf;
  readonly #transfers: Transfers;
  readonly #catalogue: CatalogueClient;
  readonly #jukebox: Jukebox;
  readonly #downloads: DownloadDesk;
  readonly #finder: SongFinder;
  readonly #shares: MusicShares;
  readonly #queue: CatalogueSong[] = [];
  readonly #busy = new Set<Promise<void>>();
  #entered = false;

  private constructor(
    readonly options: MusicPeerOptions,
    socket: UdpSocket,
    library: MusicLibrary,
    readonly observer: MusicObserver,
  ) {
    const { name, server, speaker, cache, cacheSize, maxUpload } = options;
    const bug = (error: unknown) => observer.bug(error);
    this.#library = this.#resources.use(library);
    this.#transfers = this.#resources.use(new Transfers(socket, library, maxUpload, bug));
    this.#shelf = new SongShelf(
      library,
      cache === null ? null : new PlayCache(cache, cacheSize),
      new MemorySongs(LIMITS.memorySongs),
    );
    this.#shares = new MusicShares(library);
    this.#finder = new SongFinder(
      server,
      name,
      (id) => this.#shelf.has(id),
      this.#asking.signal,
    );
    const find: FindSources = (song) => this.#finder.sources(song);
    this.#catalogue = this.#resources.use(
      new CatalogueClient(server, { name, port: socket.port, random: Math.random }, {
        report: (status) => observer.catalogue(status),
        bug,
      }),
    );
    this.#downloads = this.#resources.use(
      new DownloadDesk(this.#shelf, this.#transfers, find, {
        changed: (download) => observer.music({ kind: "download", download }),
        sourceChanged: (song, from, fault) =>
          observer.music({ kind: "source_changed", song, from, to: null, fault }),
        bug,
      }),
    );
    this.#jukebox = this.#resources.use(
      new Jukebox(this.#shelf, this.#transfers, find, {
        openSpeaker: (events) => openSpeaker(speaker, events),
      }, {
        changed: (now) => observer.music({ kind: "now_playing", now, tick: false }),
        ended: (song, stopped) => {
          observer.music({ kind: "song_ended", song, stopped });
          if (!stopped) this.#goOn();
        },
        fault: (song, fault, over) => {
          observer.music({ kind: "music_fault", song, fault });
          if (over) this.#goOn();
        },
        sourceChanged: (song, from, fault) =>
          observer.music({ kind: "source_changed", song, from, to: null, fault }),
        bug,
      }),
    );
    const ticks = setInterval(() => this.#tick(), LIMITS.musicTick);
    this.#resources.defer(() => clearInterval(ticks));
  }

  /**
   * Shares what is to be shared from the start, and enters the catalogue.
   *
   * @param socket what comes in is to be given to {@link datagram}
   */
  static async open(
    options: MusicPeerOptions,
    socket: UdpSocket,
    observer: MusicObserver,
  ): Promise<MusicPeer> {
    let peer: MusicPeer | null = null;
    const library = await MusicLibrary.open(options.cache, {
      report: (status) => {
        if (peer === null || !peer.#shares.isOurs(status)) observer.library(status);
      },
      changed: () => {
        if (peer !== null) peer.#enter(library.files());
      },
      bug: (error) => observer.bug(error),
    });
    peer = new MusicPeer(options, socket, library, observer);
    peer.#begin();
    return peer;
  }

  /** Datagrams that were nothing that belongs on the music port, or not from whom they should be. */
  get refused(): number {
    return this.#transfers.refused;
  }

  /** A datagram came to the music port. */
  datagram(from: IpPort, bytes: Uint8Array): void {
    this.#transfers.datagram(from, bytes);
  }

  /** Does what the person wants. */
  submit(command: MusicCommand): void {
    this.#run(this.#command(command));
  }

  /** Sends the catalogue the list again: it may have lost it, or have it from an address of before. */
  listAgain(): void {
    if (this.#entered) this.#catalogue.share(this.#library.files());
  }

  /** Whether there is a call, which is heard above the music and goes first on the network. */
  set inCall(on: boolean) {
    const limit = on ? LIMITS.musicInCall : null;
    const { maxUpload } = this.options;
    this.#transfers.limit(on ? Math.min(maxUpload ?? Infinity, LIMITS.musicInCall) : maxUpload);
    this.#downloads.limit(limit);
    this.#jukebox.giveWay(on, limit);
  }

  /** Tells listeners, sources and the catalogue that we leave; resolves when that is out. */
  async leave(): Promise<void> {
    this.#asking.abort();
    this.#transfers.leave();
    if (this.#entered) await this.#catalogue.leave();
  }

  /** Ends everything. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#asking.abort();
    await this.#resources.disposeAsync();
    await Promise.all(this.#busy);
  }

  /** Who shares nothing is no node: the catalogue is entered with the first file. */
  #enter(files: readonly CatalogueFile[]): void {
    this.#catalogue.share(files);
    if (this.#entered || files.length === 0) return;
    this.#entered = true;
    this.#catalogue.start();
  }

  #begin(): void {
    const { shares, cache } = this.options;
    this.#run((async () => {
      if (cache !== null) await this.#shares.shareCache(cache);
      for (const path of shares) {
        const report = await this.#shares.share(path);
        if (report.kind === "share_refused") this.observer.music(report);
      }
    })());
  }

  #run(work: Promise<void>): void {
    const done = work.catch((error) => this.observer.bug(error)).finally(() =>
      this.#busy.delete(done)
    );
    this.#busy.add(done);
  }

  async #command(command: MusicCommand): Promise<void> {
    const music = (report: MusicReport) => this.observer.music(report);
    switch (command.kind) {
      case "share": {
        const { path } = command;
        return music(path === null ? this.#shares.report() : await this.#shares.share(path));
      }
      case "unshare":
        return music(await this.#shares.unshare(command.path));
      case "files":
        return music(await this.#finder.files(command.query));
      case "nodes":
        return music(await this.#finder.nodes());
      case "play":
        return await this.#with(command.wanted, (song) => this.#play(song));
      case "queue":
        if (command.wanted === null) return this.#tellQueue();
        return await this.#with(command.wanted, (song) => {
          if (this.#queue.length >= LIMITS.musicQueue) {
            return this.#fault({ why: "too_many", most: LIMITS.musicQueue });
          }
          this.#queue.push(song);
          this.#tellQueue();
        });
      case "next": {
        const next = this.#queue.shift();
        return next === undefined ? this.#fault({ why: "queue_empty" }) : await this.#play(next);
      }
      case "pause":
        return this.#jukebox.pause() ? undefined : this.#fault({ why: "not_playing" });
      case "resume":
        return this.#jukebox.resume() ? undefined : this.#fault({ why: "not_playing" });
      case "seek": {
        const why = this.#jukebox.seek(command.seconds);
        return why === "sought" ? undefined : this.#fault({ why });
      }
      case "stop":
        this.#queue.length = 0;
        return await this.#jukebox.stop() ? undefined : this.#fault({ why: "not_playing" });
      case "get":
        return await this.#with(command.wanted, (song) => {
          this.#downloads.get(song, this.#finder.row(song), command.to ?? this.options.downloads);
          this.#tellDownloads();
        });
      case "downloads":
        return this.#tellDownloads();
    }
  }

  /** Does something with the song that a person means. */
  async #with(wanted: Wanted, act: (song: CatalogueSong) => void | Promise<void>): Promise<void> {
    const found = await this.#finder.find(wanted);
    if (found.kind === "fault") this.#fault(found.fault);
    else await act(found.song);
  }

  async #play(song: CatalogueSong): Promise<void> {
    await this.#jukebox.play(song, this.#finder.row(song));
  }

  /** A song is over: the next of the queue plays, if there is one. */
  #goOn(): void {
    const next = this.#queue.shift();
    if (next !== undefined) this.#run(this.#play(next));
  }

  #tick(): void {
    const { now } = this.#jukebox;
    if (now !== null) this.observer.music({ kind: "now_playing", now, tick: true });
    for (const download of this.#downloads.running()) {
      this.observer.music({ kind: "download", download });
    }
  }

  #tellQueue(): void {
    const songs = this.#queue.map((song) => this.#finder.row(song));
    this.observer.music({ kind: "queue", songs });
  }

  #tellDownloads(): void {
    this.observer.music({ kind: "downloads", downloads: this.#downloads.rows() });
  }

  #fault(fault: MusicFault): void {
    this.observer.music({ kind: "music_fault", song: null, fault });
  }
}

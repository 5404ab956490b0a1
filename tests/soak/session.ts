import { Peer } from "../../lib/runtime/peer.ts";
import { CallScene } from "./call_scene.ts";
import { pause, someTime } from "./chance.ts";
import { ChatScene } from "./chat_scene.ts";
import { MusicScene } from "./music_scene.ts";
import { OverlayScene } from "./overlay_scene.ts";
import type { SongFile } from "./songs.ts";
import { fault, NAMESPACE, PATIENCE, type Stage } from "./world.ts";

/** Folders of a person: what is shared (null: nothing) and where downloads go. */
export interface Home {
  readonly share: string | null;
  readonly songs: readonly SongFile[];
  readonly downloads: string;
}

/** The four directories that a person is entered in before anything is done. */
type Entry = "chat" | "overlay" | "calls" | "music";

const TONE = 440;

/** A person from coming to leaving: one real peer, and what is done with it. */
export class Session {
  readonly #acting = new AbortController();
  readonly #gone = new AbortController();
  readonly #waiting: Set<Entry>;
  readonly #entered = Promise.withResolvers<void>();
  readonly peer: Peer;
  readonly chat: ChatScene;
  readonly overlay: OverlayScene;
  readonly calls: CallScene;
  readonly music: MusicScene;

  constructor(readonly stage: Stage, home: Home) {
    const { world, name } = stage;
    this.#waiting = new Set<Entry>(["chat", "overlay", "calls"]);
    if (home.share !== null) this.#waiting.add("music");
    const gone = this.#gone.signal;
    this.chat = new ChatScene(stage, (command) => this.peer.submit(command), gone);
    this.overlay = new OverlayScene(stage, (command) => this.peer.submitOverlay(command));
    this.calls = new CallScene(stage, {
      submit: (command) => this.peer.submitCall(command),
      sound: (command) => this.peer.submitSound(command),
    }, gone);
    this.music = new MusicScene(stage, home.songs, (command) => this.peer.submitMusic(command));
    this.peer = new Peer({
      name,
      namespace: NAMESPACE,
      server: world.plan.server,
      listen: 0,
      callPort: 0,
      musicPort: 0,
      sound: {
        microphone: { kind: "tone", hertz: TONE },
        speaker: { kind: "none" },
        halfDuplex: false,
      },
      music: {
        shares: home.share === null ? [] : [home.share],
        downloads: home.downloads,
        cache: null,
        cacheSize: 0,
        maxUpload: null,
      },
    }, {
      status: (status) => {
        if (status.kind === "registered") this.#enter("chat");
        this.chat.take(status);
      },
      report: (report) => {
        if (report.kind === "registered") this.#enter("overlay");
        this.overlay.take(report);
      },
      call: (status) => {
        if (status.kind === "registered") this.#enter("calls");
        this.calls.take(status);
      },
      sound: (report) => this.calls.takeSound(report),
      music: (report) => this.music.take(report),
      library: (status) => {
        if (status.kind === "folder_lost") fault(stage, "music: folder lost");
      },
      catalogue: (status) => {
        if (status.kind === "music_registered") this.#enter("music");
        this.music.takeCatalogue(status);
      },
      bug: (error) => fault(stage, `bug: ${error instanceof Error ? error.stack : error}`),
    });
  }

  /** Resolves when the person is entered everywhere. */
  async entered(): Promise<void> {
    const waited = new AbortController();
    const late = pause(PATIENCE, waited.signal).then(() => {
      if (waited.signal.aborted) return;
      fault(this.stage, `not entered: ${[...this.#waiting].join(", ")}`);
    });
    await Promise.race([this.#entered.promise, late]);
    waited.abort();
    this.stage.world.tally.add("people: joins");
  }

  /** Does what people do, for so many milliseconds or until `signal`. */
  async live(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { pace } = this.stage.world.plan;
    const acting = AbortSignal.any([signal, this.#acting.signal]);
    const scenes = [
      this.#again(pace.conversation, acting, (until) => this.chat.act(until)),
      this.#again(pace.unicast, acting, (until) => this.overlay.tellOne(until)),
      this.#again(pace.broadcast, acting, (until) => this.overlay.tellAll(until)),
      this.#again(pace.call, acting, (until) => this.calls.act(until)),
      this.#again(pace.song, acting, (until) => this.music.act(until)),
    ];
    await pause(milliseconds, signal);
    this.#acting.abort();
    await Promise.all(scenes);
  }

  /** Leaves as a person does who types `/exit`. */
  async leave(): Promise<void> {
    this.stage.world.tally.add("people: left properly");
    await this.overlay.farewell(this.#gone.signal);
    this.calls.farewell();
    this.chat.farewell();
    await this.peer.leave();
    await this.#end();
  }

  /** Goes without a word, as a killed program does. */
  async vanish(): Promise<void> {
    const { tally } = this.stage.world;
    tally.add("people: vanished");
    if (this.calls.connected) tally.add("people: vanished in a call");
    else if (this.calls.calling) tally.add("people: vanished while calling");
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#gone.abort();
    this.chat.over();
    await this.peer[Symbol.asyncDispose]();
  }

  async #again(
    mean: number,
    signal: AbortSignal,
    act: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      await pause(someTime(mean, this.stage.random), signal);
      if (signal.aborted) return;
      await act(signal);
    }
  }

  #enter(entry: Entry): void {
    this.#waiting.delete(entry);
    if (this.#waiting.size === 0) this.#entered.resolve();
  }
}

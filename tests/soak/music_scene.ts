import type { CatalogueStatus } from "../../lib/music/library_status.ts";
import type {
  DownloadRow,
  MusicCommand,
  MusicFault,
  MusicReport,
} from "../../lib/music/music_status.ts";
import { oneOf, pause, someTime } from "./chance.ts";
import { Inbox } from "./inbox.ts";
import { digestOf, type SongFile } from "./songs.ts";
import { fault, PATIENCE, type Stage } from "./world.ts";

/** Part of songs that are heard and not fetched. */
const HEARD = 0.4;

/** A person with music: shares some songs, fetches others and looks at every byte of them. */
export class MusicScene {
  readonly #inbox = new Inbox<MusicReport>();

  /** @param own songs that this person shares */
  constructor(
    readonly stage: Stage,
    readonly own: readonly SongFile[],
    readonly submit: (command: MusicCommand) => void,
  ) {}

  /** Takes what music tells. */
  take(report: MusicReport): void {
    const { tally } = this.stage.world;
    this.#inbox.take(report);
    if (report.kind === "source_changed") {
      tally.add(`music: sources left, ${report.fault}`);
    } else if (report.kind === "share_refused") {
      fault(this.stage, `music: share_refused, ${report.fault.why}`);
    }
  }

  /** Takes what is told of the own entry in the catalogue. */
  takeCatalogue(status: CatalogueStatus): void {
    const { tally } = this.stage.world;
    switch (status.kind) {
      case "music_registered":
        return tally.add("music: nodes registered");
      case "music_server_away":
        return tally.add("music: server away");
      case "music_refused":
        return fault(this.stage, `music: refused, ${status.error}`);
    }
  }

  /** One song that others have: heard while it comes, or fetched as a file. */
  async act(signal: AbortSignal): Promise<void> {
    const { random, world } = this.stage;
    const song = oneOf(world.plan.songs.filter((one) => !this.own.includes(one)), random);
    await (random() < HEARD ? this.#hear(song, signal) : this.#fetch(song, signal));
  }

  async #hear({ name }: SongFile, signal: AbortSignal): Promise<void> {
    const { random, world } = this.stage;
    const { tally } = world;
    const begins = this.#inbox.next(
      (report) =>
        report.kind === "music_fault" ||
        report.kind === "now_playing" && report.now.state === "playing",
      2 * PATIENCE,
      signal,
    );
    tally.add("music: songs to be heard");
    this.submit({ kind: "play", wanted: { kind: "query", query: name } });
    const came = await begins;
    if (came === null) {
      tally.add("music: songs not heard, left");
      if (!signal.aborted) fault(this.stage, "music: a song does not begin");
      return;
    }
    if (came.kind === "music_fault") {
      return tally.add(`music: songs not heard, ${wordsFor(came.fault)}`);
    }
    tally.add("music: songs heard");
    let over = false;
    const ends = this.#inbox.next(
      ({ kind }) => kind === "song_ended" || kind === "music_fault",
      PATIENCE,
      signal,
    );
    ends.then(() => over = true);
    await pause(someTime(world.plan.pace.talk, random), signal);
    if (!over) this.submit({ kind: "stop" });
    if (await ends === null && !signal.aborted) fault(this.stage, "music: a song does not end");
  }

  async #fetch(song: SongFile, signal: AbortSignal): Promise<void> {
    const { world } = this.stage;
    const answer = this.#inbox.next(
      (report) =>
        report.kind === "music_fault" ||
        report.kind === "download" && report.download.state.kind !== "running",
      // A queue of others may be before us at its sources, each several times.
      2 * PATIENCE,
      signal,
    );
    world.tally.add("music: songs wanted");
    this.submit({ kind: "get", wanted: { kind: "query", query: song.name }, to: null });
    const came = await answer;
    if (came === null) {
      world.tally.add("music: songs given up by leaving");
      if (!signal.aborted) fault(this.stage, "music: nothing came of a download");
    } else if (came.kind === "download") await this.#over(came.download, song);
    else if (came.kind === "music_fault") this.#failed(came.fault);
  }

  async #over({ state }: DownloadRow, song: SongFile): Promise<void> {
    if (state.kind === "failed") return this.#failed(state.fault);
    if (state.kind !== "done") return;
    const { tally } = this.stage.world;
    const bytes = await Deno.readFile(state.path);
    await Deno.remove(state.path);
    if (digestOf(bytes) !== song.id) {
      tally.add("music: songs broken");
      return fault(this.stage, `music: ${song.name} has come with other bytes`);
    }
    tally.add("music: songs whole");
    tally.add("music: bytes fetched", bytes.length);
  }

  #failed(why: MusicFault): void {
    this.stage.world.tally.add(`music: songs not fetched, ${wordsFor(why)}`);
  }
}

/** A fault in stable words. */
function wordsFor(why: MusicFault): string {
  if (!("fault" in why)) return why.why;
  return `${why.why}, ${typeof why.fault === "string" ? why.fault : why.fault.why}`;
}

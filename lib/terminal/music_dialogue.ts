import type { CatalogueStatus, LibraryStatus } from "../music/library_status.ts";
import type {
  DownloadRow,
  MusicCommand,
  MusicFault,
  MusicReport,
  NowPlaying,
} from "../music/music_status.ts";
import { toMusicCommand, type TypedMusicCommand } from "./commands/music_command.ts";
import type { Translator } from "./messages/catalogue.ts";
import type { Painter } from "./text/painter.ts";
import { libraryLines } from "./views/library_view.ts";
import { catalogueLines } from "./views/music_catalogue.ts";
import type { MusicReportOf, MusicViewContext } from "./views/music_context.ts";
import { musicRow } from "./views/music_row.ts";
import { musicLines } from "./views/music_view.ts";
import { type PlayingEvent, playingLine } from "./views/now_playing.ts";

/** What a {@link MusicDialogue} shows with. */
export interface MusicDialogueOptions {
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the catalogue. */
  readonly catalogue: string;
  /** Width of the terminal. */
  readonly columns: () => number;
}

type CommandKind = MusicCommand["kind"];

/** Which reports answer a command, besides a fault. */
const ANSWERS: Readonly<Record<CommandKind, readonly MusicReport["kind"][]>> = {
  share: ["shares", "share_refused"],
  unshare: ["shares", "share_refused"],
  files: ["songs"],
  nodes: ["nodes"],
  play: ["now_playing"],
  queue: ["queue"],
  next: ["now_playing"],
  pause: ["now_playing"],
  resume: ["now_playing"],
  seek: ["now_playing"],
  stop: ["song_ended"],
  get: ["downloads"],
  downloads: ["downloads"],
};

/** Commands that have nothing to do with a certain song: a fault of one is no answer to them. */
const ABOUT_NO_SONG: readonly CommandKind[] = ["share", "unshare", "files", "nodes", "downloads"];

/** Commands that may change nothing, a second pause say: then the next tick is their answer. */
const ANSWERED_BY_TICK: readonly CommandKind[] = ["pause", "resume"];

/** Faults that a song which plays ends by; by the others it is paused or something was not done. */
const ENDS_SONG: ReadonlySet<MusicFault["why"]> = new Set([
  "fetch",
  "download",
  "no_decoder",
  "damaged",
]);

/**
 * One person's side of music: commands become what the music understands, reports and statuses
 * become lines and the status row, and what lies between them is remembered: what was asked and is
 * not answered yet, what plays, what is being downloaded and read.
 */
export class MusicDialogue {
  readonly #awaited = new Set<CommandKind>();
  readonly #downloads = new Map<string, DownloadRow>();
  /** As it was told last, with every tick. */
  #now: NowPlaying | null = null;
  /** What was told of it last without a tick, which is what lines are made of. */
  #told: { readonly id: string; readonly state: NowPlaying["state"] } | null = null;
  /** Whether the song that plays has had its line. */
  #begun = false;
  #reading: (LibraryStatus & { readonly kind: "reading" }) | null = null;

  constructor(readonly options: MusicDialogueOptions) {}

  /** Whether a command was not answered yet. */
  get busy(): boolean {
    return this.#awaited.size > 0;
  }

  /** What plays, is downloaded and is read right now, in one row; null for nothing of it. */
  get status(): string | null {
    const running = [...this.#downloads.values()];
    return musicRow({ now: this.#now, running, reading: this.#reading }, this.#context);
  }

  /** The command for the music; what answers it has to come to {@link lines}. */
  command(typed: TypedMusicCommand): MusicCommand {
    const command = toMusicCommand(typed);
    this.#awaited.add(command.kind);
    return command;
  }

  /** The lines that tell the person a report; {@link status} may be another one then. */
  lines(report: MusicReport): string[] {
    if (report.kind === "now_playing") {
      const lines = this.#playing(report);
      this.#answered(report);
      return lines;
    }
    this.#answered(report);
    this.#learn(report);
    return musicLines(report, this.#context);
  }

  /** The lines that tell the person a status of the shared folders. */
  libraryLines(status: LibraryStatus): string[] {
    if (status.kind === "reading") {
      this.#reading = status.doneFiles < status.files ? status : null;
    } else this.#reading = null;
    return libraryLines(status, this.#context);
  }

  /** The lines that tell the person a status of the own entry in the catalogue. */
  catalogueLines(status: CatalogueStatus): string[] {
    // The program is ending: nothing more is going to be answered.
    if (status.kind === "music_left") this.#awaited.clear();
    return catalogueLines(status, this.#context);
  }

  get #context(): MusicViewContext {
    const { say, paint, catalogue, columns } = this.options;
    return { say, paint, columns: columns(), server: catalogue };
  }

  #playing({ now, tick }: MusicReportOf<"now_playing">): string[] {
    this.#now = now;
    if (tick) return [];
    const event = this.#event(now);
    this.#told = { id: now.song.id, state: now.state };
    return event === null ? [] : [playingLine(event, now, this.options)];
  }

  /** What is new about the song; null for nothing that is worth a line. */
  #event({ song, state }: NowPlaying): PlayingEvent | null {
    const before = this.#told?.id === song.id ? this.#told.state : null;
    if (before === null) this.#begun = false;
    if (state === "starting") {
      this.#begun = false;
      return before === "starting" ? null : "starting";
    }
    if (!this.#begun && state === "playing") {
      this.#begun = true;
      return "begins";
    }
    if (this.#awaited.has("seek")) return "elsewhere";
    if (state === "paused") return before === "paused" ? null : "paused";
    return before === "paused" ? "goes_on" : null;
  }

  /** Forgets what a report answers. */
  #answered(report: MusicReport): void {
    for (const kind of this.#awaited) {
      if (answers(kind, report)) this.#awaited.delete(kind);
    }
  }

  #learn(report: MusicReport): void {
    switch (report.kind) {
      case "song_ended":
        return this.#over();
      case "music_fault":
        if (report.song?.id === this.#now?.song.id && ENDS_SONG.has(report.fault.why)) this.#over();
        return;
      case "downloads":
        this.#downloads.clear();
        for (const download of report.downloads) this.#learnDownload(download);
        return;
      case "download":
        return this.#learnDownload(report.download);
    }
  }

  #over(): void {
    this.#now = this.#told = null;
  }

  #learnDownload(download: DownloadRow): void {
    const { id } = download.song;
    if (download.state.kind === "running") this.#downloads.set(id, download);
    else this.#downloads.delete(id);
  }
}

/** Whether a report is the answer to a command of a kind. */
function answers(kind: CommandKind, report: MusicReport): boolean {
  switch (report.kind) {
    case "music_fault":
      return report.song === null || !ABOUT_NO_SONG.includes(kind);
    case "now_playing":
      if (report.tick) return ANSWERED_BY_TICK.includes(kind);
      return ANSWERS[kind].includes("now_playing");
    default:
      return ANSWERS[kind].includes(report.kind);
  }
}

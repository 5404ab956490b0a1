import type { CallCommand } from "../call/contract.ts";
import type { CallStatus } from "../call/status.ts";
import type { ChatCommand, ChatStatus, Partner } from "../chat/status.ts";
import type { SoundCommand, SoundReport } from "../media/sound_status.ts";
import type { CatalogueStatus, LibraryStatus } from "../music/library_status.ts";
import type { MusicCommand, MusicReport } from "../music/music_status.ts";
import type { OverlayCommand } from "../overlay/contract.ts";
import type { OverlayReport } from "../overlay/reports.ts";
import { CallDialogue } from "./call_dialogue.ts";
import { toChatCommand } from "./commands/chat_command.ts";
import type { Command } from "./commands/commands.ts";
import { complete } from "./commands/complete.ts";
import { helpLines } from "./commands/help.ts";
import { type KnownNames, parseInput } from "./commands/parse_input.ts";
import type { Console } from "./console/console.ts";
import type { PeerMessage } from "./message_trace.ts";
import type { Translator } from "./messages/catalogue.ts";
import { MusicDialogue } from "./music_dialogue.ts";
import { NameMarks, paintMarks } from "./name_marks.ts";
import { OverlayDialogue } from "./overlay_dialogue.ts";
import { askName } from "./questions.ts";
import { Ringer } from "./ringer.ts";
import type { Painter } from "./text/painter.ts";
import { printable } from "./text/printable.ts";
import { chatLines } from "./views/chat_view.ts";
import { type Dropped, droppedTable } from "./views/dropped_table.ts";
import { nameOf } from "./views/peer_label.ts";
import { type PhoneView, promptText } from "./views/prompt.ts";
import { type Note, Welcome } from "./welcome.ts";

export type { Note };

/** The running peer, as far as its screen needs it. */
export interface PeerHandle {
  readonly chat: {
    readonly name: string;
    readonly active: Partner | null;
    readonly partners: readonly Partner[];
    /** Whether something that the person asked for is still under way. */
    readonly busy: boolean;
  };
  /** What the telephone is doing; null before there is one. */
  readonly call: PhoneView | null;
  readonly dropped: Dropped;
  submit(command: ChatCommand): void;
  submitOverlay(command: OverlayCommand): void;
  submitCall(command: CallCommand): void;
  submitSound(command: SoundCommand): void;
  submitMusic(command: MusicCommand): void;
}

/** What a {@link PeerScreen} shows with. */
export interface ScreenOptions {
  readonly console: Console;
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the server's chat port, and of its registry port. */
  readonly server: string;
  readonly rendezvous: string;
  /** One's own namespace. */
  readonly namespace: string;
  /** Whether the messages of calls and of their registry are not shown before `/watch on`. */
  readonly quiet: boolean;
  /** Whether the microphone is shut while the other side speaks, from the start. */
  readonly halfDuplex: boolean;
}

/** Why the person's part of the program is over, as an exit code. */
export type ExitCode = 0 | 1;

/** Everything between one person and their peer: commands in, sentences out. */
export class PeerScreen {
  readonly #marks = new NameMarks();
  /** The options, with a painter that marks names which can be taken for others. */
  readonly #marked: ScreenOptions;
  readonly #known = new Set<string>();
  readonly #overlay: OverlayDialogue;
  readonly #calls: CallDialogue;
  readonly #music: MusicDialogue;
  readonly #ringer: Ringer;
  readonly #started = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<ExitCode>();
  #peer: PeerHandle | null = null;
  #welcome: Welcome;
  #settled: (() => void) | null = null;

  constructor(readonly options: ScreenOptions) {
    const columns = () => options.console.columns;
    this.#marked = { ...options, paint: paintMarks(options.paint, this.#marks) };
    this.#ringer = new Ringer(() => options.console.bell());
    this.#overlay = new OverlayDialogue({
      ...this.#marked,
      name: () => this.#handle.chat.name,
      columns,
    });
    this.#calls = new CallDialogue({
      ...this.#marked,
      registry: options.rendezvous,
      interactive: options.console.interactive,
      columns,
    });
    this.#music = new MusicDialogue({ ...this.#marked, catalogue: options.rendezvous, columns });
    this.#welcome = new Welcome(options, []);
  }

  /**
   * Shows the peer whose statuses arrive from now on.
   *
   * @param notes what to say in the welcome besides the commands: ports, how others join
   */
  attach(peer: PeerHandle, notes: readonly Note[]): void {
    this.#peer = peer;
    this.#welcome = new Welcome(this.options, notes);
    this.options.console.setCompleter((line) => complete(line, this.#names()));
    this.#prompt();
  }

  /** Tells the person a status. */
  status(status: ChatStatus): void {
    const { console, say, paint, server } = this.#marked;
    this.#learn(status);
    const asks = status.kind === "name_refused" && !status.held && console.interactive;
    if (!asks) {
      this.#print(chatLines(status, { say, paint, server }, Date.now()));
    }
    if (status.kind === "registered" && !status.again) this.#welcome.greet(status.name);
    if (status.kind === "server_away") this.#welcome.showCommands();
    if (status.kind === "name_refused" && !status.held) this.#nameRefused(status.name);
    if (status.kind === "registered" || status.kind === "server_away") this.#started.resolve();
    this.#prompt();
    this.#checkSettled();
  }

  /** Tells the person a report of the overlay. */
  report(report: OverlayReport): void {
    if (report.kind === "peers") this.#see(report.peers.map(({ peer }) => nameOf(peer)));
    this.#print(this.#overlay.lines(report, Date.now()));
    if (report.kind === "own_metrics") {
      const { say, console: { columns } } = this.options;
      this.#print(droppedTable(this.#handle.dropped, { say, columns }));
    }
    this.#checkSettled();
  }

  /** Tells the person a status of calls; it rings for as long as somebody is calling. */
  call(status: CallStatus): void {
    this.#ringer.ringing = this.#peer?.call?.phone === "invited";
    this.#print(this.#calls.lines(status, Date.now()));
    this.#prompt();
    this.#checkSettled();
  }

  /** Tells the person a report about the sound of calls. */
  sound(report: SoundReport): void {
    this.#print(this.#calls.soundLines(report, Date.now()));
    if (report.kind === "test" || report.kind === "test_ended") this.#prompt();
    this.#checkSettled();
  }

  /** Shows a message of calls or of their registry, unless that is not wanted. */
  callMessage(message: PeerMessage): void {
    this.#print(this.#calls.messageLines(message, Date.now()));
  }

  /** Tells the person how many messages of calls were not shown. */
  callMessagesHidden(count: number): void {
    this.#print(this.#calls.hiddenLines(count));
  }

  /** Tells the person a report about music. */
  music(report: MusicReport): void {
    if (report.kind === "nodes") this.#see(report.nodes.map(({ name }) => name));
    this.#musical(this.#music.lines(report));
  }

  /** Tells the person a status of the folders that they share. */
  library(status: LibraryStatus): void {
    this.#musical(this.#music.libraryLines(status));
  }

  /** Tells the person a status of their entry in the catalogue of music. */
  catalogue(status: CatalogueStatus): void {
    this.#musical(this.#music.catalogueLines(status));
  }

  /** Reads commands until the person leaves or the input ends. */
  run(): Promise<ExitCode> {
    return Promise.race([this.#read(), this.#ended.promise]);
  }

  /** Ends {@link run} from outside: a signal, a name that cannot be had. */
  end(code: ExitCode): void {
    this.#ended.resolve(code);
  }

  get #handle(): PeerHandle {
    if (this.#peer === null) throw new TypeError("no peer is attached");
    return this.#peer;
  }

  async #read(): Promise<ExitCode> {
    // What was typed ahead waits until there is a server, or none.
    await this.#started.promise;
    for await (const line of this.options.console.lines()) {
      if (this.#enter(line) === "exit") break;
      this.#prompt();
      // A script's next line counts on what this one has brought about.
      if (!this.options.console.interactive) await this.#untilSettled();
    }
    return 0;
  }

  #enter(line: string): "exit" | void {
    const { console, say, paint } = this.options;
    const input = parseInput(line, this.#names());
    switch (input.kind) {
      case "empty":
        return;
      case "text":
        return this.#handle.submit({ kind: "say", text: input.text });
      case "mistake":
        return console.print(paint.warn(say.sentence(input)));
      case "command":
        return this.#command(input);
    }
  }

  #command(typed: Command): "exit" | void {
    const { console, say } = this.options;
    switch (typed.system) {
      case "chat":
        return this.#handle.submit(toChatCommand(typed));
      case "overlay":
        // Both systems have peers, and the person wants to see them all.
        if (typed.command === "peers") this.#handle.submit({ kind: "peers" });
        if (typed.command === "watch") this.#calls.watch(typed.values.on);
        return this.#handle.submitOverlay(this.#overlay.command(typed));
      case "call": {
        const action = this.#calls.command(typed);
        return action.kind === "call"
          ? this.#handle.submitCall(action.command)
          : this.#handle.submitSound(action.command);
      }
      case "music":
        return this.#handle.submitMusic(this.#music.command(typed));
      case "program":
        if (typed.command === "exit") return "exit";
        this.#print(helpLines(say, typed.values.command, console.columns));
    }
  }

  #musical(lines: readonly string[]): void {
    this.#print(lines);
    this.options.console.setStatus(this.#music.status);
    this.#checkSettled();
  }

  /** Prints lines, and what the marks in them mean. */
  #print(lines: readonly string[]): void {
    for (const line of [...lines, ...this.#marks.explanations(this.options)]) {
      this.options.console.print(line);
    }
  }

  get #busy(): boolean {
    const { chat } = this.#handle;
    return chat.busy || this.#overlay.busy || this.#calls.busy || this.#music.busy;
  }

  #untilSettled(): Promise<void> {
    if (!this.#busy) return Promise.resolve();
    return new Promise((resolve) => this.#settled = resolve);
  }

  #checkSettled(): void {
    if (!this.#busy) this.#settled?.();
  }

  /** What is about to be shown together is compared with each other. */
  #see(names: Iterable<string>): void {
    for (const name of names) this.#marks.see(name);
  }

  #learn(status: ChatStatus): void {
    if (status.kind === "registered") this.#marks.see(status.name);
    if (status.kind === "users" || status.kind === "registered") {
      this.#known.clear();
      this.#see(status.names);
      for (const name of status.names) this.#known.add(name);
    }
    if (status.kind === "opened" && status.partner.verified) this.#known.add(status.partner.name);
  }

  #names(): KnownNames {
    return {
      ...this.#overlay.names,
      callable: [...this.#known, ...this.#calls.names],
      active: this.#known,
      open: this.#handle.chat.partners.map(({ label }) => label),
    };
  }

  #prompt(): void {
    const active = this.#peer?.chat.active ?? null;
    const call = this.#peer?.call ?? null;
    this.options.console.setPrompt(promptText(active, call, this.#calls.meter, this.#marked));
  }

  async #nameRefused(refused: string): Promise<void> {
    const { console, say } = this.options;
    if (!console.interactive) return this.end(1);
    const name = await askName(console, say, say("ask.name_taken", { name: printable(refused) }));
    if (name === null) this.end(1);
    else this.#handle.submit({ kind: "rename", name });
  }
}

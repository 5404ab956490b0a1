/** A screen for tests: a console that remembers what it was told, and a peer that does nothing. */
import type { CallCommand } from "../../lib/call/contract.ts";
import { newCallCounters } from "../../lib/call/counters.ts";
import type { ChatCommand } from "../../lib/chat/status.ts";
import type { SoundCommand } from "../../lib/media/sound_status.ts";
import type { MusicCommand } from "../../lib/music/music_status.ts";
import type { OverlayCommand } from "../../lib/overlay/contract.ts";
import type { Completion, Console } from "../../lib/terminal/console/console.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { type PeerHandle, PeerScreen, type ScreenOptions } from "../../lib/terminal/peer_screen.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";
import type { PhoneView } from "../../lib/terminal/views/prompt.ts";

/** A console without a terminal: lines are typed by {@link type}, what is shown is kept. */
export class RecordingConsole implements Console {
  readonly columns = 80;
  readonly printed: string[] = [];
  prompt = "";
  status: string | null = null;
  bells = 0;
  complete: (line: string) => Completion = () => ({ candidates: [], replaced: "" });
  readonly #typed: string[] = [];
  #waiting: ((line: string | null) => void) | null = null;
  #taken: (() => void) | null = null;

  constructor(readonly interactive: boolean) {}

  /** Types a line; resolves when the one after it is asked for. */
  type(line: string): Promise<void> {
    return new Promise((resolve) => {
      this.#taken = resolve;
      if (this.#waiting === null) this.#typed.push(line);
      else this.#waiting(line);
      this.#waiting = null;
    });
  }

  /** Whether the line after the last one is asked for. */
  get isAskedFor(): boolean {
    return this.#waiting !== null;
  }

  async *lines(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      const line = this.#typed.shift() ?? await new Promise<string | null>((resolve) => {
        this.#waiting = resolve;
        this.#taken?.();
      });
      if (line === null) return;
      yield line;
    }
  }

  print(line: string): void {
    this.printed.push(line);
  }

  printToCopy(line: string): void {
    this.print(line);
  }

  setPrompt(text: string): void {
    this.prompt = text;
  }

  setStatus(text: string | null): void {
    this.status = text;
  }

  setCompleter(complete: (line: string) => Completion): void {
    this.complete = complete;
  }

  ask(): Promise<null> {
    return Promise.resolve(null);
  }

  bell(): void {
    this.bells += 1;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

/** A peer that remembers what was asked of it. */
export class RecordingPeer implements PeerHandle {
  readonly chat = { name: "Eu", active: null, partners: [], busy: false };
  readonly asked: (ChatCommand | OverlayCommand | CallCommand | SoundCommand | MusicCommand)[] = [];
  readonly dropped = { connections: 1, chat: 2, call: newCallCounters(), music: 9 };
  call: PhoneView | null = null;
  #told: (() => void) | null = null;

  /** Resolves when something is asked for. */
  nextCommand(): Promise<void> {
    return new Promise((resolve) => this.#told = resolve);
  }

  submit(command: ChatCommand): void {
    this.#ask(command);
  }

  submitOverlay(command: OverlayCommand): void {
    this.#ask(command);
  }

  submitCall(command: CallCommand): void {
    this.#ask(command);
  }

  submitSound(command: SoundCommand): void {
    this.#ask(command);
  }

  submitMusic(command: MusicCommand): void {
    this.#ask(command);
  }

  #ask(command: RecordingPeer["asked"][number]): void {
    this.asked.push(command);
    this.#told?.();
  }
}

/** A screen with its console and its peer, registered in the chat, in English. */
export function openScreen(changes: Partial<ScreenOptions> = {}, interactive = true) {
  const console = new RecordingConsole(interactive);
  const peer = new RecordingPeer();
  const screen = new PeerScreen({
    console,
    say: translator("en"),
    paint: createPainter(false),
    server: "10.0.0.1:10000",
    rendezvous: "10.0.0.1:5000",
    namespace: "UnB",
    quiet: false,
    halfDuplex: false,
    ...changes,
  });
  screen.attach(peer, []);
  screen.status({ kind: "registered", name: "Eu", names: ["Ana"], again: false });
  return { screen, console, peer };
}

import { SECOND } from "../base/units.ts";
import type { CallStatus } from "../call/status.ts";
import type { SoundCommand, SoundReport } from "../media/sound_status.ts";
import { type CallAction, toCallAction, type TypedCallCommand } from "./commands/call_command.ts";
import type { Translator } from "./messages/catalogue.ts";
import { MessageTrace, type PeerMessage } from "./message_trace.ts";
import { remember } from "./remember.ts";
import type { Painter } from "./text/painter.ts";
import { callLines } from "./views/call_view.ts";
import { uncoloured } from "./views/chat_view.ts";
import { soundLines } from "./views/sound_view.ts";

/** Least time between two lines of the level meter, where there is no prompt to show it in. */
const METER_INTERVAL = SECOND;

/** What a {@link CallDialogue} shows with. */
export interface CallDialogueOptions {
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the registry of calls. */
  readonly registry: string;
  /** Width of the terminal. */
  readonly columns: () => number;
  /** Whether a person sits at a terminal. */
  readonly interactive: boolean;
  /** Whether the microphone is shut while the other side speaks, from the start. */
  readonly halfDuplex: boolean;
  /** Whether messages are not shown before `/watch on`. */
  readonly quiet: boolean;
}

/** Which report answers a command about sound. */
const ANSWERS = {
  mute: "muted",
  volume: "volume",
  half_duplex: "half_duplex",
  devices: "devices",
  test: "test_ended",
  stats: "stats",
} as const satisfies Readonly<Record<SoundCommand["kind"], SoundReport["kind"]>>;

/**
 * One person's side of calls: commands become what the telephone and the sound understand, statuses
 * and reports become lines, and what lies between them is remembered: what was asked and is not
 * answered yet, and who has to do with calls.
 */
export class CallDialogue {
  readonly #trace: MessageTrace;
  readonly #names = new Set<string>();
  /** Whom `/who` was asked about, and whom `/call` is calling. */
  readonly #asked = new Set<string>();
  #calling: string | null = null;
  /** Reports that are waited for. */
  readonly #awaited = new Set<SoundReport["kind"]>();
  #halfDuplex: boolean;
  #port: number | null = null;
  /** Who calls, or is called, and does not talk yet. */
  #ringing: string | null = null;
  #meter: { readonly phase: string; readonly text: string; readonly at: number } | null = null;

  constructor(readonly options: CallDialogueOptions) {
    const { say, paint, quiet } = options;
    this.#trace = new MessageTrace({ say, paint, on: !quiet });
    this.#halfDuplex = options.halfDuplex;
  }

  /** Whether a command was not answered yet: a call is when it is connected or came to nothing. */
  get busy(): boolean {
    return this.#asked.size > 0 || this.#calling !== null || this.#awaited.size > 0;
  }

  /** Who called, was called or was found in the registry, to complete names with. */
  get names(): Iterable<string> {
    return this.#names;
  }

  /** The level meter of the test, for the prompt of a terminal; null while there is none. */
  get meter(): string | null {
    return this.options.interactive ? this.#meter?.text ?? null : null;
  }

  /** Shows the messages that pass from now on, or no more. */
  watch(on: boolean): void {
    this.#trace.on = on;
  }

  /** What a typed command asks for; what answers it has to come to {@link lines} or {@link soundLines}. */
  command(typed: TypedCallCommand): CallAction {
    const action = toCallAction(typed);
    if (action.kind === "sound") this.#awaited.add(ANSWERS[action.command.kind]);
    else if (action.command.kind === "who") this.#asked.add(action.command.name);
    else if (action.command.kind === "call") this.#calling = action.command.name;
    return action;
  }

  /**
   * The lines that tell the person a status.
   *
   * @param at the time of the status in milliseconds since 1970
   */
  lines(status: CallStatus, at: number): string[] {
    this.#learn(status);
    this.#answered(status);
    const { say, paint, registry } = this.options;
    return callLines(status, { say, paint, registry, halfDuplex: this.#halfDuplex }, at);
  }

  /**
   * The lines that tell the person a report about sound.
   *
   * @param at the time of the report in milliseconds since 1970
   */
  soundLines(report: SoundReport, at: number): string[] {
    this.#awaited.delete(report.kind);
    if (report.kind === "half_duplex") this.#halfDuplex = report.on;
    const { say, paint, columns } = this.options;
    if (report.kind === "stats" && report.status === null && this.#ringing !== null) {
      return [paint.warn(say("call.stats_later", { name: uncoloured(this.#ringing, paint) }))];
    }
    const lines = soundLines(report, { say, paint, columns: columns(), port: this.#port });
    if (report.kind === "test") return this.#metered(report.phase, lines, at);
    if (report.kind === "test_ended") this.#meter = null;
    return lines;
  }

  /**
   * The line of a message of calls or of their registry, or none where they are not shown.
   *
   * @param at the time of the message in milliseconds since 1970
   */
  messageLines(message: PeerMessage, at: number): string[] {
    return this.#trace.lines(message, at);
  }

  /** The line that tells how many messages were not shown, because there were too many; or none. */
  hiddenLines(count: number): string[] {
    const { say, paint } = this.options;
    return this.#trace.on ? [paint.dim(say.count("call.hidden", count))] : [];
  }

  /** What a phase of the test begins with, and where there is no prompt the meter now and then. */
  #metered(phase: "recording" | "playing", [text = ""]: readonly string[], at: number): string[] {
    const { say, paint, interactive } = this.options;
    const last = this.#meter;
    const begins = last?.phase !== phase;
    const due = begins || at - last.at >= METER_INTERVAL;
    this.#meter = { phase, text, at: due ? at : last.at };
    const intro = say(phase === "recording" ? "sound.test.speak" : "sound.test.listen");
    return [...begins ? [paint.bold(intro)] : [], ...due && !interactive ? [text] : []];
  }

  #learn(status: CallStatus): void {
    this.#followRinging(status);
    switch (status.kind) {
      case "registered":
        this.#port = status.address.port;
        return;
      case "who":
      case "inviting":
      case "invited":
      case "connected":
        return remember(this.#names, status.name);
    }
  }

  #followRinging(status: CallStatus): void {
    switch (status.kind) {
      case "calling":
      case "invited":
        this.#ringing = status.name;
        return;
      case "connected":
      case "call_failed":
      case "rejected":
      case "missed":
        this.#ringing = null;
        return;
      case "refused":
        // Looking for somebody ends so.
        if ("name" in status.refusal && status.refusal.name === this.#ringing) {
          const { why } = status.refusal;
          if (why === "no_server" || why === "unknown_user") this.#ringing = null;
        }
    }
  }

  /** Forgets what a status answers. */
  #answered(status: CallStatus): void {
    switch (status.kind) {
      case "who":
        this.#asked.delete(status.name);
        return;
      case "connected":
      case "call_failed":
        this.#calling = null;
        return;
      case "refused":
        return this.#refused(status);
      case "left":
        this.#asked.clear();
        this.#calling = null;
    }
  }

  #refused({ refusal }: CallStatus & { readonly kind: "refused" }): void {
    switch (refusal.why) {
      case "no_server":
      case "unknown_user":
        // `/who` and `/call` about the same name get the same answer.
        this.#asked.delete(refusal.name);
        if (this.#calling === refusal.name) this.#calling = null;
        return;
      case "in_call":
      case "self":
      case "quitting":
        this.#calling = null;
    }
  }
}

import { utf8Length } from "../wire/text.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import { type Rate, TokenBucket } from "../base/token_bucket.ts";

/**
 * Answers overtake what waits and are not paced; everything else keeps its order. A note is an
 * answer that nobody waits for.
 */
export type Urgency = "answer" | "note" | "message";

interface Waiting {
  readonly line: string;
  readonly bytes: number;
}

/**
 * What waits for one neighbour: a small window of lines is with its link, the rest here, at most
 * 256 messages and 1 MiB (`protocols/overlay.md`, queues). A neighbour that does not read fills its
 * own queue and nobody else's.
 */
export class SendQueue {
  readonly #pace: TokenBucket | null;
  /** Lengths of the lines that the link has not written yet, in order. */
  readonly #window: number[] = [];
  #windowCharacters = 0;
  #answers: Waiting[] = [];
  #messages: Waiting[] = [];
  #bytes = 0;

  /**
   * @param hand gives a line to the link, and says whether it need not go at once
   * @param pace messages a second and at once; null for no bound
   */
  constructor(readonly hand: (line: string, unhurried: boolean) => void, pace: Rate | null) {
    this.#pace = pace === null ? null : new TokenBucket(pace);
  }

  /** Lines that wait here, not counting those with the link. */
  get length(): number {
    return this.#answers.length + this.#messages.length;
  }

  /** Sends a line now or later; false where the queue is full. */
  push(line: string, urgency: Urgency, now: number): boolean {
    const behind = urgency === "message" ? this.length : this.#answers.length;
    if (behind === 0 && this.#roomInWindow() && this.#mayPass(urgency, now)) {
      this.#pass(line, urgency === "note");
      return true;
    }
    if (this.length >= OVERLAY_LIMITS.queueMessages) return false;
    const bytes = utf8Length(line);
    if (this.#bytes + bytes > OVERLAY_LIMITS.queueBytes) return false;
    (urgency === "message" ? this.#messages : this.#answers).push({ line, bytes });
    this.#bytes += bytes;
    return true;
  }

  /** The link wrote so many lines more. */
  written(lines: number): void {
    for (const length of this.#window.splice(0, lines)) this.#windowCharacters -= length;
  }

  /**
   * Hands over what may go.
   *
   * @returns when to come again where the pace holds lines back, else null
   */
  drain(now: number): number | null {
    this.#drainList(this.#answers);
    while (this.#messages.length > 0 && this.#roomInWindow()) {
      if (!this.#mayPass("message", now)) return this.#pace!.readyAt(now);
      const { line, bytes } = this.#messages.shift()!;
      this.#bytes -= bytes;
      this.#pass(line);
    }
    return null;
  }

  /** Hands over everything, window and pace or not: for the last lines of a link. */
  flush(): void {
    for (const { line } of this.takeWaiting()) this.#pass(line);
  }

  /** Empties the queue, answers first: what is with the link stays there. */
  takeWaiting(): readonly { readonly line: string }[] {
    const waiting = [...this.#answers, ...this.#messages];
    this.#answers = [];
    this.#messages = [];
    this.#bytes = 0;
    return waiting;
  }

  #drainList(list: Waiting[]): void {
    while (list.length > 0 && this.#roomInWindow()) {
      const { line, bytes } = list.shift()!;
      this.#bytes -= bytes;
      this.#pass(line);
    }
  }

  #roomInWindow(): boolean {
    return this.#window.length < OVERLAY_LIMITS.windowLines &&
      this.#windowCharacters < OVERLAY_LIMITS.windowCharacters;
  }

  #mayPass(urgency: Urgency, now: number): boolean {
    return urgency !== "message" || this.#pace === null || this.#pace.take(now);
  }

  #pass(line: string, unhurried = false): void {
    this.#window.push(line.length);
    this.#windowCharacters += line.length;
    this.hand(line, unhurried);
  }
}

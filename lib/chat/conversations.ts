import type { CloseReason, LinkId } from "../base/link.ts";
import { normalizeName } from "../base/names.ts";
import { parsePeerLine } from "../protocol/chat.ts";
import { Callers } from "./callers.ts";
import { Calls } from "./calls.ts";
import type { Conversation } from "./conversation.ts";
import type { Lookup } from "./server_session.ts";
import type { Partner } from "./status.ts";
import { type ConversationOutput, Talk } from "./talk.ts";

/**
 * Everyone the person talks to (`protocols/chat.md`, "Peer ↔ peer"): any number of conversations
 * at once, one of them active.
 */
export class Conversations {
  readonly #talk: Talk;
  readonly #calls: Calls;
  readonly #callers: Callers;

  /**
   * @param link gives out a number for a connection that we begin
   * @param self our own name, which can still change
   */
  constructor(link: () => LinkId, self: () => string) {
    this.#talk = new Talk(self);
    this.#calls = new Calls(this.#talk, link);
    this.#callers = new Callers(this.#talk);
  }

  /** Who is written to without being named, or null. */
  get active(): Partner | null {
    return this.#talk.active?.partner ?? null;
  }

  /** Everyone who can be written to, oldest first. */
  partners(): Partner[] {
    return this.#talk.book.open().map(({ partner }) => partner);
  }

  wakeAt(): number {
    return this.#talk.book.all().reduce(
      (least, { deadline }) => Math.min(least, deadline),
      Infinity,
    );
  }

  /** The name of the partner on a connection, or null before it is known. */
  nameOf(link: LinkId): string | null {
    return this.#talk.book.byLink(link)?.name || null;
  }

  /** Whether a conversation is being begun. */
  get busy(): boolean {
    return this.#talk.book.in("looking_up", "dialing").length > 0;
  }

  /** What the calls since the last time want done, in order. */
  take(): ConversationOutput[] {
    return this.#talk.take();
  }

  /** Begins a conversation and switches to it, or switches to the one that there is. */
  chat(name: string): void {
    const open = this.#openWith(name);
    if (open !== undefined) return this.#talk.switchTo(open);
    const begun = this.#calls.begin(name);
    if (begun !== undefined) begun.wanted = true;
  }

  /** Writes to someone without switching; begins the conversation where there is none. */
  tell(name: string, text: string): void {
    const open = this.#openWith(name);
    if (open !== undefined) return this.#talk.send(open, text);
    const begun = this.#calls.begin(name);
    if (begun !== undefined) begun.unsent.push(text);
    else this.#talk.want({ kind: "not_sent", name, text });
  }

  /** Writes to the conversation that was asked for last, else to the active one. */
  say(text: string): void {
    const wanted = this.#calls.wanted();
    if (wanted !== undefined) wanted.unsent.push(text);
    else if (this.#talk.active !== null) this.#talk.send(this.#talk.active, text);
    else this.#talk.refuse({ why: "none_active", open: this.#labels() });
  }

  switch(name: string): void {
    const open = this.#openWith(name);
    if (open !== undefined) this.#talk.switchTo(open);
    else this.#talk.refuse({ why: "no_conversation", name, open: this.#labels() });
  }

  /** Ends a conversation, or gives up beginning it; the active one where no name is given. */
  bye(name: string | null): void {
    const meant = name === null
      ? this.#calls.wanted() ?? this.#talk.active ?? undefined
      : this.#openWith(name) ?? this.#calls.begun(name);
    if (meant !== undefined) return this.#talk.sayBye(meant);
    const open = this.#labels();
    this.#talk.refuse(
      name === null ? { why: "none_active", open } : { why: "no_conversation", name, open },
    );
  }

  /** Ends everything. */
  byeToAll(now: number): void {
    for (const conversation of this.#talk.book.all()) {
      if (conversation.state === "verifying") this.#callers.giveUp(conversation, now);
      if (conversation.state === "greeting") this.#talk.drop(conversation, "no_user");
      else if (conversation.state !== "ended") this.#talk.sayBye(conversation);
    }
  }

  /** Somebody connected. */
  accepted(link: LinkId, ip: string, now: number): void {
    this.#callers.accepted(link, ip, now);
  }

  /** A connection that we asked for is there. */
  connected(link: LinkId, now: number): void {
    const conversation = this.#talk.book.byLink(link);
    if (conversation !== undefined) this.#calls.connected(conversation, now);
  }

  /** A connection that we asked for cannot be made. */
  unreachable(link: LinkId, reason: string): void {
    const conversation = this.#talk.book.byLink(link);
    if (conversation !== undefined) this.#calls.unreachable(conversation, reason);
  }

  /** The server's answer to a lookup: for a call that we make, or to verify a caller. */
  found(token: LinkId, found: Lookup, now: number): void {
    const conversation = this.#talk.book.byLink(token);
    if (conversation?.state === "looking_up") this.#calls.found(conversation, found, now);
    else if (conversation?.state === "verifying") this.#callers.judge(conversation, found, now);
  }

  line(link: LinkId, bytes: Uint8Array, now: number): void {
    const conversation = this.#talk.book.byLink(link);
    if (conversation === undefined || conversation.left !== null) return;
    if (conversation.state === "greeting") return this.#callers.greeted(conversation, bytes, now);
    const line = parsePeerLine(bytes);
    if (line.kind === "TEXT") this.#callers.received(conversation, line.text, now);
    else this.#callers.depart(conversation, { event: "disc", ending: "their_bye" });
  }

  lineTooLong(link: LinkId): void {
    const conversation = this.#talk.book.byLink(link);
    if (conversation === undefined) return;
    if (conversation.state === "greeting") {
      return this.#talk.drop(conversation, "no_user", "line_too_long");
    }
    this.#talk.error("line_too_long", conversation.name);
    this.#callers.depart(conversation, { event: "lost", ending: "line_too_long" });
  }

  closed(link: LinkId, reason: CloseReason): void {
    const conversation = this.#talk.book.byLink(link);
    if (conversation === undefined) return;
    if (conversation.state === "greeting") {
      return this.#talk.drop(conversation, "lost", `no_user_${reason}`);
    }
    const ending = reason === "stalled" ? "not_reading" : "lost";
    this.#callers.depart(conversation, { event: "lost", ending });
  }

  wake(now: number): void {
    for (const conversation of this.#talk.book.all()) {
      if (now < conversation.deadline) continue;
      this.#tooLate(conversation, now);
    }
  }

  #tooLate(conversation: Conversation, now: number): void {
    switch (conversation.state) {
      case "dialing":
        return this.#calls.takesLong(conversation);
      case "verifying":
        return this.#callers.giveUp(conversation, now);
      case "leaving":
        return this.#talk.drop(conversation, "lost");
      default:
        return this.#talk.drop(conversation, "no_user", "no_user_in_time");
    }
  }

  #openWith(name: string): Conversation | undefined {
    return this.#talk.book.openAs(normalizeName(name));
  }

  #labels(): string[] {
    return this.#talk.book.open().map(({ label }) => label);
  }
}

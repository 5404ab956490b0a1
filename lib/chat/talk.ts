import { LIMITS } from "../base/limits.ts";
import type { LinkEffect, LinkId } from "../base/link.ts";
import { formatPeerLine } from "../protocol/chat.ts";
import type { Conversation } from "./conversation.ts";
import { ConversationBook } from "./conversation_book.ts";
import { outgoingLines } from "./outgoing_text.ts";
import type { ConversationEvent } from "./states.ts";
import type { ChatStatus, Ending, Refusal } from "./status.ts";

/** What the conversations want done; `look_up` is for the server session. */
export type ConversationOutput =
  | LinkEffect
  | ChatStatus
  | { readonly kind: "look_up"; readonly name: string; readonly token: LinkId };

/**
 * What conversations have in common, whoever began them: they open, carry text and end, and one of
 * them is active.
 */
export class Talk {
  readonly book = new ConversationBook();
  /** Who is written to without being named. */
  active: Conversation | null = null;
  #out: ConversationOutput[] = [];

  /** @param self our own name, which can still change */
  constructor(readonly self: () => string) {}

  /** What the calls since the last time want done, in order. */
  take(): ConversationOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  /** Adds something to do. */
  want(output: ConversationOutput): void {
    this.#out.push(output);
  }

  /** A conversation begins: the person is told, and what they wrote ahead is sent. */
  open(conversation: Conversation, now: number): void {
    const { name, verified } = conversation;
    conversation.openedAt = now;
    conversation.label = this.book.freeLabel(verified ? name : `?${name}`);
    const becomesActive = conversation.wanted || this.active === null;
    if (becomesActive) this.active = conversation;
    this.#out.push({
      kind: "opened",
      partner: conversation.partner,
      outbound: conversation.callerIp === null,
      active: becomesActive,
      doubt: conversation.doubt,
    });
    const begun = this.book.in("looking_up", "dialing").find((one) => one.name === name);
    // They called us while we call them: what was written first goes out first.
    if (verified && begun !== undefined) conversation.unsent.push(...begun.unsent.splice(0));
    this.#sendUnsent(conversation);
  }

  /**
   * A second connection between the same two people. It is one conversation to the person all the
   * while. Where both called at once, both sides keep the connection that the smaller name opened;
   * whoever opened the other says goodbye on it. Where the first is older than that, the other
   * side came back, and the newcomer is the one that surely has someone at its end.
   */
  join(twin: Conversation, newcomer: Conversation, now: number): void {
    newcomer.label = twin.label;
    newcomer.openedAt = now;
    const crossed = twin.callerIp === null && now - twin.openedAt < LIMITS.chatCrossing;
    if (newcomer.left !== null || (crossed && this.self() < newcomer.name)) {
      newcomer.spare = true;
      return;
    }
    if (this.active === twin) this.active = newcomer;
    twin.spare = true;
    newcomer.unsent.push(...twin.unsent.splice(0));
    if (!crossed) return this.#sendUnsent(newcomer);
    twin.move("redundant");
    twin.deadline = now + LIMITS.linger;
    this.sendLine(twin, formatPeerLine({ kind: "DISC" }));
  }

  /** Makes a conversation the active one. */
  switchTo(conversation: Conversation): void {
    this.active = conversation;
    this.#out.push({ kind: "switched", partner: conversation.partner });
  }

  /**
   * Sends what the person wrote. It waits while the other side may not have read all of an earlier
   * connection: what is said on two connections arrives in any order.
   */
  send(conversation: Conversation, text: string): void {
    const earlier = this.book.sharing(conversation.label).some(({ state }) => state === "leaving");
    if (earlier) conversation.unsent.push(text);
    else this.#sendNow(conversation, text);
  }

  #sendNow(conversation: Conversation, text: string): void {
    const lines = outgoingLines(text, LIMITS.chatLineBytes);
    if (lines.length === 0) return;
    for (const line of lines) {
      this.sendLine(conversation, formatPeerLine({ kind: "TEXT", text: line }));
    }
    conversation.unheard = true;
    this.#out.push({
      kind: "sent",
      partner: conversation.partner,
      text,
      parts: lines.length,
    });
  }

  /** Sends a line as it is. */
  sendLine({ link }: Conversation, line: string): void {
    this.#out.push({ kind: "send", link, line });
  }

  /** Says DISC where somebody hears it, and ends. */
  sayBye(conversation: Conversation): void {
    const { state, label } = conversation;
    if (state !== "open") return this.end(conversation, "bye", "bye");
    for (const text of conversation.unsent.splice(0)) this.#sendNow(conversation, text);
    // Spare connections first, so that none of them inherits the conversation.
    for (const one of this.book.sharing(label)) {
      if (one.state === "open") this.sendLine(one, formatPeerLine({ kind: "DISC" }));
      if (one !== conversation) this.end(one, "bye", "bye");
    }
    this.end(conversation, "bye", "bye");
  }

  /** Ends a conversation that was begun; the person is told unless another connection carries on. */
  end(conversation: Conversation, event: ConversationEvent, ending: Ending): void {
    const { spare, label } = conversation;
    conversation.move(event);
    this.book.remove(conversation);
    this.#out.push({ kind: "close", link: conversation.link });
    for (const text of conversation.unsent) {
      this.#out.push({ kind: "not_sent", name: conversation.name, text });
    }
    if (spare) return this.#earlierEnded(label);
    // The newest is the likeliest to have someone at its end.
    const heir = this.book.in("open").findLast((one) => one.spare && one.label === label);
    if (heir !== undefined) heir.spare = false;
    if (this.active === conversation) this.active = heir ?? null;
    if (heir === undefined) {
      const { partner, unheard } = conversation;
      const broken = event === "lost" && unheard;
      this.#out.push({ kind: "closed", partner, ending, ...broken && { unheard } });
    }
  }

  /** Ends a call that did not come about. */
  fail(conversation: Conversation, event: ConversationEvent, refusal: Refusal): void {
    conversation.move(event);
    this.book.remove(conversation);
    this.refuse(refusal);
    for (const text of conversation.unsent) {
      this.#out.push({ kind: "not_sent", name: conversation.name, text });
    }
  }

  /** Lets go of a connection that the person does not know of. */
  drop(conversation: Conversation, event: ConversationEvent, code: string | null = null): void {
    conversation.move(event);
    this.book.remove(conversation);
    this.#out.push({ kind: "close", link: conversation.link });
    if (code !== null) this.error(code, conversation.callerIp ?? conversation.name);
    if (conversation.spare) this.#earlierEnded(conversation.label);
  }

  /** Tells the person that something is not done, and why. */
  refuse(refusal: Refusal): undefined {
    this.#out.push({ kind: "refused", refusal });
  }

  /** Counts a remote's mistake. */
  error(code: string, from: string): void {
    this.#out.push({ kind: "remote_error", code, from });
  }

  /** An earlier connection of a conversation is over: what waited for that may go. */
  #earlierEnded(label: string): void {
    const conversation = this.book.openAs(label);
    if (conversation !== undefined) this.#sendUnsent(conversation);
  }

  #sendUnsent(conversation: Conversation): void {
    for (const text of conversation.unsent.splice(0)) this.send(conversation, text);
  }
}

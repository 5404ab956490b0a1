import { LIMITS } from "../base/limits.ts";
import type { LinkId } from "../base/link.ts";
import { normalizeName, wireNameFault } from "../base/names.ts";
import { formatPeerLine } from "../protocol/chat.ts";
import { Conversation } from "./conversation.ts";
import type { Lookup } from "./server_session.ts";
import type { Talk } from "./talk.ts";

/** The conversations that we begin, until they are open or have failed. */
export class Calls {
  /** @param link gives out a number for a connection */
  constructor(readonly talk: Talk, readonly link: () => LinkId) {}

  /** The conversation with a name that we are about to begin. */
  begun(name: string): Conversation | undefined {
    return this.talk.book.in("looking_up", "dialing").find((one) =>
      one.name === normalizeName(name)
    );
  }

  /** The conversation that the person asked for last and that is not open yet. */
  wanted(): Conversation | undefined {
    return this.talk.book.in("looking_up", "dialing").findLast(({ wanted }) => wanted);
  }

  /** Begins a conversation, or finds the one that is being begun; undefined where it cannot be. */
  begin(name: string): Conversation | undefined {
    const wanted = normalizeName(name);
    const begun = this.begun(wanted);
    if (begun !== undefined) return begun;
    if (wanted === this.talk.self()) return this.talk.refuse({ why: "self", name });
    // No user can have such a name, and what is in it must not get into a request.
    if (wireNameFault(wanted) !== null || wanted.includes(":")) {
      return this.talk.refuse({ why: "not_active", name });
    }
    if (this.talk.book.size >= LIMITS.chatConversations) {
      return this.talk.refuse({ why: "too_many", limit: LIMITS.chatConversations });
    }
    const conversation = Conversation.toward(wanted, this.link());
    this.talk.book.add(conversation);
    this.talk.want({ kind: "look_up", name: wanted, token: conversation.link });
    return conversation;
  }

  /** The server's answer to where the other is. */
  found(conversation: Conversation, found: Lookup, now: number): void {
    const { name, link } = conversation;
    if (found === "not_active") {
      return this.talk.fail(conversation, "not_active", { why: "not_active", name });
    }
    if (found === "no_answer") {
      return this.talk.fail(conversation, "lost", { why: "no_server", name });
    }
    conversation.move("address");
    conversation.deadline = now + LIMITS.chatCallQuiet;
    this.talk.want({ kind: "connect", link, host: found.ip, port: found.port });
  }

  /** The connection that we asked for is there. */
  connected(conversation: Conversation, now: number): void {
    const twin = this.talk.book.twinOf(conversation);
    if (twin !== undefined) {
      // They called us while we called them, and were faster: nothing was said here yet.
      conversation.unsent.forEach((text) => this.talk.send(twin, text));
      if (conversation.wanted) this.talk.switchTo(twin);
      return this.talk.drop(conversation, "redundant");
    }
    conversation.move("connected");
    this.talk.sendLine(conversation, formatPeerLine({ kind: "USER", name: this.talk.self() }));
    this.talk.open(conversation, now);
  }

  /** The connection cannot be made; `reason` is the system's word for why. */
  unreachable(conversation: Conversation, reason: string): void {
    const { name } = conversation;
    this.talk.fail(conversation, "unreachable", { why: "unreachable", name, reason });
  }

  /** The connection has not come yet: the person is told that it is being tried. */
  takesLong(conversation: Conversation): void {
    conversation.deadline = Infinity;
    this.talk.want({ kind: "calling", name: conversation.name });
  }
}

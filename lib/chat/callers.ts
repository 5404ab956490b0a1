import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkId } from "../base/link.ts";
import { parseGreeting } from "../protocol/chat.ts";
import { Conversation, type Departure } from "./conversation.ts";
import type { Lookup } from "./server_session.ts";
import type { Doubt } from "./status.ts";
import type { Talk } from "./talk.ts";

/**
 * Those who call us, until it is known who they are: `USER` is a claim, and the server is asked
 * whether the name is at the address that called (`protocols/chat.md`, "Peer ↔ peer").
 */
export class Callers {
  constructor(readonly talk: Talk) {}

  /** Somebody connected. */
  accepted(link: LinkId, ip: string, now: number): void {
    const greeting = this.talk.book.in("greeting");
    // Whoever connects and says nothing does not keep out those who have something to say.
    if (greeting.length >= LIMITS.chatGreetings) {
      this.talk.drop(greeting[0]!, "no_user", "too_many_greetings");
    }
    const fromThere = this.talk.book.all().filter(({ callerIp }) => callerIp === ip).length;
    if (fromThere >= LIMITS.chatCallersPerIp || !this.#makeRoom()) {
      this.talk.want({ kind: "abort", link });
      this.talk.error("too_many_conversations", ip);
      return;
    }
    const conversation = Conversation.from(ip, link);
    conversation.deadline = now + LIMITS.chatGreeting;
    this.talk.book.add(conversation);
  }

  /** Whether there is room for one more; whoever is not verified goes first, the oldest of them. */
  #makeRoom(): boolean {
    const { book } = this.talk;
    if (book.size < LIMITS.chatConversations) return true;
    const doubtful = book.in("open").find(({ verified }) => !verified);
    if (doubtful === undefined) return false;
    this.talk.sayBye(doubtful);
    return true;
  }

  /** The first line of a caller. */
  greeted(conversation: Conversation, bytes: Uint8Array, now: number): void {
    try {
      conversation.name = parseGreeting(bytes);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return this.talk.drop(conversation, "no_user", error.code);
    }
    conversation.move("user");
    conversation.deadline = now + LIMITS.chatVerification;
    this.talk.want({ kind: "look_up", name: conversation.name, token: conversation.link });
  }

  /** It is known, or given up, whether a caller is who they say. */
  judge(conversation: Conversation, found: Lookup, now: number): void {
    const { left } = conversation;
    conversation.doubt = doubtOf(conversation, found);
    conversation.move("verdict");
    const twin = conversation.verified ? this.talk.book.twinOf(conversation) : undefined;
    if (twin === undefined) this.talk.open(conversation, now);
    else this.talk.join(twin, conversation, now);
    const lines = conversation.unshown;
    conversation.unshown = [];
    for (const text of lines) this.received(conversation, text, now);
    if (left !== null) this.talk.end(conversation, left.event, left.ending);
  }

  /** It is too late to find out who a caller is. */
  giveUp(conversation: Conversation, now: number): void {
    this.judge(conversation, "no_answer", now);
  }

  /** The other side ended a conversation; a caller can do so before it is known who that is. */
  depart(conversation: Conversation, left: Departure): void {
    if (conversation.state !== "verifying") {
      return this.talk.end(conversation, left.event, left.ending);
    }
    conversation.left ??= left;
    // Who said goodbye reads from the close that all was read; that is so when it is shown.
    if (left.event !== "disc") this.talk.want({ kind: "close", link: conversation.link });
  }

  /** A text that arrived: shown when it is known who sent it. */
  received(conversation: Conversation, text: string, now: number): void {
    conversation.unheard = false;
    if (conversation.state !== "verifying") {
      this.talk.want({ kind: "message", partner: conversation.partner, text });
      return;
    }
    conversation.unshown.push(text);
    if (conversation.unshown.length >= LIMITS.chatLinesBeforeVerified) {
      this.judge(conversation, "no_answer", now);
    }
  }
}

function doubtOf({ callerIp }: Conversation, found: Lookup): Doubt | null {
  if (typeof found === "string") return found;
  return found.ip === callerIp ? null : "other_address";
}

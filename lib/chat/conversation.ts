import type { LinkId } from "../base/link.ts";
import { transition } from "../base/state_table.ts";
import { CONVERSATION, type ConversationEvent, type ConversationState } from "./states.ts";
import type { Doubt, Ending, Partner } from "./status.ts";

/** The end of a conversation that the other side caused. */
export interface Departure {
  readonly event: ConversationEvent;
  readonly ending: Ending;
}

/** One conversation, or the attempt at one. */
export class Conversation {
  #state: ConversationState;
  /** The name that was called, or that the caller claims; empty before the claim. */
  name: string;
  /** What to type to mean this conversation, once it is open; empty before. */
  label = "";
  /** Why the server does not confirm the name at the address of this connection, or null. */
  doubt: Doubt | null;
  /** Whether the person wants to be switched to it when it opens. */
  wanted = false;
  /** Whether another connection with the same person is the one that is written to. */
  spare = false;
  /** When it opened, in milliseconds. */
  openedAt = Infinity;
  /** How a caller left before it was known who that is, or null. */
  left: Departure | null = null;
  /** When a state that must not last ends by itself, in milliseconds. */
  deadline = Infinity;
  /** What the person wrote before it could be sent. */
  unsent: string[] = [];
  /** Whether something was sent and nothing has come back since that shows that it arrived. */
  unheard = false;
  /** What arrived before it was known who sends it. */
  unshown: string[] = [];

  private constructor(
    /** The connection, also before it is made: it is the token of the lookup for it. */
    readonly link: LinkId,
    /** Where the caller connects from; null for a conversation that we begin. */
    readonly callerIp: string | null,
    name: string,
  ) {
    this.#state = callerIp === null ? "looking_up" : "greeting";
    this.name = name;
    // We call the address that the server gave us for the name.
    this.doubt = callerIp === null ? null : "no_answer";
  }

  /** A conversation that we begin. */
  static toward(name: string, link: LinkId): Conversation {
    return new Conversation(link, null, name);
  }

  /** A conversation that somebody at `ip` begins with us. */
  static from(ip: string, link: LinkId): Conversation {
    return new Conversation(link, ip, "");
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** Whether the server knows the name at the address that this connection runs with. */
  get verified(): boolean {
    return this.doubt === null;
  }

  get partner(): Partner {
    return { label: this.label || this.name, name: this.name, verified: this.verified };
  }

  /** @throws {TypeError} where the event is not possible in this state: a bug of ours */
  move(event: ConversationEvent): void {
    this.#state = transition(CONVERSATION, this.#state, event);
    this.deadline = Infinity;
  }
}

import type { LinkId } from "../base/link.ts";
import type { Conversation } from "./conversation.ts";
import type { ConversationState } from "./states.ts";

/** The conversations of a peer, by connection and by the name that the person types. */
export class ConversationBook {
  readonly #byLink = new Map<LinkId, Conversation>();

  get size(): number {
    return this.#byLink.size;
  }

  add(conversation: Conversation): void {
    this.#byLink.set(conversation.link, conversation);
  }

  remove(conversation: Conversation): void {
    this.#byLink.delete(conversation.link);
  }

  byLink(link: LinkId): Conversation | undefined {
    return this.#byLink.get(link);
  }

  /** All conversations, oldest first. */
  all(): Conversation[] {
    return [...this.#byLink.values()];
  }

  /** Those in a state, oldest first. */
  in(...states: readonly ConversationState[]): Conversation[] {
    return this.all().filter(({ state }) => states.includes(state));
  }

  /** Those that a person can write to, oldest first. */
  open(): Conversation[] {
    return this.in("open").filter(({ spare }) => !spare);
  }

  /** The open conversation that a person means by a label. */
  openAs(label: string): Conversation | undefined {
    return this.open().find((one) => one.label === label);
  }

  /** The open connection over which the same person, confirmed by the server, is written to. */
  twinOf(conversation: Conversation): Conversation | undefined {
    return this.open().find((one) =>
      one !== conversation && one.verified && one.name === conversation.name
    );
  }

  /** Every open connection that is one conversation with `label` to the person. */
  sharing(label: string): Conversation[] {
    return this.in("open", "leaving").filter((one) => one.label === label);
  }

  /** A label that no conversation has: `wanted`, or `wanted` with `~2`, `~3` … behind it. */
  freeLabel(wanted: string): string {
    let label = wanted;
    for (let number = 2; this.sharing(label).length > 0; number += 1) label = `${wanted}~${number}`;
    return label;
  }
}

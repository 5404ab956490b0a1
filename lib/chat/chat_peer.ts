import type { LinkEffect, LinkId, LinkInput } from "../base/link.ts";
import type { Machine, Wake } from "../base/machine.ts";
import { normalizeName } from "../base/names.ts";
import type { Random } from "../base/random.ts";
import { Conversations } from "./conversations.ts";
import { ServerSession, type SessionOutput } from "./server_session.ts";
import type { ChatCommand, ChatStatus, Partner } from "./status.ts";

/** What a {@link ChatPeer} takes besides what happens on links and the clock. */
export type ChatInput = { readonly kind: "start" } | {
  readonly kind: "command";
  readonly command: ChatCommand;
};

/** What a {@link ChatPeer} does: what its links do, and what the person is told. */
export type ChatEffect = LinkEffect | ChatStatus;

/** Who the peer is and where its server is. */
export interface ChatPeerOptions {
  readonly server: { readonly host: string; readonly port: number };
  readonly name: string;
  /** The TCP port where this peer accepts others. */
  readonly port: number;
  readonly random: Random;
}

/**
 * The peer of direct chat: one server session and any number of conversations, joined here. The
 * seed's scenario (`seeds/001`) is a run of three of these and one `ChatDesk`.
 */
export class ChatPeer implements Machine<ChatInput | LinkInput | Wake, ChatEffect> {
  readonly #session: ServerSession;
  readonly #conversations: Conversations;
  #nextLink = 1;
  #left = false;
  #out: ChatEffect[] = [];

  constructor(options: ChatPeerOptions) {
    const link = (): LinkId => (this.#nextLink += 2) - 2;
    const user = { name: normalizeName(options.name), port: options.port };
    this.#session = new ServerSession(link, options.server, user, options.random);
    this.#conversations = new Conversations(link, () => this.#session.user.name);
  }

  /** Our own name. */
  get name(): string {
    return this.#session.user.name;
  }

  /** The connection to the server, or null. */
  get server(): LinkId | null {
    return this.#session.current;
  }

  /** Who is written to without being named, or null. */
  get active(): Partner | null {
    return this.#conversations.active;
  }

  /** Everyone who can be written to. */
  get partners(): readonly Partner[] {
    return this.#conversations.partners();
  }

  /** The name of who is at the other end of a link, for traces; null for the server. */
  nameOf(link: LinkId): string | null {
    return this.#conversations.nameOf(link);
  }

  /** Whether something that the person asked for is still under way. */
  get busy(): boolean {
    return this.#session.busy || this.#conversations.busy;
  }

  wakeAt(): number | null {
    const at = Math.min(this.#session.wakeAt(), this.#conversations.wakeAt());
    return at === Infinity ? null : at;
  }

  handle(input: ChatInput | LinkInput | Wake, now: number): readonly ChatEffect[] {
    switch (input.kind) {
      case "start":
        this.#fromSession(this.#session.start(), now);
        break;
      case "command":
        this.#command(input.command, now);
        break;
      case "wake":
        this.#conversations.wake(now);
        this.#fromSession(this.#session.wake(now), now);
        break;
      default:
        if (input.link === this.#session.current) this.#server(input, now);
        else this.#peer(input, now);
    }
    this.#fromConversations(now);
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #command(command: ChatCommand, now: number): void {
    switch (command.kind) {
      case "list":
        return this.#list(now);
      case "chat":
        return this.#conversations.chat(command.name);
      case "to":
        return this.#conversations.tell(command.name, command.text);
      case "say":
        return this.#conversations.say(command.text);
      case "switch":
        return this.#conversations.switch(command.name);
      case "peers":
        this.#out.push({
          kind: "conversations",
          partners: this.partners,
          active: this.active,
        });
        return;
      case "bye":
        return this.#conversations.bye(command.name);
      case "rename":
        return this.#fromSession(this.#session.rename(normalizeName(command.name)), now);
      case "farewell":
        this.#left = true;
        return this.#conversations.byeToAll(now);
      case "exit":
        return this.#leave(now);
    }
  }

  #server(input: LinkInput, now: number): void {
    switch (input.kind) {
      case "connected":
        return this.#fromSession(this.#session.connected(now), now);
      case "unreachable":
        return this.#fromSession(this.#session.unreachable(input.reason, now), now);
      case "line":
        // Half of a list, or of a port, is none.
        if (input.unended) return;
        return this.#fromSession(this.#session.line(input.bytes, now), now);
      case "line_too_long":
        return this.#fromSession(this.#session.lineTooLong(), now);
      case "closed":
        return this.#fromSession(this.#session.closed(input.reason, now), now);
    }
  }

  #peer(input: LinkInput, now: number): void {
    switch (input.kind) {
      case "accepted":
        if (this.#left) this.#out.push({ kind: "abort", link: input.link });
        else this.#conversations.accepted(input.link, input.ip, now);
        return;
      case "connected":
        return this.#conversations.connected(input.link, now);
      case "unreachable":
        return this.#conversations.unreachable(input.link, input.reason);
      case "line":
        return this.#conversations.line(input.link, input.bytes, now);
      case "line_too_long":
        return this.#conversations.lineTooLong(input.link);
      case "closed":
        return this.#conversations.closed(input.link, input.reason);
    }
  }

  #list(now: number): void {
    const asked = this.#session.list(now);
    if (asked !== null) this.#fromSession(asked, now);
    else this.#out.push({ kind: "refused", refusal: { why: "no_server", name: null } });
  }

  #leave(now: number): void {
    this.#left = true;
    this.#conversations.byeToAll(now);
    this.#fromConversations(now);
    this.#fromSession(this.#session.leave(), now);
    this.#out.push({ kind: "left" });
  }

  #fromSession(outputs: readonly SessionOutput[], now: number): void {
    for (const output of outputs) {
      if (output.kind !== "found") this.#out.push(output);
      else this.#conversations.found(output.token, output.found, now);
    }
  }

  /** What the conversations want done. A lookup can fail at once and so lead to more. */
  #fromConversations(now: number): void {
    for (let out = this.#conversations.take(); out.length > 0; out = this.#conversations.take()) {
      for (const output of out) {
        if (output.kind !== "look_up") {
          this.#out.push(output);
          continue;
        }
        const asked = this.#session.lookUp(output.name, output.token, now);
        if (asked !== null) this.#fromSession(asked, now);
        else this.#conversations.found(output.token, "no_answer", now);
      }
    }
  }
}

import type { LinkEffect } from "../../../lib/base/link.ts";
import type { OverlayPeer } from "../overlay_peer.ts";
import type { OverlayWorld } from "../overlay_world.ts";
import { Script, textOf } from "../script.ts";

/** A message as a stranger writes or reads it: no codec of ours. */
// deno-lint-ignore no-explicit-any
export type Fields = { [field: string]: any };

/** Somebody who speaks the wire format by hand, and not as it is meant. */
export class Stranger {
  readonly script: Script;
  readonly host: ReturnType<OverlayWorld["addScript"]>;
  /** The messages that it got. */
  readonly got: Fields[] = [];
  readonly #links = new Map<string, number>();
  #nextLink = 1;

  /** @param react what it says to a message, besides answering PING; lines or messages */
  constructor(
    readonly world: OverlayWorld,
    readonly id: string,
    react: (message: Fields) => readonly (Fields | string)[] = () => [],
  ) {
    this.script = new Script((input) => {
      if (input.kind !== "line") return [];
      const message: Fields = JSON.parse(textOf(input.bytes));
      this.got.push(message);
      const answers = message.type === "PING" ? [{ ...message, type: "PONG" }] : react(message);
      return answers.map((answer) => sending(input.link, answer));
    });
    this.host = world.addScript(this.script);
  }

  /** Connects to a peer. */
  connect(peer: OverlayPeer): void {
    const link = this.#nextLink;
    this.#nextLink += 2;
    const { ip, port } = peer.host;
    this.host.feed({ kind: "act", effects: [{ kind: "connect", link, host: ip, port }] });
    const answered = () =>
      this.script.got.some(({ input }) => input.kind === "connected" && input.link === link);
    if (!this.world.network.timeline.runUntilTrue(answered, 5000)) throw new Error("no connection");
    this.#links.set(peer.id, link);
  }

  /** Connects to a peer and says HELLO under its own id or another. */
  greet(peer: OverlayPeer, id = this.id): void {
    this.connect(peer);
    const features = ["relay", "ack", "who_has", "metrics"];
    this.say(peer, { type: "HELLO", peer_id: id, version: "1.0", features, ttl: 8 });
    this.world.network.timeline.run(500);
  }

  /** Whether its last connection to a peer still stands. */
  connectedTo(peer: OverlayPeer): boolean {
    const link = this.#links.get(peer.id);
    return link !== undefined && [...this.host.ends()].some((end) => end.link === link);
  }

  /** Says something on its last connection to a peer. */
  say(peer: OverlayPeer, ...messages: readonly (Fields | string)[]): void {
    const link = this.#links.get(peer.id)!;
    this.host.feed({ kind: "act", effects: messages.map((message) => sending(link, message)) });
  }
}

function sending(link: number, message: Fields | string): LinkEffect {
  return {
    kind: "send",
    link,
    line: typeof message === "string" ? message : JSON.stringify(message),
  };
}

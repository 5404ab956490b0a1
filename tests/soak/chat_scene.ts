import type { ChatCommand, ChatStatus, Partner } from "../../lib/chat/status.ts";
import { pause, someTime } from "./chance.ts";
import { Inbox } from "./inbox.ts";
import { fault, PATIENCE, retryName, somebodyElse, type Stage } from "./world.ts";

/** Messages of one conversation from who began it, at the least and the most. */
const FEWEST = 2;
const MOST = 8;
/** Letters behind what is counted: mostly few, now and then a page. */
const PADDING = [0, 20, 200, 2000];

/** What we say in one conversation. */
interface Talk {
  readonly partner: Partner;
  /** When each message was sent that is not acknowledged, in milliseconds. */
  readonly waiting: number[];
  sent: number;
  acknowledged: number;
}

/** What somebody says to us in one conversation. */
interface Heard {
  readonly partner: string;
  got: number;
  ended: boolean;
}

/**
 * A person in direct chat. Everything said is numbered: `m KEY N` is answered by `ack KEY N`, and
 * `end KEY N` before a goodbye says how many there were. So each side knows whether all has come,
 * once and in order, whatever the other one's process saw.
 */
export class ChatScene {
  readonly #inbox = new Inbox<
    ChatStatus | { readonly kind: "acknowledged"; readonly key: string }
  >();
  readonly #talks = new Map<string, Talk>();
  readonly #heard = new Map<string, Heard>();
  /** Labels of the conversations that we know to be open. */
  readonly #open = new Set<string>();
  #keys = 0;
  #leaving = false;

  /** @param gone says that the person is not here any more */
  constructor(
    readonly stage: Stage,
    readonly submit: (command: ChatCommand) => void,
    readonly gone: AbortSignal,
  ) {}

  /** Takes what the chat tells. */
  take(status: ChatStatus): void {
    const { tally } = this.stage.world;
    this.#inbox.take(status);
    switch (status.kind) {
      case "message":
        return this.#message(status.partner, status.text);
      case "opened":
        this.#open.add(status.partner.label);
        tally.add(`chat: ${status.outbound ? "conversations begun" : "conversations accepted"}`);
        if (status.doubt !== null) {
          const why = this.#leaving ? "as we leave" : status.doubt;
          tally.add(`chat: caller not confirmed, ${why}`);
        }
        return;
      case "closed":
        tally.add(`chat: conversations ended, ${status.ending}`);
        this.#open.delete(status.partner.label);
        return this.#closed(status.partner, status.ending === "their_bye");
      case "refused":
        return tally.add(`chat: refused, ${status.refusal.why}`);
      case "not_sent":
        return fault(this.stage, "chat: a text was not sent");
      case "remote_error":
        return tally.add(`chat: remote error, ${status.code}`);
      case "server_away":
        return tally.add("chat: server away");
      case "name_refused":
        tally.add("chat: name refused");
        return retryName(this.gone, () => this.submit({ kind: "rename", name: this.stage.name }));
    }
  }

  /** One conversation with somebody, from the call to the goodbye. */
  async act(signal: AbortSignal): Promise<void> {
    const { random, world } = this.stage;
    const name = somebodyElse(this.stage);
    const begun = this.#inbox.next(
      (status) =>
        status.kind === "opened" && status.outbound && status.partner.name === name ||
        status.kind === "switched" && status.partner.name === name ||
        status.kind === "refused" && "name" in status.refusal && status.refusal.name === name,
      PATIENCE,
      signal,
    );
    this.submit({ kind: "chat", name });
    const answer = await begun;
    if (answer === null && !signal.aborted) fault(this.stage, "chat: nothing came of a call");
    if (answer?.kind !== "opened" && answer?.kind !== "switched") return;
    const { partner } = answer;
    const key = `${this.stage.name}.${this.stage.life}.${++this.#keys}`;
    const talk: Talk = { partner, waiting: [], sent: 0, acknowledged: 0 };
    this.#talks.set(key, talk);
    const count = FEWEST + Math.floor((MOST - FEWEST + 1) * random());
    while (talk.sent < count && this.#talks.has(key) && !signal.aborted) {
      this.#say(key, talk);
      await pause(someTime(world.plan.pace.message, random), signal);
    }
    await this.#allAcknowledged(key, talk, signal);
    if (signal.aborted || !this.#talks.has(key)) return;
    this.#end(key, talk);
    this.submit({ kind: "bye", name: partner.label });
  }

  /** Says how much was said everywhere, before the goodbyes of who leaves. */
  farewell(): void {
    this.#leaving = true;
    for (const [key, talk] of [...this.#talks]) this.#end(key, talk);
  }

  /** What was under way when the person left: neither acknowledged nor lost. */
  over(): void {
    for (const key of [...this.#talks.keys()]) this.#cut(key);
  }

  #say(key: string, talk: Talk): void {
    const { random, world } = this.stage;
    talk.sent += 1;
    talk.waiting.push(performance.now());
    world.tally.add("chat: messages sent");
    const padding = "ã".repeat(PADDING[Math.floor(random() * PADDING.length)]!);
    this.#write(talk.partner, `m ${key} ${talk.sent} ${padding}`);
  }

  #end(key: string, talk: Talk): void {
    this.#write(talk.partner, `end ${key} ${talk.sent}`);
    this.#cut(key);
  }

  #write({ label }: Partner, text: string): void {
    this.submit({ kind: "to", name: label, text });
  }

  async #allAcknowledged(key: string, talk: Talk, signal: AbortSignal): Promise<void> {
    while (talk.acknowledged < talk.sent && this.#talks.has(key) && !signal.aborted) {
      const { acknowledged } = talk;
      await this.#inbox.next(
        (told) =>
          told.kind === "acknowledged" && told.key === key ||
          told.kind === "closed" && told.partner.label === talk.partner.label,
        PATIENCE,
        signal,
      );
      if (signal.aborted || !this.#talks.has(key) || talk.acknowledged > acknowledged) continue;
      this.stage.world.tally.add("chat: messages lost", talk.sent - acknowledged);
      this.#talks.delete(key);
      return fault(this.stage, `chat: ${talk.sent - acknowledged} messages lost in an open talk`);
    }
  }

  #message(partner: Partner, text: string): void {
    const { tally } = this.stage.world;
    const [kind, key = "", number] = text.split(" ", 3);
    const count = Number(number);
    if (kind === "ack") return this.#acknowledged(key, count);
    const heard = this.#heard.get(key) ?? { partner: partner.label, got: 0, ended: false };
    this.#heard.set(key, heard);
    if (kind === "end") {
      heard.ended = true;
      if (heard.got === count) return;
      tally.add("chat: messages lost", count - heard.got);
      return fault(this.stage, `chat: got ${heard.got} of ${count} messages of ${key}`);
    }
    tally.add("chat: messages received");
    if (count !== heard.got + 1) {
      tally.add("chat: messages out of order or twice");
      fault(this.stage, `chat: message ${count} of ${key} after ${heard.got}`);
    }
    heard.got = count;
    // Only when everything that came with it is told: the goodbye may be among it, and who writes
    // to somebody who has gone calls them again.
    queueMicrotask(() => {
      if (this.#open.has(partner.label)) this.#write(partner, `ack ${key} ${count}`);
      else tally.add("chat: messages received after a goodbye");
    });
  }

  #acknowledged(key: string, count: number): void {
    const { tally } = this.stage.world;
    const talk = this.#talks.get(key);
    // After our own end of it, or of a talk that was given up.
    if (talk === undefined) return tally.add("chat: acknowledgements after a goodbye");
    if (count !== talk.acknowledged + 1) {
      fault(this.stage, `chat: acknowledgement ${count} of ${key} after ${talk.acknowledged}`);
    }
    talk.acknowledged = count;
    this.stage.world.slowness.note(performance.now() - talk.waiting.shift()!);
    tally.add("chat: messages acknowledged");
    this.#inbox.take({ kind: "acknowledged", key });
  }

  #closed({ label }: Partner, properly: boolean): void {
    for (const [key, talk] of [...this.#talks]) {
      if (talk.partner.label === label) this.#cut(key);
    }
    for (const [key, heard] of [...this.#heard]) {
      if (heard.partner !== label) continue;
      this.#heard.delete(key);
      // Who says goodbye has said before how much there was.
      if (properly && !heard.ended) fault(this.stage, `chat: the end of ${key} is lost`);
    }
  }

  /** A talk is over; what of it is not acknowledged is neither lost nor known to have come. */
  #cut(key: string): void {
    const talk = this.#talks.get(key);
    if (talk === undefined) return;
    this.#talks.delete(key);
    const open = talk.sent - talk.acknowledged;
    if (open > 0) this.stage.world.tally.add("chat: messages cut off by a departure", open);
  }
}

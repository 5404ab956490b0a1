import { Backoff } from "../../base/backoff.ts";
import { LIMITS } from "../../base/limits.ts";
import type { Machine } from "../../base/machine.ts";
import { transition } from "../../base/state_table.ts";
import { SECOND } from "../../base/units.ts";
import {
  type CatalogueFile,
  type CatalogueReply,
  formatCatalogueRequest,
  splitRegistration,
} from "../../protocol/music.ts";
import type {
  CatalogueOutcome,
  MembershipEffect,
  MembershipInput,
  MembershipOptions,
} from "./contract.ts";
import { CATALOGUE_NODE_LIMITS } from "./limits.ts";
import { MEMBERSHIP, type MembershipEvent, type MembershipState } from "./states.ts";

/**
 * A node's entry in the catalogue (`protocols/music.md`): sends the list of files in as many parts as
 * it takes, one after another; renews it at half of its lease; sends all of it again when it has
 * changed or the server has lost it; comes back with exponential back-off after the server has gone.
 */
export class CatalogueMembership implements Machine<MembershipInput, MembershipEffect> {
  #state: MembershipState = "offline";
  #files: readonly CatalogueFile[] = [];
  /** Parts of the list that have not been sent. */
  #parts: string[] = [];
  /** Files of the list that is being sent. */
  #sentFiles = 0;
  /** When the sending of the list began, and how long it took. */
  #listingAt = 0;
  #listingTook = 0;
  /** What the server counted when it had the whole list. */
  #counted = 0;
  /** Whether the server counted something else than was sent, and was sent it again. */
  #miscounted = false;
  /** Whether the server can have an entry of ours. */
  #known = false;
  #asking = false;
  /** Whether the list has changed since it was begun to be sent. */
  #changed = false;
  #changeAt = Infinity;
  #wakeAt = Infinity;
  #wasRegistered = false;
  /** The number of files that the person was told, and the trouble: a word, or that nobody is there. */
  #toldFiles: number | null = null;
  #trouble: { readonly word: string | null } | null = null;
  readonly #away: Backoff;
  readonly #refusals: Backoff;

  constructor(readonly options: MembershipOptions) {
    this.#away = new Backoff(LIMITS.reconnect, options.random);
    this.#refusals = new Backoff(CATALOGUE_NODE_LIMITS.refused, options.random);
  }

  get state(): MembershipState {
    return this.#state;
  }

  handle(input: MembershipInput, now: number): readonly MembershipEffect[] {
    switch (input.kind) {
      case "start":
        return this.#state === "offline" ? this.#list("start", now) : [];
      case "files":
        return this.#take(input.files, now);
      case "outcome":
        return this.#outcome(input.outcome, now);
      case "leave":
        return this.#leave(now);
      case "wake":
        return this.#wake(now);
    }
  }

  wakeAt(): number | null {
    const change = this.#state === "registered" ? this.#changeAt : Infinity;
    const at = Math.min(this.#wakeAt, change);
    return at === Infinity ? null : at;
  }

  #take(files: readonly CatalogueFile[], now: number): MembershipEffect[] {
    // The server counts an id once, and so do we.
    this.#files = [...new Map(files.map((file) => [file.id, file])).values()];
    if (!this.#changed) {
      const { changeDelay, changeFactor } = CATALOGUE_NODE_LIMITS;
      this.#changed = true;
      this.#changeAt = now + Math.max(changeDelay, changeFactor * this.#listingTook);
    }
    return [];
  }

  #wake(now: number): MembershipEffect[] {
    if (now < (this.wakeAt() ?? Infinity)) return [];
    switch (this.#state) {
      case "registered":
        return now >= this.#changeAt ? this.#list("relist", now) : this.#renew();
      case "refused":
      case "waiting":
        return this.#list("retry", now);
      case "leaving":
        return this.#left();
      default:
        return [];
    }
  }

  /** Sends the whole list, from its first part on. */
  #list(event: MembershipEvent, now: number): MembershipEffect[] {
    this.#move(event);
    const ttl = CATALOGUE_NODE_LIMITS.ttlSeconds;
    this.#parts = [...splitRegistration({ ...this.options, ttl }, this.#files)];
    this.#sentFiles = this.#files.length;
    this.#listingAt = now;
    this.#changed = false;
    this.#changeAt = this.#wakeAt = Infinity;
    return this.#ask(this.#parts.shift()!);
  }

  #renew(): MembershipEffect[] {
    this.#move("renew");
    this.#wakeAt = Infinity;
    const { name, port } = this.options;
    const ttl = CATALOGUE_NODE_LIMITS.ttlSeconds;
    return this.#ask(
      formatCatalogueRequest({
        kind: "NODE_REGISTER",
        name,
        port,
        ttl,
        files: undefined,
        more: false,
      }),
    );
  }

  #outcome(outcome: CatalogueOutcome, now: number): MembershipEffect[] {
    this.#asking = false;
    const unreachable = outcome.kind === "unreachable";
    switch (this.#state) {
      case "listing":
      case "renewing":
        return unreachable ? this.#gone(outcome.reason, now) : this.#reply(outcome.reply, now);
      case "leaving":
        // What was asked before the farewell has been answered; or the farewell has.
        return this.#known && !unreachable ? this.#remove() : this.#left();
      default:
        return [];
    }
  }

  #reply(reply: CatalogueReply, now: number): MembershipEffect[] {
    if (reply.kind === "registered") {
      return this.#state === "listing" ? this.#listed(reply, now) : this.#renewed(reply, now);
    }
    const word = reply.kind === "error" ? reply.error : "bad_reply";
    const error = word.slice(0, CATALOGUE_NODE_LIMITS.errorWord);
    // Some servers want the list in every request.
    const unknown = this.#state === "renewing" && /^bad_(?:files|more)\b/.test(error);
    return unknown ? this.#list("relist", now) : this.#refused(error, now);
  }

  #listed(reply: CatalogueReply & { kind: "registered" }, now: number): MembershipEffect[] {
    const part = this.#parts.shift();
    if (part !== undefined) return this.#ask(part);
    this.#listingTook = now - this.#listingAt;
    this.#move("listed");
    if (reply.registered !== this.#sentFiles && !this.#miscounted) {
      // Parts of an earlier list were among them, or parts of this one are lost.
      this.#miscounted = true;
      return this.#list("relist", now);
    }
    this.#miscounted = false;
    this.#counted = reply.registered;
    return this.#registered(reply.ttl, now);
  }

  #renewed(reply: CatalogueReply & { kind: "registered" }, now: number): MembershipEffect[] {
    // The lease had run out, or the server forgot: it has an entry without files now.
    if (reply.registered !== this.#counted) return this.#list("relist", now);
    this.#move("renewed");
    return this.#registered(reply.ttl, now);
  }

  #registered(ttl: number, now: number): MembershipEffect[] {
    this.#away.reset();
    this.#refusals.reset();
    this.#wakeAt = now + ttl * SECOND / 2;
    const files = this.#counted;
    const again = this.#wasRegistered && this.#trouble !== null;
    const news = this.#trouble !== null || this.#toldFiles !== files;
    this.#wasRegistered = true;
    this.#trouble = null;
    this.#toldFiles = files;
    return news ? [{ kind: "music_registered", files, again }] : [];
  }

  #refused(error: string, now: number): MembershipEffect[] {
    this.#move("refused");
    this.#wakeAt = now + this.#refusals.next();
    if (this.#trouble?.word === error) return [];
    this.#trouble = { word: error };
    return [{ kind: "music_refused", error }];
  }

  #gone(reason: string, now: number): MembershipEffect[] {
    this.#move("away");
    this.#wakeAt = now + this.#away.next();
    if (this.#trouble?.word === null) return [];
    this.#trouble = { word: null };
    return [{ kind: "music_server_away", first: !this.#wasRegistered, reason }];
  }

  #leave(now: number): MembershipEffect[] {
    if (this.#state === "offline") return [{ kind: "music_left" }];
    if (this.#state === "leaving") return [];
    this.#move("leave");
    this.#parts = [];
    this.#wakeAt = now + CATALOGUE_NODE_LIMITS.farewell;
    // A request that is under way could otherwise be carried out after the farewell.
    if (this.#asking) return [];
    return this.#known ? this.#remove() : this.#left();
  }

  #remove(): MembershipEffect[] {
    this.#known = false;
    return this.#ask(formatCatalogueRequest({ kind: "NODE_REMOVE", name: this.options.name }));
  }

  #left(): MembershipEffect[] {
    this.#move("left");
    this.#known = this.#changed = this.#miscounted = false;
    this.#changeAt = this.#wakeAt = Infinity;
    this.#toldFiles = this.#trouble = null;
    return [{ kind: "music_left" }];
  }

  #ask(line: string): MembershipEffect[] {
    this.#asking = true;
    if (this.#state !== "leaving") this.#known = true;
    return [{ kind: "ask", line }];
  }

  #move(event: MembershipEvent): void {
    this.#state = transition(MEMBERSHIP, this.#state, event);
  }
}

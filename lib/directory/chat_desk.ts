import { formatIpPort, type IpPort } from "../base/address.ts";
import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkId, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import { type ChatRequest, formatReply, parseRequest } from "../protocol/chat.ts";
import type { Desk, DeskEffect, UserRow, Vanished } from "./desk.ts";
import { Roster } from "./roster.ts";
import type { DirectoryStore, Place, Registration } from "./store.ts";

const SERVICE = "chat";
const NOTHING: readonly DeskEffect[] = [];

/** One connection to the chat port. */
interface Session {
  readonly ip: string;
  /** The accepted name, or null before a valid USER. */
  name: string | null;
  /**
   * Whether its USER could not be entered: nobody knows whose the name is, or there is no room. A
   * close would say "taken", and so nothing is said, until its time to register is up.
   */
  unheard: boolean;
  /** When the connection is cut: the end of the time to register, then of the lease. */
  deadline: number;
}

/**
 * The directory of direct chat (TCP 10000, `protocols/chat.md`): who is active, from a valid USER
 * until the connection ends or its lease of 15 s runs out.
 */
export class ChatDesk implements Desk {
  readonly #sessions = new Map<LinkId, Session>();
  #nextSweep = 0;
  #roster = new Roster([]);

  /**
   * @param store where the users are kept
   * @param server a word that no other server of the same store has
   */
  constructor(readonly store: DirectoryStore, readonly server: string) {}

  handle(input: LinkInput | Wake | Vanished, now: number): Awaitable<readonly DeskEffect[]> {
    switch (input.kind) {
      case "line":
        return this.#line(input.link, input.bytes, now);
      case "accepted":
        this.#sessions.set(input.link, {
          ip: input.ip,
          name: null,
          unheard: false,
          deadline: now + LIMITS.chatRegistration,
        });
        return NOTHING;
      case "line_too_long":
        return this.#leave(input.link, now, [
          { kind: "refused", link: input.link, code: "line_too_long" },
          { kind: "close", link: input.link },
        ]);
      case "closed":
        return this.#leave(input.link, now, []);
      case "wake":
        return this.#sweep(now);
      default:
        return NOTHING;
    }
  }

  wakeAt(): number {
    return this.#nextSweep;
  }

  nameOf(link: LinkId): string | null {
    return this.#sessions.get(link)?.name ?? null;
  }

  /** The table of active users, oldest first. */
  users(now: number): Awaitable<readonly UserRow[]> {
    return whenReady(
      this.store.list(SERVICE, {}, now),
      (users) => users.map((user) => ({ name: user.id, ...user.payload as IpPort })),
    );
  }

  #line(link: LinkId, bytes: Uint8Array, now: number): Awaitable<readonly DeskEffect[]> {
    const session = this.#sessions.get(link);
    if (session === undefined) return NOTHING;
    // Time can be up before the next sweep sees it; what comes then comes too late.
    if (now >= session.deadline) return this.#cut(link, session);
    if (session.unheard) return [refused(link, "not_registered")];
    let request: ChatRequest;
    try {
      request = parseRequest(bytes);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      // A malformed USER closes; anything else malformed is ignored (`protocols/chat.md`).
      return session.name === null && error.code === "bad_user"
        ? this.#leave(link, now, [refused(link, error.code), { kind: "close", link }])
        : [refused(link, error.code)];
    }
    if (request.kind === "USER") return this.#register(link, session, request, now);
    if (session.name === null) return [refused(link, "not_registered")];
    switch (request.kind) {
      case "KEEP":
        return this.#keep(link, session, session.name, now);
      case "LIST":
        return this.#list(link, session.name, now);
      case "ADDR":
        return whenReady(
          this.store.find(place(request.name), now),
          (user) =>
            user === null ? NOTHING : [{
              kind: "send",
              link,
              line: formatReply({ kind: "ADDR", address: user.payload as IpPort }),
            }],
        );
    }
  }

  #register(
    link: LinkId,
    session: Session,
    { name, port }: { name: string; port: number },
    now: number,
  ): Awaitable<readonly DeskEffect[]> {
    if (session.name !== null) return [refused(link, "second_user")];
    const address: IpPort = { ip: session.ip, port };
    const registration: Registration = {
      ...place(name),
      // A client that crashed and came back has the same address and port (`protocols/chat.md`).
      owner: formatIpPort(address),
      holder: this.#holder(link),
      payload: address,
      expiresAt: now + LIMITS.chatLease,
    };
    return whenReady(this.store.claim(registration, now), (claim) => {
      if (claim.outcome === "taken") {
        this.#sessions.delete(link);
        return [refused(link, "name_taken"), { kind: "close", link }];
      }
      if (claim.outcome === "full") {
        session.unheard = true;
        return [refused(link, "name_full")];
      }
      const effects: DeskEffect[] = [];
      const former = claim.outcome === "replaced" ? this.#linkOf(claim.previous.holder) : null;
      if (former !== null) {
        this.#sessions.delete(former);
        effects.push({ kind: "abort", link: former });
      }
      if (this.#sessions.get(link) !== session) {
        // The connection ended while the store was asked.
        const released = this.store.release(place(name), registration.holder, now);
        return whenReady(released, () => effects);
      }
      session.name = name;
      session.deadline = registration.expiresAt;
      effects.push({ kind: "user_added", service: SERVICE, name });
      return effects;
    });
  }

  #keep(
    link: LinkId,
    session: Session,
    name: string,
    now: number,
  ): Awaitable<readonly DeskEffect[]> {
    const until = now + LIMITS.chatLease;
    return whenReady(this.store.renew(place(name), this.#holder(link), until, now), (kept) => {
      if (kept) session.deadline = until;
      else if (this.#sessions.get(link) === session) return this.#cut(link, session, "lease_lost");
      return NOTHING;
    });
  }

  #list(link: LinkId, asker: string, now: number): Awaitable<readonly DeskEffect[]> {
    return whenReady(this.store.list(SERVICE, {}, now), (users) => {
      if (this.#roster.users !== users) this.#roster = new Roster(users);
      return [{ kind: "send", link, line: `LIST ${this.#roster.without(asker)}` }];
    });
  }

  /** Forgets a connection and its name, then does `effects`. */
  #leave(link: LinkId, now: number, effects: DeskEffect[]): Awaitable<readonly DeskEffect[]> {
    const session = this.#sessions.get(link);
    if (session === undefined) return NOTHING;
    this.#sessions.delete(link);
    const { name } = session;
    if (name === null) return effects;
    return whenReady(this.store.release(place(name), this.#holder(link), now), (released) => {
      if (released) effects.push({ kind: "user_removed", service: SERVICE, name });
      return effects;
    });
  }

  /** Cuts every connection whose time is up: one pass for all, no timer for each. */
  #sweep(now: number): readonly DeskEffect[] {
    this.#nextSweep = now + LIMITS.serverSweep;
    const effects: DeskEffect[] = [];
    for (const [link, session] of this.#sessions) {
      if (now >= session.deadline) effects.push(...this.#cut(link, session));
    }
    return effects;
  }

  /**
   * Cuts a connection whose time is up, or whose name another server's connection has: of several
   * servers with one store, one can have been cut off from it while the lease ran out there.
   */
  #cut(link: LinkId, { name, ip }: Session, code = "lease_expired"): readonly DeskEffect[] {
    this.#sessions.delete(link);
    const abort: DeskEffect = { kind: "abort", link };
    if (name === null) return [refused(link, "no_user_in_time"), abort];
    // The lease itself ended at the deadline: the store counts the name as gone already.
    const removed: DeskEffect = { kind: "user_removed", service: SERVICE, name };
    const gone: DeskEffect[] = code === "lease_expired" ? [{ kind: "vanished", name, ip }] : [];
    return [refused(link, code), abort, removed, ...gone];
  }

  #holder(link: LinkId): string {
    return `${this.server}/${link}`;
  }

  #linkOf(holder: string): LinkId | null {
    const [server, link] = holder.split("/");
    return server === this.server ? Number(link) : null;
  }
}

function place(name: string): Place {
  return { service: SERVICE, group: "", id: name };
}

function refused(link: LinkId, code: string): DeskEffect {
  return { kind: "refused", link, code };
}

import type { IpPort } from "../base/address.ts";
import { Backoff } from "../base/backoff.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkEffect, LinkId } from "../base/link.ts";
import type { Random } from "../base/random.ts";
import { transition } from "../base/state_table.ts";
import { type ChatReply, formatRequest, parseReply } from "../protocol/chat.ts";
import { SESSION, type SessionEvent, type SessionState } from "./states.ts";
import { type ChatStatus, NO_ANSWER } from "./status.ts";

/** What a {@link ServerSession} answers with; `found` answers a lookup. */
export type SessionOutput =
  | LinkEffect
  | ChatStatus
  | { readonly kind: "found"; readonly token: number; readonly found: Lookup };

/** What the server said of a name: where it is, that it is not active, or nothing at all. */
export type Lookup = IpPort | "not_active" | "no_answer";

/** A reply that is due. Replies come in the order of the requests. */
type Pending =
  & { readonly deadline: number }
  & (
    | { readonly kind: "register" }
    | { readonly kind: "list" }
    /** ADDR of our own name: whether the server is still there. */
    | { readonly kind: "probe" }
    /** ADDR with a LIST behind it: if the LIST reply is first, the name is not active. */
    | { readonly kind: "lookup"; readonly token: number; answered: boolean }
  );

/**
 * The one connection to the server (`protocols/chat.md`): registers, keeps the lease alive, asks,
 * and comes back with exponential back-off after the server has gone.
 */
export class ServerSession {
  #state: SessionState = "offline";
  #pending: Pending[] = [];
  #keepAt = Infinity;
  #retryAt = Infinity;
  /** When a keepalive has a probe behind it again. */
  #probeAt = Infinity;
  /** Whether this server has answered a probe: the silence of one that never did means nothing. */
  #answersProbes = false;
  /** Whether the server ever took our name. */
  #wasRegistered = false;
  /** The last trouble that the person was told of, which is said once. */
  #told: "away" | "refused" | null = null;
  /** Whether the server closed on the name that we have now, before it said anything. */
  #closedOn = false;
  readonly #backoff: Backoff;

  constructor(
    readonly link: () => LinkId,
    readonly server: { readonly host: string; readonly port: number },
    public user: { readonly name: string; readonly port: number },
    random: Random,
  ) {
    this.#backoff = new Backoff(LIMITS.reconnect, random);
  }

  /** The connection's number, or null while there is none. */
  current: LinkId | null = null;

  get state(): SessionState {
    return this.#state;
  }

  /** Whether the person waits for a list. */
  get busy(): boolean {
    return this.#pending.some(({ kind }) => kind === "list");
  }

  wakeAt(): number {
    const deadline = this.#pending[0]?.deadline ?? Infinity;
    return Math.min(this.#keepAt, this.#retryAt, deadline);
  }

  /** Connects and registers. */
  start(): SessionOutput[] {
    return this.#connect("start");
  }

  /** Registers under another name after the first was refused; a name that is ours stays. */
  rename(name: string): SessionOutput[] {
    if (this.#state === "registering" || this.#state === "active") return [];
    this.user = { ...this.user, name };
    this.#closedOn = false;
    return this.#state === "refused" || this.#state === "waiting" ? this.#connect("rename") : [];
  }

  /** Asks for the other active users; false where the server is away or owes too much. */
  list(now: number): SessionOutput[] | null {
    return this.#ask({ kind: "list", deadline: now + LIMITS.serverReply }, [
      formatRequest({ kind: "LIST" }),
    ]);
  }

  /** Asks where a user is; answered by a `found` with the same token, or null as above. */
  lookUp(name: string, token: number, now: number): SessionOutput[] | null {
    const deadline = now + LIMITS.serverReply;
    return this.#ask({ kind: "lookup", token, answered: false, deadline }, [
      formatRequest({ kind: "ADDR", name }),
      formatRequest({ kind: "LIST" }),
    ]);
  }

  /** Leaves the server, in order. */
  leave(): SessionOutput[] {
    const link = this.current;
    if (this.#state !== "offline") this.#move("leave");
    return [...this.#reset(), ...(link === null ? [] : [{ kind: "close" as const, link }])];
  }

  connected(now: number): SessionOutput[] {
    this.#move("connected");
    this.#pending = [{ kind: "register", deadline: now + LIMITS.serverReply }];
    return [
      this.#send(formatRequest({ kind: "USER", ...this.user })),
      this.#send(formatRequest({ kind: "LIST" })),
    ];
  }

  unreachable(reason: string, now: number): SessionOutput[] {
    return this.#away("unreachable", reason, now);
  }

  closed(reason: string, now: number): SessionOutput[] {
    if (this.#state !== "registering") return this.#away("closed", reason, now);
    if (this.#closedOn) return this.#refused(now);
    // Its no, or its end: a server that ended is not there when it is asked again.
    this.#closedOn = true;
    return [...this.#reset(), ...this.#connect("closed_once")];
  }

  line(bytes: Uint8Array, now: number): SessionOutput[] {
    let reply: ChatReply;
    try {
      reply = parseReply(bytes);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return [serverError(error.code)];
    }
    let pending = this.#pending[0];
    if (pending?.kind === "probe") {
      this.#pending.shift();
      if (reply.kind === "ADDR") {
        this.#answersProbes = true;
        return [];
      }
      pending = this.#pending[0];
    }
    if (pending === undefined) return [serverError("unasked_reply")];
    if (reply.kind === "ADDR") {
      if (pending.kind !== "lookup" || pending.answered) {
        return [serverError("unasked_reply")];
      }
      pending.answered = true;
      return [{ kind: "found", token: pending.token, found: reply.address }];
    }
    this.#pending.shift();
    switch (pending.kind) {
      case "register":
        return this.#registered(reply.names, now);
      case "list":
        return [{ kind: "users", names: reply.names }];
      case "probe":
        // It is asked only where nothing else is due, and so there is one at a time.
        return [];
      case "lookup":
        if (pending.answered) return [];
        return [{ kind: "found", token: pending.token, found: "not_active" }];
    }
  }

  /** A reply over the limit; the request that it was for runs into its time limit. */
  lineTooLong(): SessionOutput[] {
    return [serverError("line_too_long")];
  }

  wake(now: number): SessionOutput[] {
    if (now >= this.#retryAt) return this.#connect("retry");
    const first = this.#pending[0];
    if (first?.kind === "probe" && now >= first.deadline && !this.#answersProbes) {
      this.#pending.shift();
    }
    if (now >= (this.#pending[0]?.deadline ?? Infinity)) {
      const link = this.current;
      const outputs = this.#away("lost", NO_ANSWER, now);
      return link === null ? outputs : [{ kind: "abort", link }, ...outputs];
    }
    if (now < this.#keepAt) return [];
    // Counted from now, not from the last one: after a suspended laptop wakes, one is enough.
    this.#keepAt = now + LIMITS.chatKeepalive;
    return [this.#send(formatRequest({ kind: "KEEP" })), ...this.#probe(now)];
  }

  #probe(now: number): SessionOutput[] {
    // An answer that is due tells as much.
    if (now < this.#probeAt || this.#pending.length > 0) return [];
    this.#probeAt = now + LIMITS.chatProbe;
    this.#pending.push({ kind: "probe", deadline: now + LIMITS.serverReply });
    return [this.#send(formatRequest({ kind: "ADDR", name: this.user.name }))];
  }

  #connect(event: SessionEvent): SessionOutput[] {
    this.#move(event);
    this.#retryAt = Infinity;
    this.current = this.link();
    return [{
      kind: "connect",
      link: this.current,
      ...this.server,
      lineLimit: LIMITS.serverReplyBytes,
    }];
  }

  #ask(pending: Pending, lines: string[]): SessionOutput[] | null {
    if (this.#state !== "active" || this.#pending.length >= LIMITS.chatPendingRequests) return null;
    this.#pending.push(pending);
    return lines.map((line) => this.#send(line));
  }

  #registered(names: readonly string[], now: number): SessionOutput[] {
    this.#move("list_reply");
    this.#backoff.reset();
    this.#keepAt = now + LIMITS.chatKeepalive;
    this.#probeAt = now + LIMITS.chatProbe;
    const again = this.#wasRegistered;
    this.#wasRegistered = true;
    this.#told = null;
    this.#closedOn = false;
    return [{ kind: "registered", name: this.user.name, again, names }];
  }

  #refused(now: number): SessionOutput[] {
    this.#move("closed");
    const outputs = this.#reset();
    const held = this.#wasRegistered;
    // A first name is the person's to change; one that was ours may come free again.
    if (held) this.#retryAt = now + this.#backoff.next();
    if (held && this.#told === "refused") return outputs;
    this.#told = "refused";
    return [...outputs, { kind: "name_refused", name: this.user.name, held }];
  }

  #away(event: SessionEvent, reason: string, now: number): SessionOutput[] {
    this.#move(event);
    const outputs = this.#reset();
    this.#retryAt = now + this.#backoff.next();
    this.#closedOn = false;
    if (this.#told === "away") return outputs;
    this.#told = "away";
    return [...outputs, { kind: "server_away", first: !this.#wasRegistered, reason }];
  }

  /** Forgets the connection; what was asked is answered as far as it can be. */
  #reset(): SessionOutput[] {
    const outputs = this.#pending.flatMap(withoutAnswer);
    this.#pending = [];
    this.#keepAt = this.#retryAt = this.#probeAt = Infinity;
    this.current = null;
    return outputs;
  }

  #send(line: string): LinkEffect {
    if (this.current === null) throw new TypeError("no connection to the server");
    return { kind: "send", link: this.current, line };
  }

  #move(event: SessionEvent): void {
    this.#state = transition(SESSION, this.#state, event);
  }
}

function serverError(code: string): ChatStatus {
  return { kind: "remote_error", code, from: "server" };
}

/** What a request comes to when the server goes before it answers. */
function withoutAnswer(pending: Pending): SessionOutput[] {
  switch (pending.kind) {
    case "register":
    case "probe":
      return [];
    case "list":
      return [{ kind: "refused", refusal: { why: "no_server", name: null } }];
    case "lookup":
      return pending.answered ? [] : [{ kind: "found", token: pending.token, found: "no_answer" }];
  }
}

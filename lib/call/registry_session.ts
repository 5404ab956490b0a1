import type { IpPort } from "../base/address.ts";
import { Backoff } from "../base/backoff.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkEffect, LinkId, LinkInput } from "../base/link.ts";
import { transition } from "../base/state_table.ts";
import {
  type CallReply,
  type CallRequest,
  formatCallRequest,
  parseCallReply,
} from "../protocol/call.ts";
import type { CallPeerOptions } from "./contract.ts";
import { CALL_LIMITS } from "./limits.ts";
import { REGISTRY, type RegistryEvent, type RegistryState } from "./states.ts";
import type { CallStatus } from "./status.ts";

/** What the registry said of a name: where it is, that nobody has it, or nothing at all. */
export type Lookup = IpPort | "unknown" | "no_answer";

/** What a {@link RegistrySession} answers with; `found` answers a lookup with its token. */
export type SessionOutput =
  | LinkEffect
  | CallStatus
  | {
    readonly kind: "found";
    readonly name: string;
    readonly token: string | null;
    readonly found: Lookup;
  };

/** A `consulta` whose reply is due, or that is to be sent as soon as we are registered. */
interface Pending {
  readonly name: string;
  readonly token: string | null;
  /** When the reply is too late; infinite before it was sent. */
  readonly deadline: number;
}

/**
 * The one connection to the call registry (`protocols/call.md`): registers, asks, stays open,
 * deregisters at the end, and comes back with exponential back-off after the server has gone.
 */
export class RegistrySession {
  #state: RegistryState = "offline";
  #name: string;
  #address: IpPort | null = null;
  /** Our address on the connection, to be registered where no other is wanted. */
  #localIp: string | undefined;
  #link: LinkId | null = null;
  #nextLink = 1;
  #pending: Pending[] = [];
  /** When the answer to `registro` or `encerramento` is too late. */
  #deadline = Infinity;
  #retryAt = Infinity;
  #wasRegistered = false;
  /** The last trouble that the person was told of, which is said once. */
  #told: "away" | "refused" | "full" | null = null;
  readonly #backoff: Backoff;

  constructor(readonly options: CallPeerOptions, name: string) {
    this.#name = name;
    this.#backoff = new Backoff(LIMITS.reconnect, options.random);
  }

  /** Our own name. */
  get name(): string {
    return this.#name;
  }

  get state(): RegistryState {
    return this.#state;
  }

  /** Where others call us, as the registry has it; kept while it is away. */
  get address(): IpPort | null {
    return this.#address;
  }

  wakeAt(): number {
    return Math.min(this.#deadline, this.#retryAt, this.#pending[0]?.deadline ?? Infinity);
  }

  /** Connects and registers. */
  start(): SessionOutput[] {
    return this.#connect("start");
  }

  /** Registers under another name after the first was refused; a name that is ours stays. */
  rename(name: string, now: number): SessionOutput[] {
    if (this.#state !== "refused" && this.#state !== "waiting") return [];
    this.#name = name;
    this.#told = null;
    return this.#again("rename", now);
  }

  /**
   * Asks where somebody is; answered by a `found` with the same token: at once where the registry is
   * away, later where we are about to be registered.
   */
  lookUp(name: string, token: string | null, now: number): SessionOutput[] {
    const soon = this.#state === "connecting" || this.#state === "registering";
    const possible = soon || this.#state === "registered";
    if (!possible || this.#pending.length >= CALL_LIMITS.lookups) {
      return [{ kind: "found", name, token, found: "no_answer" }];
    }
    this.#pending.push({ name, token, deadline: soon ? Infinity : now + LIMITS.serverReply });
    return soon ? [] : [this.#send({ kind: "consulta", name })];
  }

  /** Leaves the registry; done when the state is `offline`. */
  leave(now: number): SessionOutput[] {
    if (this.#state === "offline" || this.#state === "leaving") return [];
    const registered = this.#state === "registered";
    this.#move("leave");
    if (!registered) return [...this.#close(), ...this.#reset()];
    const outputs = this.#forgetPending();
    this.#deadline = now + LIMITS.linger;
    return [...outputs, this.#send({ kind: "encerramento", name: this.#name })];
  }

  /** What happens on the link. What is of an earlier link, or of somebody else's, does nothing. */
  input(input: LinkInput, now: number): SessionOutput[] {
    if (input.kind === "accepted") return [{ kind: "abort", link: input.link }];
    if (input.link !== this.#link) return [];
    switch (input.kind) {
      case "connected":
        this.#localIp = input.localIp;
        return this.#register("connected", now);
      case "unreachable":
        return this.#away("unreachable", input.reason, now);
      case "line":
        return this.#line(input.bytes, now);
      case "line_too_long":
        return [{ kind: "remote_error", code: "line_too_long" }];
      case "closed":
        return this.#away("lost", input.reason, now);
      default:
        return [];
    }
  }

  wake(now: number): SessionOutput[] {
    if (now >= this.#retryAt) return this.#again("retry", now);
    const waiting = Math.min(this.#deadline, this.#pending[0]?.deadline ?? Infinity);
    if (now < waiting) return [];
    const link = this.#link!;
    return [{ kind: "abort", link }, ...this.#away("lost", "no_answer", now)];
  }

  #connect(event: RegistryEvent): SessionOutput[] {
    this.#move(event);
    this.#retryAt = Infinity;
    this.#link = this.#nextLink;
    this.#nextLink += 2;
    return [{ kind: "connect", link: this.#link, ...this.options.server }];
  }

  /** Registers on the open connection, or connects where there is none. */
  #again(event: "rename" | "retry", now: number): SessionOutput[] {
    return this.#state === "refused" ? this.#register(event, now) : this.#connect(event);
  }

  #register(event: RegistryEvent, now: number): SessionOutput[] {
    this.#move(event);
    this.#retryAt = Infinity;
    this.#deadline = now + LIMITS.serverReply;
    const { ip = this.#localIp, port } = this.options;
    return [this.#send({ kind: "registro", name: this.#name, ip, port })];
  }

  #line(bytes: Uint8Array, now: number): SessionOutput[] {
    let reply: CallReply;
    try {
      reply = parseCallReply(bytes);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return [{ kind: "remote_error", code: error.code }];
    }
    switch (reply.kind) {
      case "registro_ok":
        if (this.#state !== "registering") break;
        return this.#registered({ ip: reply.ip, port: reply.port }, now);
      case "registro_erro":
        if (this.#state !== "registering") break;
        return this.#refused(reply.fault, now);
      case "consulta_ok":
        return this.#found(reply.name, { ip: reply.ip, port: reply.port });
      case "consulta_erro":
        return this.#found(reply.name, "unknown");
      case "encerramento_ok":
      case "encerramento_erro":
        if (this.#state !== "leaving") break;
        this.#move("left");
        return [...this.#close(), ...this.#reset()];
    }
    return [{ kind: "remote_error", code: "unasked_reply" }];
  }

  #registered(address: IpPort, now: number): SessionOutput[] {
    this.#move("registro_ok");
    this.#backoff.reset();
    this.#deadline = Infinity;
    this.#address = address;
    const again = this.#wasRegistered;
    this.#wasRegistered = true;
    this.#told = null;
    const deadline = now + LIMITS.serverReply;
    this.#pending = this.#pending.map((pending) => ({ ...pending, deadline }));
    return [
      { kind: "registered", name: this.#name, address, again },
      ...this.#pending.map(({ name }) => this.#send({ kind: "consulta", name })),
    ];
  }

  #refused(fault: string, now: number): SessionOutput[] {
    this.#move("registro_erro");
    this.#deadline = Infinity;
    const held = this.#wasRegistered;
    const full = fault === "servidor_cheio";
    // A first name is the person's to change; one that was ours may come free, a full registry too.
    if (held || full) this.#retryAt = now + this.#backoff.next();
    const unanswered = this.#forgetPending();
    const trouble = full ? "full" : "refused";
    if (this.#told === trouble) return unanswered;
    this.#told = trouble;
    const told: CallStatus = full
      ? { kind: "registry_full" }
      : { kind: "name_refused", name: this.#name, fault, held };
    return [told, ...unanswered];
  }

  /** Answers the first question about a name; a reply that names nobody is for the first of all. */
  #found(name: string, found: Lookup): SessionOutput[] {
    const at = this.#pending.findIndex((pending) => name === "" || pending.name === name);
    if (at < 0) {
      // Who leaves has forgotten what it asked; the registry has not.
      return this.#state === "leaving" ? [] : [{ kind: "remote_error", code: "unasked_reply" }];
    }
    const [pending] = this.#pending.splice(at, 1);
    return [{ kind: "found", name: pending!.name, token: pending!.token, found }];
  }

  #away(event: RegistryEvent, reason: string, now: number): SessionOutput[] {
    const leaving = this.#state === "leaving";
    this.#move(event);
    const outputs = this.#reset();
    if (leaving) return outputs;
    this.#retryAt = now + this.#backoff.next();
    if (this.#told !== null) return outputs;
    this.#told = "away";
    return [...outputs, { kind: "server_away", first: !this.#wasRegistered, reason }];
  }

  #close(): SessionOutput[] {
    return this.#link === null ? [] : [{ kind: "close", link: this.#link }];
  }

  /** Forgets the connection; what was asked is answered as far as it can be. */
  #reset(): SessionOutput[] {
    this.#link = null;
    this.#deadline = this.#retryAt = Infinity;
    return this.#forgetPending();
  }

  #forgetPending(): SessionOutput[] {
    const pending = this.#pending;
    this.#pending = [];
    return pending.map(({ name, token }) => ({ kind: "found", name, token, found: "no_answer" }));
  }

  #send(request: CallRequest): LinkEffect {
    if (this.#link === null) throw new TypeError("no connection to the registry");
    return { kind: "send", link: this.#link, line: formatCallRequest(request) };
  }

  #move(event: RegistryEvent): void {
    this.#state = transition(REGISTRY, this.#state, event);
  }
}

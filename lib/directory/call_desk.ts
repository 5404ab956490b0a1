import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { formatIpPort, type IpPort, isLocalIp } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import type { LinkId } from "../base/link.ts";
import {
  type CallFault,
  type CallReply,
  type CallRequest,
  formatCallReply,
  readCallRequest,
  refusalOf,
} from "../protocol/call.ts";
import type { JsonObject } from "../wire/json_line.ts";
import { CALL_REGISTRY_LIMITS } from "./call_limits.ts";
import type { DeskEffect, UserRow, Vanished } from "./desk.ts";
import type { Answer, Asker, RegistryService } from "./registry_desk.ts";
import type { Claim, DirectoryStore, Place, Registration } from "./store.ts";

const SERVICE = "call";
const NOTHING: readonly DeskEffect[] = [];

/** One connection that stays open. */
interface Session {
  /** The name that is registered on it, or null. */
  name: string | null;
  /** When the lease of the name is to be renewed, or a connection without a name is closed. */
  due: number;
  readonly ip: string;
}

/**
 * The registry of voice calls (TCP 5000, `protocols/call.md`): who can be called, from `registro`
 * until `encerramento` or the end of the connection. One connection holds one name.
 */
export class CallDesk implements RegistryService {
  readonly types = ["REGISTRO", "CONSULTA", "ENCERRAMENTO"];
  readonly #sessions = new Map<LinkId, Session>();

  /**
   * @param store where the users are kept
   * @param server a word that no other server of the same store has
   */
  constructor(readonly store: DirectoryStore, readonly server: string) {}

  answer(object: JsonObject, asker: Asker, now: number): Awaitable<Answer> {
    const session = this.#sessionOf(asker, now);
    let request: CallRequest;
    try {
      request = readCallRequest(object);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return refused(asker, refusalOf(object, error.code as CallFault), error.code);
    }
    switch (request.kind) {
      case "registro":
        return this.#register(request, session, asker, now);
      case "consulta":
        return this.#find(request.name, now);
      case "encerramento":
        return this.#leave(request.name, session, asker, now);
    }
  }

  closed(link: LinkId, now: number): Awaitable<readonly DeskEffect[]> {
    const name = this.#sessions.get(link)?.name ?? null;
    this.#sessions.delete(link);
    return name === null ? NOTHING : this.#release(name, link, now);
  }

  /** Nothing may ever be said on a connection whose other side is gone: the name would be held. */
  vanished({ name, ip }: Vanished, now: number): Awaitable<readonly DeskEffect[]> {
    return whenReady(this.store.find(place(name), now), (present) => {
      const link = Number(present?.holder.split("/")[1]);
      const session = this.#sessions.get(link);
      if (session?.name !== name || session.ip !== ip) return NOTHING;
      this.#sessions.delete(link);
      return whenReady(this.#release(name, link, now), (reports): readonly DeskEffect[] => [
        { kind: "refused", link, code: "vanished" },
        { kind: "abort", link },
        ...reports,
      ]);
    });
  }

  sweep(now: number): Awaitable<readonly DeskEffect[]> {
    const late: Promise<readonly DeskEffect[]>[] = [];
    const effects: DeskEffect[] = [];
    for (const [link, session] of this.#sessions) {
      if (now < session.due) continue;
      const done = this.#renew(link, session, now);
      if (done instanceof Promise) late.push(done);
      else effects.push(...done);
    }
    if (late.length === 0) return effects;
    return Promise.all(late).then((more) => [...effects, ...more.flat()]);
  }

  nameOf(link: LinkId): string | null {
    return this.#sessions.get(link)?.name ?? null;
  }

  /** The table of users: who can be called, and where. Oldest first. */
  users(now: number): Awaitable<readonly UserRow[]> {
    return whenReady(
      this.store.list(SERVICE, {}, now),
      (users) => users.map((user) => ({ name: user.id, ...user.payload as IpPort })),
    );
  }

  #register(
    { name, ip: claimed, port }: CallRequest & { readonly kind: "registro" },
    session: Session,
    asker: Asker,
    now: number,
  ): Awaitable<Answer> {
    if (session.name !== null) return refusal(asker, "registro_erro", name, "ja_registrado");
    const address: IpPort = { ip: believed(claimed, asker.ip), port };
    // A private address seen from far away is a NAT's doing, and nobody else's address.
    const foreign: readonly DeskEffect[] =
      claimed === undefined || claimed === address.ip || isLocalIp(claimed)
        ? NOTHING
        : [{ kind: "refused", link: asker.link, code: "foreign_address" }];
    const holder = this.#holder(asker.link);
    return whenReady(this.#claim(name, address, asker, now), ({ outcome }) => {
      if (outcome === "taken") return refusal(asker, "registro_erro", name, "nome_em_uso");
      if (outcome === "full") return refusal(asker, "registro_erro", name, "servidor_cheio");
      if (this.#sessions.get(asker.link) !== session) {
        // The connection ended while the store was asked.
        return whenReady(this.store.release(place(name), holder, now), () => ({ reply: null }));
      }
      session.name = name;
      session.due = now + CALL_REGISTRY_LIMITS.renewal;
      return {
        reply: formatCallReply({ kind: "registro_ok", name, ...address }),
        reports: [...foreign, { kind: "user_added", service: SERVICE, name }],
        stay: true,
      };
    });
  }

  /**
   * A name is its connection's alone while that is open. What a server that died has left in a
   * shared store is its former owner's at once, who is known by where it comes from and is called.
   */
  #claim(name: string, address: IpPort, { link, ip }: Asker, now: number): Awaitable<Claim> {
    const registration: Registration = {
      ...place(name),
      owner: `${ip} ${formatIpPort(address)}`,
      holder: this.#holder(link),
      payload: address,
      expiresAt: now + CALL_REGISTRY_LIMITS.lease,
    };
    return whenReady(
      this.store.find(place(name), now),
      (present): Awaitable<Claim> =>
        present?.holder.startsWith(this.#holder(""))
          ? { outcome: "taken" }
          : this.store.claim(registration, now),
    );
  }

  #find(name: string, now: number): Awaitable<Answer> {
    return whenReady(this.store.find(place(name), now), (user) => {
      const reply: CallReply = user === null
        ? { kind: "consulta_erro", name, fault: "nao_registrado" }
        : { kind: "consulta_ok", name, ...user.payload as IpPort };
      return { reply: formatCallReply(reply), stay: true };
    });
  }

  #leave(name: string, session: Session, asker: Asker, now: number): Awaitable<Answer> {
    if (session.name !== name) {
      return refusal(asker, "encerramento_erro", name, "nao_autorizado");
    }
    this.#sessions.delete(asker.link);
    return whenReady(this.#release(name, asker.link, now), (reports) => ({
      reply: formatCallReply({ kind: "encerramento_ok", name }),
      reports,
    }));
  }

  #release(name: string, link: LinkId, now: number): Awaitable<readonly DeskEffect[]> {
    const released = this.store.release(place(name), this.#holder(link), now);
    return whenReady(
      released,
      (was): readonly DeskEffect[] =>
        was ? [{ kind: "user_removed", service: SERVICE, name }] : NOTHING,
    );
  }

  /** Renews the lease of a connection's name; a connection without one has had its time. */
  #renew(link: LinkId, session: Session, now: number): Awaitable<readonly DeskEffect[]> {
    const { name } = session;
    if (name === null) {
      this.#sessions.delete(link);
      return [{ kind: "refused", link, code: "no_name_in_time" }, { kind: "close", link }];
    }
    session.due = now + CALL_REGISTRY_LIMITS.renewal;
    const until = now + CALL_REGISTRY_LIMITS.lease;
    const renewed = this.store.renew(place(name), this.#holder(link), until, now);
    return whenReady(renewed, (kept): readonly DeskEffect[] => {
      if (kept || this.#sessions.get(link) !== session) return NOTHING;
      // The store has lost the name. Closing tells the peer, who registers again.
      this.#sessions.delete(link);
      return [
        { kind: "refused", link, code: "lease_lost" },
        { kind: "close", link },
        { kind: "user_removed", service: SERVICE, name },
      ];
    });
  }

  /** The session of a connection; without a name its time begins anew with each request. */
  #sessionOf({ link, ip }: Asker, now: number): Session {
    let session = this.#sessions.get(link);
    if (session === undefined) this.#sessions.set(link, session = { name: null, due: 0, ip });
    if (session.name === null) session.due = now + CALL_REGISTRY_LIMITS.nameless;
    return session;
  }

  #holder(link: LinkId | ""): string {
    return `${this.server}/${link}`;
  }
}

/**
 * The address that is entered: the claimed one only where it is the one seen or both reach no
 * further than a local network, so that nobody can point callers at a stranger.
 */
function believed(claimed: string | undefined, seen: string): string {
  return claimed !== undefined && isLocalIp(claimed) && isLocalIp(seen) ? claimed : seen;
}

function place(name: string): Place {
  return { service: SERVICE, group: "", id: name };
}

function refusal(
  asker: Asker,
  kind: "registro_erro" | "encerramento_erro",
  name: string,
  fault: CallFault,
): Answer {
  return refused(asker, { kind, name, fault }, fault);
}

function refused({ link }: Asker, reply: CallReply, code: string): Answer {
  return {
    reply: formatCallReply(reply),
    reports: [{ kind: "refused", link, code }],
    stay: true,
  };
}

import { shareholder } from "../base/address.ts";
import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { SECOND } from "../base/units.ts";
import {
  type DiscoverRequest,
  formatPeers,
  formatRegistered,
  formatUnregistered,
  type ListedPeer,
  readRequest,
  type RegisterRequest,
  type UnregisterRequest,
} from "../protocol/rendezvous.ts";
import type { JsonObject } from "../wire/json_line.ts";
import type { UserRow } from "./desk.ts";
import type { Answer, Asker, RegistryService } from "./registry_desk.ts";
import type { DirectoryStore, Registration } from "./store.ts";

const SERVICE = "rendezvous";
/** Peers of a list from which on its reply is kept; a small one is made anew in microseconds. */
const WORTH_KEEPING = 64;

/** What the directory keeps of a registered peer. */
interface Entry {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  /** The lease in seconds, as it was granted. */
  readonly ttl: number;
  /** The port that the request came from. */
  readonly observedPort: number;
}

/**
 * The rendezvous of the overlay (`protocols/rendezvous.md`): who is registered in which namespace.
 * The key of a registration is (ip, namespace, name).
 */
export class RendezvousService implements RegistryService {
  readonly types = ["REGISTER", "DISCOVER", "UNREGISTER"];

  /** Replies to DISCOVER of the second `#madeIn`, by namespace. */
  readonly #made = new Map<string | undefined, {
    readonly registrations: readonly Registration[];
    readonly reply: string;
  }>();
  #madeIn = 0;

  constructor(readonly store: DirectoryStore) {}

  answer(object: JsonObject, asker: Asker, now: number): Awaitable<Answer> {
    const request = readRequest(object);
    switch (request.kind) {
      case "REGISTER":
        return this.#register(request, asker, now);
      case "DISCOVER":
        return this.#discover(request, now);
      case "UNREGISTER":
        return this.#unregister(request, asker, now);
    }
  }

  /** The table of registered peers, oldest first; names with their namespace. */
  users(now: number): Awaitable<readonly UserRow[]> {
    return whenReady(this.store.list(SERVICE, {}, now), (all) =>
      all.map(({ group, payload }) => {
        const { name, ip, port } = payload as Entry;
        return { name: `${name}@${group}`, ip, port };
      }));
  }

  #register(
    { namespace, name, port, ttl }: RegisterRequest,
    asker: Asker,
    now: number,
  ): Awaitable<Answer> {
    const entry: Entry = { name, ip: asker.ip, port, ttl, observedPort: asker.port };
    const claim = this.store.claim({
      service: SERVICE,
      group: namespace,
      id: `${asker.ip} ${name}`,
      owner: shareholder(asker.ip),
      holder: asker.ip,
      payload: entry,
      expiresAt: now + ttl * SECOND,
    }, now);
    return whenReady(claim, ({ outcome }) => {
      if (outcome === "full" || outcome === "taken") {
        // The protocol has no word for a full directory: silence, and a count.
        return { reply: null, reports: [{ kind: "refused", link: asker.link, code: "full" }] };
      }
      const reply = formatRegistered(ttl, asker.ip, asker.port);
      if (outcome === "replaced") return { reply };
      const user = `${name}@${namespace}`;
      return { reply, reports: [{ kind: "user_added", service: SERVICE, name: user }] };
    });
  }

  #discover({ namespace }: DiscoverRequest, now: number): Awaitable<Answer> {
    if (namespace === null) return { reply: formatPeers([]) };
    const filter = namespace === undefined ? {} : { group: namespace };
    return whenReady(
      this.store.list(SERVICE, filter, now),
      (registrations) => ({ reply: this.#listing(namespace, registrations, now) }),
    );
  }

  /**
   * The reply for a list, made once for all who ask within a second: many askers of a large
   * directory then cost one string, not one each.
   */
  #listing(
    namespace: string | undefined,
    registrations: readonly Registration[],
    now: number,
  ): string {
    const second = Math.floor(now / SECOND);
    if (this.#madeIn !== second) this.#made.clear();
    this.#madeIn = second;
    const made = this.#made.get(namespace);
    if (made?.registrations === registrations) return made.reply;
    const reply = formatPeers(registrations.map((one) => listed(one, now)));
    if (registrations.length >= WORTH_KEEPING) this.#made.set(namespace, { registrations, reply });
    return reply;
  }

  #unregister(
    { namespace, name, port }: UnregisterRequest,
    { ip }: Asker,
    now: number,
  ): Awaitable<Answer> {
    const reply = formatUnregistered();
    if (typeof namespace !== "string" || name === null) return { reply };
    const owner = shareholder(ip);
    const mine = this.store.list(SERVICE, { group: namespace, owner }, now);
    return whenReady(mine, async (registrations) => {
      const reports: Answer["reports"] & unknown[] = [];
      for (const registration of [...registrations]) {
        const entry = registration.payload as Entry;
        if (entry.ip !== ip || (name !== undefined && entry.name !== name)) continue;
        if (port !== undefined && entry.port !== port) continue;
        if (await this.store.release(registration, registration.holder, now)) {
          const user = `${entry.name}@${namespace}`;
          reports.push({ kind: "user_removed", service: SERVICE, name: user });
        }
      }
      return { reply, reports };
    });
  }
}

function listed({ group, payload, expiresAt }: Registration, now: number): ListedPeer {
  const { name, ip, port, ttl, observedPort } = payload as Entry;
  return {
    ip,
    port,
    name,
    namespace: group,
    ttl,
    expires_in: Math.max(0, Math.floor((expiresAt - now) / SECOND)),
    observed_ip: ip,
    observed_port: observedPort,
  };
}

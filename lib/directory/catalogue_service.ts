import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import type { LinkId } from "../base/link.ts";
import { SECOND } from "../base/units.ts";
import {
  type CatalogueFile,
  formatCatalogueReply,
  type NodeList,
  type NodeRegister,
  readCatalogueRequest,
} from "../protocol/music.ts";
import { formatError } from "../protocol/rendezvous.ts";
import type { JsonObject } from "../wire/json_line.ts";
import { bytesOfFiles, type CatalogueEntry, inOrder } from "./catalogue_entry.ts";
import { CatalogueIndex } from "./catalogue_index.ts";
import { CATALOGUE_LIMITS } from "./catalogue_limits.ts";
import { catalogueReply } from "./catalogue_page.ts";
import { CatalogueUse } from "./catalogue_use.ts";
import type { DeskEffect, UserRow, Vanished } from "./desk.ts";
import type { Answer, Asker, RegistryService } from "./registry_desk.ts";
import type { DirectoryStore, Place, Registration } from "./store.ts";

const SERVICE = "music";
/** Lists that are being sent are kept in the store too: the next part may come to another server. */
const PARTS = "music_parts";
/** What came before the first part. */
const NO_PARTS = { bytes: CATALOGUE_LIMITS.nodeBytes, files: [] };

/** A request to register, with what is there of its node. */
interface Arrival {
  readonly request: NodeRegister;
  readonly asker: Asker;
  readonly present: Registration | null;
}

/**
 * Lets everybody else have their turn, and of those who wait one of each address before a second of
 * any. Who went on says with `left` that it is done.
 */
export interface SearchTurns {
  next(link: LinkId, address: string): Promise<void>;
  left(link: LinkId): void;
}

/**
 * The catalogue of music (`protocols/music.md`): who shares which files. A name belongs to the
 * address that registered it, as long as its lease runs. A list that comes in parts is seen only when
 * all of it is there.
 */
export class CatalogueService implements RegistryService {
  readonly types = ["NODE_REGISTER", "NODE_LIST", "NODE_REMOVE"];
  readonly #index = new CatalogueIndex();
  readonly #use = new CatalogueUse();
  #acts = 0;
  /** When the last search began that took long enough for others to wait. */
  #searchedAt = -Infinity;

  /**
   * @param store where the nodes are kept
   * @param server a word that no other server of the same store has
   * @param turns for searches of a large catalogue, each of which takes milliseconds
   */
  constructor(
    readonly store: DirectoryStore,
    readonly server: string,
    readonly turns: SearchTurns = NO_TURNS,
  ) {}

  answer(object: JsonObject, asker: Asker, now: number): Awaitable<Answer> {
    const request = readCatalogueRequest(object);
    switch (request.kind) {
      case "NODE_REGISTER":
        return whenReady(this.store.find(place(request.name), now), (present) => {
          if (present !== null && present.owner !== asker.ip) {
            return refusal(asker, "already_registered");
          }
          const { files } = request;
          return files === undefined
            ? this.#renew({ request, asker, present }, now)
            : this.#take({ request, asker, present }, files, now);
        });
      case "NODE_LIST":
        return this.#list(request, asker, now);
      case "NODE_REMOVE":
        return this.#remove(request.name, asker, now);
    }
  }

  /** Nobody is offered what cannot be had; a node that is there after all lists its files again. */
  vanished({ name, ip }: Vanished, now: number): Awaitable<readonly DeskEffect[]> {
    return whenReady(this.store.find(place(name), now), (present) => {
      if (present?.owner !== ip) return [];
      return whenReady(
        this.store.release(present, present.holder, now),
        (was): readonly DeskEffect[] =>
          was ? [{ kind: "user_removed", service: SERVICE, name }] : [],
      );
    });
  }

  /** The table of nodes, oldest first. */
  users(now: number): Awaitable<readonly UserRow[]> {
    return whenReady(
      this.store.list(SERVICE, {}, now),
      (nodes) =>
        nodes.map(({ id: name, owner: ip, payload }) => {
          return { name, ip, port: (payload as CatalogueEntry).port };
        }),
    );
  }

  /** One page. A search that takes long waits for its turn where there was one just before. */
  #list({ query, after }: NodeList, { link, ip }: Asker, now: number): Awaitable<Answer> {
    const page = () =>
      whenReady(this.store.list(SERVICE, {}, now), (registrations): Answer => {
        return { reply: catalogueReply(this.#index.nodesOf(registrations), query, after) };
      });
    if (query === "" || this.#index.files <= CATALOGUE_LIMITS.quickFiles) return page();
    if (now - this.#searchedAt >= CATALOGUE_LIMITS.searchTime) {
      this.#searchedAt = now;
      return page();
    }
    return this.turns.next(link, ip).then(page).finally(() => this.turns.left(link));
  }

  /** Prolongs the lease of a node and keeps its files; a node that is not there comes without any. */
  #renew(arrival: Arrival, now: number): Awaitable<Answer> {
    const { request: { name, port, ttl }, present } = arrival;
    if (present === null) return this.#take(arrival, [], now);
    const entry = present.payload as CatalogueEntry;
    if (entry.port !== port) return this.#publish(arrival, { ...entry, port }, now);
    const renewed = this.store.renew(place(name), present.holder, now + ttl * SECOND, now);
    return whenReady(
      renewed,
      (held) =>
        held
          ? registered(ttl, entry.files.length)
          : this.#take({ ...arrival, present: null }, [], now),
    );
  }

  /** Takes a list, or a part of one, with the parts that came before. */
  #take(arrival: Arrival, files: readonly CatalogueFile[], now: number): Awaitable<Answer> {
    const { request: { name, port, ttl, more }, asker, present } = arrival;
    const { ip } = asker;
    return whenReady(this.store.find(partsPlace(name, ip), now), (parts) => {
      const earlier = parts === null ? NO_PARTS : parts.payload as CatalogueEntry;
      const together = [...earlier.files, ...files];
      const all = more ? together : inOrder(together);
      // A part costs its own length, however many came before it.
      const bytes = more
        ? earlier.bytes + bytesOfFiles(files)
        : CATALOGUE_LIMITS.nodeBytes + bytesOfFiles(all);
      const entry: CatalogueEntry = { port, list: this.#word(), bytes, files: all };
      const going = more ? [parts] : [parts, present];
      return whenReady(this.#faultOf(entry, ip, going, now), (fault) => {
        if (fault !== null) return this.#without(parts, refusal(asker, fault), now);
        if (!more) {
          return whenReady(
            this.#publish(arrival, entry, now),
            (answer) => this.#without(parts, answer, now),
          );
        }
        const claim = this.store.claim({
          ...partsPlace(name, ip),
          owner: ip,
          holder: entry.list,
          payload: entry,
          expiresAt: now + CATALOGUE_LIMITS.partsPause,
        }, now);
        return whenReady(
          claim,
          ({ outcome }) =>
            outcome === "claimed" || outcome === "replaced"
              ? registered(ttl, all.length)
              : refusal(asker, "full"),
        );
      });
    });
  }

  #publish(arrival: Arrival, entry: CatalogueEntry, now: number): Awaitable<Answer> {
    const { request: { name, ttl }, asker } = arrival;
    const claim = this.store.claim({
      ...place(name),
      owner: asker.ip,
      holder: this.#word(),
      payload: entry,
      expiresAt: now + ttl * SECOND,
    }, now);
    return whenReady(claim, ({ outcome }) => {
      if (outcome === "taken") return refusal(asker, "already_registered");
      if (outcome === "full") return refusal(asker, "full");
      const answer = registered(ttl, entry.files.length);
      if (outcome === "replaced") return answer;
      return { ...answer, reports: [{ kind: "user_added", service: SERVICE, name }] };
    });
  }

  #faultOf(
    { bytes, files }: CatalogueEntry,
    owner: string,
    going: readonly (Registration | null)[],
    now: number,
  ): Awaitable<"too_many_files" | "full" | null> {
    return whenReady(
      this.store.list(SERVICE, {}, now),
      (nodes) =>
        whenReady(
          this.store.list(PARTS, {}, now),
          (parts) => this.#use.faultOf({ owner, bytes, files: files.length }, nodes, parts, going),
        ),
    );
  }

  /** An answer after which the parts of a list are gone. */
  #without(parts: Registration | null, answer: Answer, now: number): Awaitable<Answer> {
    if (parts === null) return answer;
    return whenReady(this.store.release(parts, parts.holder, now), () => answer);
  }

  #remove(name: string, { ip, link }: Asker, now: number): Awaitable<Answer> {
    return whenReady(this.store.find(partsPlace(name, ip), now), (parts) => {
      let another = false;
      const left = whenReady(this.store.find(place(name), now), (present) => {
        // Who removes what is another's, or is not there, has nothing left there: no error.
        another = present !== null && present.owner !== ip;
        return present?.owner === ip ? this.store.release(present, present.holder, now) : false;
      });
      return whenReady(left, (removed): Awaitable<Answer> => {
        const reply = formatCatalogueReply({ kind: "removed", removed });
        const reports: Answer["reports"] = removed
          ? [{ kind: "user_removed", service: SERVICE, name }]
          : another
          ? [{ kind: "refused", link, code: "not_owner" }]
          : [];
        return this.#without(parts, { reply, reports }, now);
      });
    });
  }

  /** A word for one act of registering: no other act of any server has it. */
  #word(): string {
    return `${this.server}/${this.#acts++}`;
  }
}

const NO_TURNS: SearchTurns = { next: () => Promise.resolve(), left: () => {} };

function place(name: string): Place {
  return { service: SERVICE, group: "", id: name };
}

function partsPlace(name: string, ip: string): Place {
  return { service: PARTS, group: "", id: `${ip} ${name}` };
}

function registered(ttl: number, files: number): Answer {
  return { reply: formatCatalogueReply({ kind: "registered", ttl, registered: files }) };
}

function refusal({ link }: Asker, code: string): Answer {
  return {
    reply: formatError(new RemoteProtocolError(code)),
    reports: [{ kind: "refused", link, code }],
  };
}

import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkId, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import { formatError, requestType } from "../protocol/rendezvous.ts";
import { type JsonObject, parseJsonLine } from "../wire/json_line.ts";
import type { Desk, DeskEffect, Vanished } from "./desk.ts";

/** Who asks, as the server sees the connection. */
export interface Asker {
  readonly link: LinkId;
  readonly ip: string;
  readonly port: number;
}

/** One system's requests on the registry port. */
export interface RegistryService {
  /** The request types that it answers, in capitals. */
  readonly types: readonly string[];
  /**
   * The reply to one request, and what to report of it. A reply of null is silence.
   *
   * @throws {RemoteProtocolError} for a request that its protocol refuses
   */
  answer(request: JsonObject, asker: Asker, now: number): Awaitable<Answer>;
  /**
   * A connection that this service was asked on has ended, and not because it answered so. It may
   * come while an answer is still being worked out; and also where the service closes the connection
   * in a sweep, because a request may have come on it while the store was asked.
   */
  closed?(link: LinkId, now: number): Awaitable<readonly DeskEffect[]>;
  /** Somebody fell silent elsewhere: what this service has of that name at that address is gone. */
  vanished?(who: Vanished, now: number): Awaitable<readonly DeskEffect[]>;
  /** Comes four times a second: the service looks after what it keeps; it may close links. */
  sweep?(now: number): Awaitable<readonly DeskEffect[]>;
  /** The name under which a connection is registered, for logs, or null. */
  nameOf?(link: LinkId): string | null;
}

/** What a service answers: one line, or silence. */
export interface Answer {
  readonly reply: string | null;
  readonly reports?: readonly DeskEffect[];
  /**
   * The connection stays open, and later lines on it are for this service alone. Left out, it is
   * closed after the reply.
   */
  readonly stay?: boolean;
}

/** A connection that has not sent its request yet. */
interface Waiting extends Asker {
  readonly deadline: number;
}

/** A connection that a service answers, or has answered and keeps open. */
interface Held {
  readonly asker: Asker;
  readonly service: RegistryService;
  stays: boolean;
}

const NOTHING: readonly DeskEffect[] = [];

/**
 * The registry port (TCP 5000, `protocols/README.md`): each line is one JSON object and its `type`
 * selects the system. One reply, close; a system whose connections stay open says so in its answer.
 */
export class RegistryDesk implements Desk {
  readonly #waiting = new Map<LinkId, Waiting>();
  readonly #held = new Map<LinkId, Held>();
  readonly #services = new Map<string, RegistryService>();
  #nextSweep = 0;

  constructor(readonly services: readonly RegistryService[]) {
    for (const service of services) {
      for (const type of service.types) this.#services.set(type, service);
    }
  }

  handle(input: LinkInput | Wake | Vanished, now: number): Awaitable<readonly DeskEffect[]> {
    switch (input.kind) {
      case "accepted": {
        const { link, ip, port } = input;
        this.#waiting.set(link, { link, ip, port, deadline: now + LIMITS.registryRequest });
        return NOTHING;
      }
      case "line":
        return this.#line(input.link, input.bytes, now);
      case "line_too_long":
        if (this.#held.get(input.link)?.stays) {
          return failed(input.link, new RemoteProtocolError("line_too_long"), true);
        }
        if (!this.#waiting.delete(input.link)) return NOTHING;
        return failed(input.link, new RemoteProtocolError("line_too_long"), false);
      case "closed": {
        this.#waiting.delete(input.link);
        const held = this.#held.get(input.link);
        this.#held.delete(input.link);
        return held?.service.closed?.(input.link, now) ?? NOTHING;
      }
      case "wake":
        return this.#sweep(now);
      case "vanished":
        return this.#ofAll(NOTHING, now, (service) => service.vanished?.(input, now));
      default:
        return NOTHING;
    }
  }

  wakeAt(): number {
    return this.#nextSweep;
  }

  nameOf(link: LinkId): string | null {
    return this.#held.get(link)?.service.nameOf?.(link) ?? null;
  }

  #line(link: LinkId, bytes: Uint8Array, now: number): Awaitable<readonly DeskEffect[]> {
    const held = this.#held.get(link);
    const asker = held?.asker ?? this.#waiting.get(link);
    if (asker === undefined) return NOTHING;
    this.#waiting.delete(link);
    try {
      const request = parseJsonLine(bytes);
      const service = this.#services.get(requestType(request));
      if (service === undefined || (held !== undefined && service !== held.service)) {
        throw new RemoteProtocolError("unknown_command");
      }
      return this.#answer(held ?? this.#hold(asker, service), request, now);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      const stays = held?.stays === true;
      if (!stays) this.#held.delete(link);
      return failed(link, error, stays);
    }
  }

  #hold(asker: Asker, service: RegistryService): Held {
    const held: Held = { asker, service, stays: false };
    this.#held.set(asker.link, held);
    return held;
  }

  #answer(
    held: Held,
    request: JsonObject,
    now: number,
  ): Awaitable<readonly DeskEffect[]> {
    const { asker: { link }, service } = held;
    return whenReady(
      service.answer(request, held.asker, now),
      ({ reply, reports = NOTHING, stay }) => {
        // The connection ended while the service was at work.
        if (this.#held.get(link) !== held) return reports;
        held.stays = stay === true;
        const effects: DeskEffect[] = reply === null ? [] : [{ kind: "send", link, line: reply }];
        if (!held.stays) {
          this.#held.delete(link);
          effects.push({ kind: "close", link });
        }
        effects.push(...reports);
        return effects;
      },
    );
  }

  #sweep(now: number): Awaitable<readonly DeskEffect[]> {
    this.#nextSweep = now + LIMITS.serverSweep;
    const effects: DeskEffect[] = [];
    for (const { link, deadline } of this.#waiting.values()) {
      // All wait equally long, so that the first that is still in time ends the search.
      if (now < deadline) break;
      this.#waiting.delete(link);
      effects.push(...failed(link, new RemoteProtocolError("timeout"), false));
    }
    return this.#ofAll(effects, now, (service) => service.sweep?.(now));
  }

  /** What all services do, one after another, behind `effects`. */
  #ofAll(
    effects: readonly DeskEffect[],
    now: number,
    act: (service: RegistryService) => Awaitable<readonly DeskEffect[]> | undefined,
  ): Awaitable<readonly DeskEffect[]> {
    return this.services.reduce<Awaitable<readonly DeskEffect[]>>(
      (earlier, service) =>
        whenReady(
          earlier,
          (before) =>
            whenReady(
              whenReady(act(service) ?? NOTHING, (done) => this.#forgetClosed(service, done, now)),
              (done) => done.length === 0 ? before : [...before, ...done],
            ),
        ),
      effects,
    );
  }

  /**
   * Links that a service closes by itself are not its any more. While its store was asked, a request
   * may have come on one: what it entered goes with the connection.
   */
  #forgetClosed(
    service: RegistryService,
    effects: readonly DeskEffect[],
    now: number,
  ): Awaitable<readonly DeskEffect[]> {
    return effects.reduce<Awaitable<readonly DeskEffect[]>>((before, effect) => {
      const closes = effect.kind === "close" || effect.kind === "abort";
      if (!closes || !this.#held.delete(effect.link)) return before;
      const ended = service.closed?.(effect.link, now) ?? NOTHING;
      return whenReady(before, (done) => whenReady(ended, (more) => [...done, ...more]));
    }, effects);
  }
}

function failed(link: LinkId, error: RemoteProtocolError, stays: boolean): readonly DeskEffect[] {
  const effects: DeskEffect[] = [
    { kind: "refused", link, code: error.code },
    { kind: "send", link, line: formatError(error) },
  ];
  if (!stays) effects.push({ kind: "close", link });
  return effects;
}

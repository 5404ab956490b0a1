import { type Awaitable, whenReady } from "../base/awaitable.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkId, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import { formatError, requestType } from "../protocol/rendezvous.ts";
import { type JsonObject, parseJsonLine } from "../wire/json_line.ts";
import type { Desk, DeskEffect } from "./desk.ts";

/** Who asks, as the server sees the connection. */
export interface Asker {
  readonly link: LinkId;
  readonly ip: string;
  readonly port: number;
}

/** One system's one-shot requests on the registry port. */
export interface RegistryService {
  /** The request types that it answers, in capitals. */
  readonly types: readonly string[];
  /**
   * The reply to one request, and what to report of it. A reply of null is silence.
   *
   * @throws {RemoteProtocolError} for a request that its protocol refuses
   */
  answer(request: JsonObject, asker: Asker, now: number): Awaitable<Answer>;
}

/** What a service answers: one line, or silence. */
export interface Answer {
  readonly reply: string | null;
  readonly reports?: readonly DeskEffect[];
}

/** A connection that has not sent its request yet. */
interface Waiting extends Asker {
  readonly deadline: number;
}

const NOTHING: readonly DeskEffect[] = [];

/**
 * The registry port (TCP 5000, `protocols/README.md`): each line is one JSON object, its `type`
 * selects the system, one reply, close.
 */
export class RegistryDesk implements Desk {
  readonly #waiting = new Map<LinkId, Waiting>();
  readonly #services = new Map<string, RegistryService>();
  #nextSweep = 0;

  constructor(services: readonly RegistryService[]) {
    for (const service of services) {
      for (const type of service.types) this.#services.set(type, service);
    }
  }

  handle(input: LinkInput | Wake, now: number): Awaitable<readonly DeskEffect[]> {
    switch (input.kind) {
      case "accepted": {
        const { link, ip, port } = input;
        this.#waiting.set(link, { link, ip, port, deadline: now + LIMITS.registryRequest });
        return NOTHING;
      }
      case "line": {
        const asker = this.#waiting.get(input.link);
        if (asker === undefined) return NOTHING;
        this.#waiting.delete(input.link);
        return this.#answer(asker, input.bytes, now);
      }
      case "line_too_long":
        if (!this.#waiting.delete(input.link)) return NOTHING;
        return failed(input.link, new RemoteProtocolError("line_too_long"));
      case "closed":
        this.#waiting.delete(input.link);
        return NOTHING;
      case "wake":
        return this.#sweep(now);
      default:
        return NOTHING;
    }
  }

  wakeAt(): number {
    return this.#nextSweep;
  }

  nameOf(): null {
    return null;
  }

  #answer(asker: Asker, bytes: Uint8Array, now: number): Awaitable<readonly DeskEffect[]> {
    const { link } = asker;
    let answer: Awaitable<Answer>;
    try {
      const request = parseJsonLine(bytes);
      const service = this.#services.get(requestType(request));
      if (service === undefined) throw new RemoteProtocolError("unknown_command");
      answer = service.answer(request, asker, now);
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      return failed(link, error);
    }
    return whenReady(answer, ({ reply, reports = NOTHING }) => {
      const effects: DeskEffect[] = reply === null ? [] : [{ kind: "send", link, line: reply }];
      effects.push({ kind: "close", link }, ...reports);
      return effects;
    });
  }

  #sweep(now: number): readonly DeskEffect[] {
    this.#nextSweep = now + LIMITS.serverSweep;
    const effects: DeskEffect[] = [];
    for (const { link, deadline } of this.#waiting.values()) {
      // All wait equally long, so that the first that is still in time ends the search.
      if (now < deadline) break;
      this.#waiting.delete(link);
      effects.push(...failed(link, new RemoteProtocolError("timeout")));
    }
    return effects;
  }
}

function failed(link: LinkId, error: RemoteProtocolError): readonly DeskEffect[] {
  return [
    { kind: "refused", link, code: error.code },
    { kind: "send", link, line: formatError(error) },
    { kind: "close", link },
  ];
}

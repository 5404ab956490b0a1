import type { Awaitable } from "../base/awaitable.ts";
import { LIMITS } from "../base/limits.ts";
import type { LinkId } from "../base/link.ts";
import type { Desk, DeskReport, Service, UserRow, Vanished } from "../directory/desk.ts";
import { CallDesk } from "../directory/call_desk.ts";
import { CatalogueService } from "../directory/catalogue_service.ts";
import { ChatDesk } from "../directory/chat_desk.ts";
import { ProbeService } from "../directory/probe_service.ts";
import { RegistryDesk } from "../directory/registry_desk.ts";
import { RendezvousService } from "../directory/rendezvous_service.ts";
import type { DirectoryStore } from "../directory/store.ts";
import { monotonicNow } from "./clock.ts";
import { LinkLoop, type LoopObserver } from "./link_loop.ts";
import { NetworkAttempts } from "./probe_attempts.ts";
import { type ConnectionCaps, ConnectionCount, TcpListener } from "./tcp_listener.ts";
import type { LinkPolicy, TcpLink } from "./tcp_link.ts";
import { TurnQueue } from "./turn_queue.ts";

/** The two ports of the meeting point. */
export type Port = "chat" | "registry";

/** Where a server listens and how much it takes on. */
export interface ServerOptions {
  readonly host: string;
  readonly chatPort: number;
  readonly registryPort: number;
  readonly caps: ConnectionCaps;
}

/** One protocol message of the server: who it came from or went to. */
export interface ServerLine {
  readonly direction: "in" | "out";
  readonly service: Port;
  readonly ip: string;
  readonly port: number;
  /** The name that the connection is registered under, or null. */
  readonly name: string | null;
  readonly text: string | Uint8Array;
}

/** A connection that a port did not take on: over a cap, or for want of descriptors. */
export interface PortReport {
  readonly kind: "connection_refused" | "accept_failed";
  readonly port: Port;
}

/** What a server tells its operator. */
export interface ServerObserver {
  /** Left out, messages are not looked at. */
  readonly line?: (line: ServerLine) => void;
  /** What is put in front of the desk of a port, to count what goes through it. */
  readonly desk?: (port: Port, desk: Desk) => Desk;
  report(report: DeskReport | PortReport): void;
  bug(error: unknown): void;
}

/** A desk or service whose users can be shown, oldest first. */
interface UserTable {
  users(now: number): Awaitable<readonly UserRow[]>;
}

/** A port could not be listened on. */
export class PortError extends Error {
  override readonly name = "PortError";

  constructor(readonly which: Port, readonly port: number, override readonly cause: unknown) {
    super(`cannot listen on port ${port}`);
  }
}

const CHAT: LinkPolicy = {
  lineLimit: LIMITS.chatLineBytes,
  lineEnd: "\r\n",
  readsWaitForWrites: true,
  reportsWritten: false,
  lingers: true,
  turn: LIMITS.lineTurn,
};

const REGISTRY: LinkPolicy = {
  lineLimit: LIMITS.jsonLineBytes,
  lineEnd: "\n",
  readsWaitForWrites: true,
  reportsWritten: false,
  lingers: false,
  keepsAlive: true,
  turn: LIMITS.lineTurn,
};

/** The meeting point: the chat directory and the registry over one store. */
export class Server implements AsyncDisposable {
  readonly #expiry: ReturnType<typeof setInterval>;

  private constructor(
    readonly store: DirectoryStore,
    readonly tables: Readonly<Record<Service, UserTable>>,
    readonly loops: readonly LinkLoop<Vanished, DeskReport>[],
    readonly listeners: { readonly chat: TcpListener; readonly registry: TcpListener },
    readonly attempts: NetworkAttempts,
    readonly searches: TurnQueue<LinkId>,
    observer: ServerObserver,
    readonly now: () => number,
  ) {
    this.#expiry = setInterval(async () => {
      try {
        await store.expire(now());
      } catch (error) {
        observer.bug(error);
      }
    }, LIMITS.serverSweep);
  }

  /**
   * Opens both ports.
   *
   * @param now the clock of leases and time limits, monotonic, in milliseconds
   * @throws {PortError} where one of them cannot be had; nothing stays open then
   */
  static async open(
    options: ServerOptions,
    store: DirectoryStore,
    observer: ServerObserver,
    now: () => number = monotonicNow,
  ): Promise<Server> {
    const name = crypto.randomUUID();
    const searches = new TurnQueue<LinkId>(1);
    const tables = {
      chat: new ChatDesk(store, name),
      rendezvous: new RendezvousService(store),
      call: new CallDesk(store, name),
      music: new CatalogueService(store, name, searches),
    };
    let registry: LinkLoop<Vanished, DeskReport> | null = null;
    const chat = deskLoop("chat", tables.chat, CHAT, observer, now, (report) => {
      if (report.kind === "vanished") registry?.submit(report);
    });
    const attempts = new NetworkAttempts((error) => observer.bug(error));
    const registryDesk = new RegistryDesk([
      tables.rendezvous,
      tables.call,
      tables.music,
      new ProbeService(attempts),
    ]);
    registry = deskLoop("registry", registryDesk, REGISTRY, observer, now);
    const count = new ConnectionCount(options.caps);
    await using opened = new AsyncDisposableStack();
    opened.use(chat);
    opened.use(registry);
    const listen = (which: Port, port: number, loop: LinkLoop<Vanished, DeskReport>) => {
      try {
        return opened.use(TcpListener.open(
          { hostname: options.host, port },
          count,
          (conn, ip, ended) => loop.accept(conn, ip, ended),
          () => observer.report({ kind: "connection_refused", port: which }),
          () => observer.report({ kind: "accept_failed", port: which }),
        ));
      } catch (error) {
        throw new PortError(which, port, error);
      }
    };
    const listeners = {
      chat: listen("chat", options.chatPort, chat),
      registry: listen("registry", options.registryPort, registry),
    };
    opened.move();
    const loops = [chat, registry];
    return new Server(store, tables, loops, listeners, attempts, searches, observer, now);
  }

  /** The ports that it listens on. */
  get ports(): Readonly<Record<Port, number>> {
    return { chat: this.listeners.chat.port, registry: this.listeners.registry.port };
  }

  /** The table of users of a service, oldest first. */
  users(service: Service): Awaitable<readonly UserRow[]> {
    return this.tables[service].users(this.now());
  }

  /** Stops listening and cuts every connection. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#expiry);
    this.attempts[Symbol.dispose]();
    this.searches.release();
    await Promise.all([
      this.listeners.chat[Symbol.asyncDispose](),
      this.listeners.registry[Symbol.asyncDispose](),
    ]);
    await Promise.all(this.loops.map((loop) => loop[Symbol.asyncDispose]()));
  }
}

function deskLoop(
  port: Port,
  desk: Desk,
  policy: LinkPolicy,
  observer: ServerObserver,
  now: () => number,
  also: (report: DeskReport) => void = () => {},
): LinkLoop<Vanished, DeskReport> {
  const tell = observer.line;
  const line = tell === undefined
    ? undefined
    : (direction: "in" | "out", { id, remote }: TcpLink, text: string | Uint8Array) =>
      tell({ direction, service: port, ...remote, name: desk.nameOf(id), text });
  const loopObserver: LoopObserver<DeskReport> = {
    perform(report) {
      observer.report(report);
      also(report);
    },
    bug: (error) => observer.bug(error),
    line,
  };
  return new LinkLoop(observer.desk?.(port, desk) ?? desk, policy, loopObserver, now);
}

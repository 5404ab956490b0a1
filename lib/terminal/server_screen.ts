import { LIMITS } from "../base/limits.ts";
import type { Service, UserRow } from "../directory/desk.ts";
import type { Translator } from "./messages/catalogue.ts";
import type { MessageKey } from "./messages/sentence.ts";
import { NameMarks } from "./name_marks.ts";
import type { Painter } from "./text/painter.ts";
import { printable } from "./text/printable.ts";
import { formatTable } from "./text/table.ts";
import { type ProtocolLine, protocolLine } from "./views/protocol_line.ts";

/** What the tables are called, by service. */
const SERVICES: Readonly<Record<Service, MessageKey & `server.service.${string}`>> = {
  chat: "server.service.chat",
  rendezvous: "server.service.rendezvous",
  call: "server.service.call",
  music: "server.service.music",
};

/** What a {@link ServerScreen} shows with. */
export interface ServerScreenOptions {
  readonly print: (line: string) => void;
  readonly say: Translator;
  readonly paint: Painter;
  readonly columns: () => number;
  /** The table of users of a service, oldest first. */
  readonly users: (service: Service) => Promise<readonly UserRow[]>;
}

/** What the operator of a server sees. */
export class ServerScreen {
  /** Services whose table changed since it was printed. */
  readonly #changed = new Set<Service>();
  readonly #marks = new NameMarks();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly options: ServerScreenOptions) {}

  /** One protocol message. */
  line(line: ProtocolLine): void {
    this.options.print(protocolLine(line, Date.now(), this.options.paint));
  }

  /** A user was added: the table follows, once for all that are added in a moment. */
  userAdded(service: Service): void {
    this.#changed.add(service);
    this.#timer ??= setTimeout(() => this.#printTables(), LIMITS.tableInterval);
  }

  /** Prints what is still due and stops. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#printTables();
  }

  async #printTables(): Promise<void> {
    this.#timer = undefined;
    const services = [...this.#changed];
    this.#changed.clear();
    for (const service of services) {
      const users = await this.options.users(service);
      for (const line of this.#table(service, users)) this.options.print(line);
    }
  }

  #table(service: Service, users: readonly UserRow[]): string[] {
    const { say, paint, columns } = this.options;
    const newest = users.slice(-LIMITS.tableRows);
    const hidden = users.length - newest.length;
    // They are compared with each other, in whatever order they came.
    for (const { name } of newest) this.#marks.see(name);
    const [header = "", ...rows] = formatTable({
      header: [say("server.column.name"), say("server.column.ip"), say("server.column.port")],
      rows: newest.map(({ name, ip, port }) => [
        this.#marks.mark(name) + printable(name),
        ip,
        String(port),
      ]),
      columns: columns(),
    });
    return [
      paint.bold(say.count("server.users", users.length, { service: say(SERVICES[service]) })),
      paint.dim(header),
      ...rows,
      ...hidden > 0 ? [paint.dim(say.count("server.users.more", hidden))] : [],
      ...this.#marks.explanations({ say, paint }),
    ];
  }
}

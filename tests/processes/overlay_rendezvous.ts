import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

interface Entry {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

/**
 * A rendezvous server by somebody else: one line, one reply, close. It knows three requests, keeps
 * no leases and spells JSON in its own way.
 */
export class ThirdPartyRendezvous implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>();

  private constructor(readonly server: Server) {
    server.on("connection", (socket) => this.#serve(socket));
  }

  static async listen(): Promise<ThirdPartyRendezvous> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new ThirdPartyRendezvous(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Who is registered, `name@namespace`. */
  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  #serve(socket: Socket): void {
    let request = "";
    socket.setEncoding("utf8").on("error", () => {});
    socket.on("data", (text: string) => {
      request += text;
      if (!request.includes("\n")) return;
      socket.end(
        ` ${JSON.stringify(this.#reply(JSON.parse(request)), null, " ")}`
          .replaceAll("\n", "") + "\r\n",
      );
    });
  }

  #reply(request: Entry & { readonly type: string }): unknown {
    const { type, name, namespace, port } = request;
    switch (type) {
      case "REGISTER":
        this.#entries.set(`${name}@${namespace}`, { name, namespace, port });
        return { "status": "OK", "server": "outro/0.1" };
      case "UNREGISTER":
        this.#entries.delete(`${name}@${namespace}`);
        return { "status": "OK" };
      default:
        return {
          "peers": [...this.#entries.values()].map((entry) => ({ ...entry, ip: "127.0.0.1" })),
          "status": "OK",
        };
    }
  }
}

import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import { formatCatalogueRequest } from "../../../lib/protocol/music.ts";
import { askCatalogue } from "../../../lib/runtime/music/catalogue_client.ts";
import { UdpSocket } from "../../../lib/runtime/udp_socket.ts";
import type { ServerPorts } from "../programs.ts";

/** First bytes of the packets that are counted: `lib/protocol/music/transfer_packets.ts`. */
const [BRACE, DATA, ACK, STOP] = [0x7b, 0x40, 0x43, 0x44];

/**
 * Stands between a source in one catalogue and its listeners in another, where it is registered in
 * the source's place, and counts what goes through.
 */
export class SourceTap implements AsyncDisposable {
  /** Packets with parts of a file that the source sent so far. */
  data = 0;
  /** Acknowledgements since the last of them: a listener goes on saying that it is there. */
  quiet = 0;
  /** Times that a listener said that it wants no more. */
  stops = 0;
  readonly #socket: UdpSocket;
  readonly #source: IpPort;
  #listener: IpPort | null = null;

  private constructor(source: IpPort) {
    this.#source = source;
    this.#socket = UdpSocket.open({ hostname: "127.0.0.1", port: 0 }, {
      datagram: (from, bytes) => this.#take(from, bytes),
      bug(error) {
        throw error;
      },
    });
  }

  /** Taps the only node of a catalogue, for listeners in another. */
  static async start(of: ServerPorts, into: ServerPorts): Promise<SourceTap> {
    const { signal } = new AbortController();
    const at = ({ registryPort: port }: ServerPorts) => ({ host: "127.0.0.1", port });
    const list = formatCatalogueRequest({ kind: "NODE_LIST", query: "", after: null });
    const listed = await askCatalogue(at(of), list, signal);
    assert.ok(listed.kind === "reply" && listed.reply.kind === "nodes");
    const [node] = listed.reply.nodes;
    const tap = new SourceTap(node!);
    const { name, files } = node!;
    const entry = { type: "NODE_REGISTER", name, port: tap.#socket.port, ttl: 120, files };
    const registered = await askCatalogue(at(into), JSON.stringify(entry), signal);
    assert.ok(registered.kind === "reply" && registered.reply.kind === "registered");
    return tap;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket[Symbol.asyncDispose]();
  }

  #take(from: IpPort, bytes: Uint8Array): void {
    const kind = bytes[0];
    if (from.port === this.#source.port) {
      if (kind === DATA) {
        this.data += 1;
        this.quiet = 0;
      }
      if (this.#listener !== null) void this.#socket.send(this.#listener, bytes.slice());
      return;
    }
    this.#listener = from;
    if (kind === ACK) this.quiet += 1;
    if (kind === STOP) this.stops += 1;
    void this.#socket.send(this.#source, kind === BRACE ? this.#redirected(bytes) : bytes.slice());
  }

  /** A GET that asks for the answer to come here. */
  #redirected(bytes: Uint8Array): Uint8Array {
    const get = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(JSON.stringify({ ...get, port: this.#socket.port }));
  }
}

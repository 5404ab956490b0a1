import assert from "node:assert/strict";
import { formatRtp, OPUS } from "../../../lib/protocol/rtp.ts";
import { inTime } from "../../processes/output_watch.ts";
import type { ServerPorts } from "../../processes/programs.ts";
import { RawClient } from "../../processes/raw_client.ts";

const HOST = "127.0.0.1";
/** Bytes that decode to silence. */
const SOUND = Uint8Array.of(0xf8, 0xff, 0xfe);

/** A message of a call, as it is on the wire. */
export type CallDatagram = Readonly<Record<string, unknown>>;

/** One side of calls that says what it is told to and nothing else, and can be gone at any moment. */
export class ScriptedPhone implements AsyncDisposable {
  readonly #socket = Deno.listenDatagram({ transport: "udp", hostname: HOST, port: 0 });
  readonly #heard: CallDatagram[] = [];
  readonly #reading: Promise<void>;
  #changed = Promise.withResolvers<void>();
  #sequence = 0;
  #gone = false;

  private constructor(readonly name: string, readonly registry: RawClient) {
    this.#reading = this.#read();
  }

  /** Registers under a name. */
  static async register(server: ServerPorts, name: string): Promise<ScriptedPhone> {
    const registry = await RawClient.connect(server.registryPort);
    const phone = new ScriptedPhone(name, registry);
    // The server may not have seen yet that an earlier one of this name is gone.
    for (let taken = false; !taken;) {
      registry.send(`{"type":"registro","nome":"${name}","porta":${phone.port}}\n`);
      taken = (await registry.waitFor(/"registro_(ok|erro)"/))[1] === "ok";
    }
    return phone;
  }

  get port(): number {
    return (this.#socket.addr as Deno.NetAddr).port;
  }

  /** The next message of a type that came, of a call where one is named. */
  async hears(type: string, call?: string): Promise<CallDatagram> {
    const find = () =>
      this.#heard.find((heard) =>
        heard.type === type && (call === undefined || heard.call_id === call)
      );
    for (let found;; await inTime(this.#changed.promise, `${this.name} never heard ${type}`)) {
      if ((found = find()) !== undefined) return found;
    }
  }

  /** Sends a message to a port, once. */
  async says(port: number, message: CallDatagram): Promise<void> {
    await this.#send(port, new TextEncoder().encode(JSON.stringify(message)));
  }

  /** Invites whoever is at a port, once, or once more; answers the call's id. */
  async invites(port: number, call: string = crypto.randomUUID()): Promise<string> {
    const codecs = ["opus/48000", "L16/16000"];
    const own = { nome: this.name, ip: HOST, porta: this.port };
    await this.says(port, { type: "convite", call_id: call, ...own, codecs });
    return call;
  }

  /** Accepts a call. */
  async accepts({ call_id, porta }: CallDatagram): Promise<void> {
    const answer = { resposta: "aceito", codec: "opus/48000", porta: this.port };
    const type = "resposta_ao_convite";
    await this.says(porta as number, { type, call_id, nome: this.name, ...answer });
  }

  /** Sends one packet of sound. */
  async speaks(port: number): Promise<void> {
    const sequence = this.#sequence++;
    const rtp = { marker: false, payloadType: OPUS.payloadType, ssrc: 7, csrcs: [], padding: 0 };
    const place = { sequence, timestamp: 960 * sequence, extension: null, payload: SOUND };
    await this.#send(port, formatRtp({ ...rtp, ...place }));
  }

  /** Says that a call is over: once, where a program says it three times. */
  async hangsUp(port: number, call_id: string): Promise<void> {
    await this.says(port, { type: "encerrar_ligação", call_id, nome: this.name });
  }

  /** Is gone as a program is that is killed: the system closes its connections, and says nothing. */
  async dies(): Promise<void> {
    if (this.#gone) return;
    this.#gone = true;
    this.#socket.close();
    await this.#reading;
    await this.registry[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dies();
  }

  async #send(port: number, bytes: Uint8Array): Promise<void> {
    assert.ok(port > 0);
    await this.#socket.send(bytes, { transport: "udp", hostname: HOST, port });
  }

  async #read(): Promise<void> {
    try {
      for await (const [bytes] of this.#socket) {
        if (bytes[0] !== 0x7b) continue;
        this.#heard.push(JSON.parse(new TextDecoder().decode(bytes)));
        this.#changed.resolve();
        this.#changed = Promise.withResolvers();
      }
    } catch {
      // Closed.
    }
  }
}

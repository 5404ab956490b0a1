import { LIMITS } from "../base/limits.ts";
import { isDatagramEffect } from "../base/datagram.ts";
import { TokenBucket } from "../base/token_bucket.ts";
import { SECOND } from "../base/units.ts";
import { CallPeer } from "../call/call_peer.ts";
import type { CallCommand, CallEffect, CallInput } from "../call/contract.ts";
import type { CallStatus } from "../call/status.ts";
import type { SoundReport } from "../media/sound_status.ts";
import { CODECS } from "../protocol/call.ts";
import { datagramKind } from "../wire/datagram_kind.ts";
import type { LinkEffect } from "../base/link.ts";
import { monotonicNow } from "./clock.ts";
import { LinkLoop } from "./link_loop.ts";
import type { PeerLine } from "./peer_line.ts";
import { Sound, type SoundOptions } from "./sound/sound.ts";
import type { LinkPolicy } from "./tcp_link.ts";
import type { UdpSocket } from "./udp_socket.ts";
import type { IpPort } from "../base/address.ts";

/** Who calls, where its registry is, and with what it records and plays. */
export interface VoicePeerOptions {
  readonly name: string;
  readonly server: { readonly host: string; readonly port: number };
  readonly sound: SoundOptions;
}

/** What a {@link VoicePeer} tells. */
export interface VoiceObserver {
  call(status: CallStatus): void;
  sound(report: SoundReport): void;
  /** A call is connected, or over. */
  inCall(on: boolean): void;
  /** Messages of the registry and of calls, sound not among them. Left out, they are not looked at. */
  readonly line?: (line: PeerLine) => void;
  /** Messages of calls that were not told, because there were too many: once a second at the most. */
  readonly linesHidden?: (count: number) => void;
  bug(error: unknown): void;
}

type OwnEffect = Exclude<CallEffect, LinkEffect>;

const POLICY: LinkPolicy = {
  lineLimit: LIMITS.jsonLineBytes,
  lineEnd: "\n",
  readsWaitForWrites: true,
  reportsWritten: false,
  lingers: false,
  keepsAlive: true,
  turn: LIMITS.lineTurn,
};

/** A running telephone: its machine, its connection to the registry, its datagrams, its sound. */
export class VoicePeer implements AsyncDisposable {
  readonly machine: CallPeer;
  readonly sound: Sound;
  readonly #loop: LinkLoop<CallInput, OwnEffect>;
  readonly #shown = new TokenBucket(LIMITS.datagramsShown);
  readonly #left = Promise.withResolvers<void>();
  /** Messages that were not told since it was said last. */
  #hidden = 0;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Connects to the registry and registers.
   *
   * @param socket for signalling and sound; what comes in is to be given to {@link datagram}
   */
  constructor(
    options: VoicePeerOptions,
    readonly socket: UdpSocket,
    readonly observer: VoiceObserver,
  ) {
    const { name, server } = options;
    this.machine = new CallPeer({
      name,
      server,
      port: socket.port,
      codecs: CODECS,
      random: Math.random,
      newCallId: () => crypto.randomUUID(),
    });
    this.sound = new Sound(options.sound, {
      report: (report) => observer.sound(report),
      send: (to, bytes) => this.#send(to, bytes),
      bug: (error) => observer.bug(error),
    });
    const { line } = observer;
    this.#loop = new LinkLoop<CallInput, OwnEffect>(this.machine, POLICY, {
      perform: (effect) => this.#perform(effect),
      bug: (error) => observer.bug(error),
      line: line &&
        ((direction, { remote }, text) =>
          line({ system: "call", direction, name: null, ...remote, text })),
    });
    this.#loop.submit({ kind: "start" });
  }

  /** A datagram came to the call port. */
  datagram(from: IpPort, bytes: Uint8Array): void {
    this.#tell("in", from, bytes);
    this.#loop.submit({ kind: "datagram", from, bytes });
  }

  /** Does what the person wants of calls. */
  submit(command: CallCommand): void {
    this.#loop.submit({ kind: "command", command });
  }

  /** Ends the connection to the registry where it is from an address that is not ours any more. */
  dropFrom(ip: string): void {
    this.#loop.dropFrom(ip);
  }

  /** Hangs up, leaves the registry, and resolves when that is out. */
  async leave(): Promise<void> {
    this.submit({ kind: "quit" });
    await this.#left.promise;
    await this.#loop.idle();
  }

  /** Ends at once what is still there. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#hiddenTimer);
    await this.#loop[Symbol.asyncDispose]();
    await this.sound[Symbol.asyncDispose]();
  }

  #perform(effect: OwnEffect): void {
    if (isDatagramEffect(effect)) {
      this.#tell("out", effect.to, effect.bytes);
      return this.#send(effect.to, effect.bytes);
    }
    switch (effect.kind) {
      case "media_start":
        this.observer.inCall(true);
        return this.sound.start(effect.to, effect.codec);
      case "media_packet":
        return this.sound.packet(effect.bytes);
      case "media_stop":
        this.observer.inCall(false);
        return this.sound.stop();
      case "left":
        this.#left.resolve();
        break;
      case "inviting":
      case "invited":
        this.sound.prepare();
    }
    this.observer.call(effect);
  }

  #send(to: IpPort, bytes: Uint8Array): void {
    this.socket.send(to, bytes).catch((error) => this.observer.bug(error));
  }

  /** Shows a message of a call, unless somebody floods us with them. */
  #tell(direction: "in" | "out", remote: IpPort, bytes: Uint8Array): void {
    const { line } = this.observer;
    if (line === undefined || datagramKind(bytes) !== "signalling") return;
    if (!this.#shown.take(monotonicNow())) return this.#hide();
    line({ system: "call", direction, name: null, ...remote, text: bytes });
  }

  #hide(): void {
    this.#hidden += 1;
    this.#hiddenTimer ??= setTimeout(() => {
      this.#hiddenTimer = undefined;
      this.observer.linesHidden?.(this.#hidden);
      this.#hidden = 0;
    }, SECOND);
  }
}

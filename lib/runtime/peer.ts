import { LIMITS } from "../base/limits.ts";
import { type ChatInput, ChatPeer } from "../chat/chat_peer.ts";
import type { CallPeer } from "../call/call_peer.ts";
import type { CallCommand } from "../call/contract.ts";
import { newCallCounters } from "../call/counters.ts";
import type { CallStatus } from "../call/status.ts";
import type { ChatCommand, ChatStatus } from "../chat/status.ts";
import type { MusicCommand } from "../music/music_status.ts";
import type { SoundCommand, SoundReport } from "../media/sound_status.ts";
import type { OverlayCommand } from "../overlay/contract.ts";
import type { OverlayReport } from "../overlay/reports.ts";
import { systemOf } from "../wire/first_byte.ts";
import { firstBytes } from "./first_bytes.ts";
import { LinkLoop } from "./link_loop.ts";
import { type MusicObserver, MusicPeer, type MusicPeerOptions } from "./music/music_peer.ts";
import { openNear } from "./open_near.ts";
import { OverlayPeer } from "./overlay_peer.ts";
import type { PeerLine } from "./peer_line.ts";
import type { SoundOptions } from "./sound/sound.ts";
import { NO_ANSWER } from "../chat/status.ts";
import { closeQuietly, type LinkPolicy } from "./tcp_link.ts";
import { ConnectionCount, TcpListener } from "./tcp_listener.ts";
import { UdpSocket } from "./udp_socket.ts";
import { VoicePeer } from "./voice_peer.ts";

/** Where the meeting point is. */
export interface PeerServer {
  readonly host: string;
  readonly chatPort: number;
  readonly registryPort: number;
}

/** Who a peer is, where its server is and where it wants to listen. */
export interface PeerOptions {
  readonly name: string;
  readonly namespace: string;
  readonly server: PeerServer;
  /** The wanted port; where it is taken, the next free one above it. 0 is any free port. */
  readonly listen: number;
  /** The wanted UDP port of calls, in the same way. */
  readonly callPort: number;
  readonly sound: SoundOptions;
  /** The wanted UDP port of music, in the same way. */
  readonly musicPort: number;
  readonly music: Omit<MusicPeerOptions, "name" | "server" | "speaker">;
}

/** What a {@link Peer} tells. */
export interface PeerObserver extends MusicObserver {
  status(status: ChatStatus): void;
  report(report: OverlayReport): void;
  call(status: CallStatus): void;
  sound(report: SoundReport): void;
  /** Protocol messages of all systems. Left out, they are not looked at. */
  readonly line?: (line: PeerLine) => void;
  /** How many messages of calls were not told as lines, because there were too many. */
  readonly linesHidden?: (count: number) => void;
}

const CHAT: LinkPolicy = {
  lineLimit: LIMITS.chatLineBytes,
  lineEnd: "\r\n",
  // Two peers that each waited for the other to read could wait for ever.
  readsWaitForWrites: false,
  reportsWritten: false,
  lingers: true,
  turn: LIMITS.chatTurn,
};

/** The ports of a peer. */
export type PeerPort = "listen" | "call" | "music";

/** A port that cannot be had; the system's own error is the `cause`. */
export class PeerPortError extends Error {
  constructor(readonly which: PeerPort, cause: unknown) {
    super(`${which} port`, { cause });
  }
}

/** A running peer: its ports, and the machines of the systems behind them. */
export class Peer implements AsyncDisposable {
  readonly chat: ChatPeer;
  readonly #chatLoop: LinkLoop<ChatInput, ChatStatus>;
  readonly #listener: TcpListener;
  readonly #callSocket: UdpSocket;
  readonly #musicSocket: UdpSocket;
  readonly #ending = new AbortController();
  /** Our address as the server saw it last, and whether the server has fallen silent since. */
  #ip: string | null = null;
  #fellSilent = false;
  #overlay: OverlayPeer | null = null;
  #voice: VoicePeer | null = null;
  #opening: Promise<MusicPeer> | null = null;
  #music: MusicPeer | null = null;
  #connectionsRefused = 0;
  #chatErrors = 0;

  /**
   * Opens the ports, connects to the server and registers.
   *
   * @throws {PeerPortError} where neither a wanted port nor one of the next is free
   */
  constructor(readonly options: PeerOptions, readonly observer: PeerObserver) {
    const { host, chatPort } = options.server;
    // Others reach us as the server does: by IPv6 only where the server is there.
    const hostname = host.includes(":") ? "::" : "0.0.0.0";
    const count = new ConnectionCount({
      total: LIMITS.peerConnections,
      perIp: LIMITS.peerConnectionsPerIp,
    });
    this.#listener = openPort(
      "listen",
      options.listen,
      (port) =>
        TcpListener.open(
          { hostname, port },
          count,
          (conn, ip, ended) => {
            this.#accept(conn, ip, ended).catch((error) => observer.bug(error));
          },
          () => this.#connectionsRefused += 1,
        ),
    );
    const bug = (error: unknown) => observer.bug(error);
    try {
      this.#callSocket = openPort(
        "call",
        options.callPort,
        (port) =>
          UdpSocket.open({ hostname, port }, {
            datagram: (from, bytes) => this.#voice?.datagram(from, bytes),
            bug,
          }),
      );
      this.#musicSocket = openPort(
        "music",
        options.musicPort,
        (port) =>
          UdpSocket.open({ hostname, port }, {
            datagram: (from, bytes) => this.#music?.datagram(from, bytes),
            bug,
          }),
      );
    } catch (error) {
      this.#closePorts();
      throw error;
    }
    this.chat = new ChatPeer({
      name: options.name,
      port: this.port,
      server: { host, port: chatPort },
      random: Math.random,
    });
    const { line } = observer;
    this.#chatLoop = new LinkLoop<ChatInput, ChatStatus>(this.chat, CHAT, {
      perform: (status) => this.#status(status),
      bug: (error) => observer.bug(error),
      line: line &&
        ((direction, { id, remote }, text) =>
          line({ system: "chat", direction, name: this.chat.nameOf(id), ...remote, text })),
    });
    this.#chatLoop.submit({ kind: "start" });
  }

  /** The port on which others reach us. */
  get port(): number {
    return this.#listener.port;
  }

  /** The UDP port on which others call us. */
  get callPort(): number {
    return this.#callSocket.port;
  }

  /** The UDP port on which others ask for our music. */
  get musicPort(): number {
    return this.#musicSocket.port;
  }

  /** The telephone, or null until our name is settled. */
  get call(): CallPeer | null {
    return this.#voice?.machine ?? null;
  }

  /** What others sent that was of no use, since the start, besides what the overlay counts itself. */
  get dropped() {
    return {
      connections: this.#connectionsRefused,
      chat: this.#chatErrors,
      call: this.#voice?.machine.counters ?? newCallCounters(),
      music: this.#music?.refused ?? 0,
    };
  }

  /** Does what the person wants of direct chat. */
  submit(command: ChatCommand): void {
    this.#chatLoop.submit({ kind: "command", command });
  }

  /** Does what the person wants of the overlay. */
  submitOverlay(command: OverlayCommand): void {
    this.#startOverlay().submit(command);
  }

  /** Does what the person wants of calls. */
  submitCall(command: CallCommand): void {
    this.#startVoice().submit(command);
  }

  /** Does what the person wants of sound. */
  submitSound(command: SoundCommand): void {
    this.#startVoice().sound.command(command);
  }

  /** Does what the person wants of music. */
  submitMusic(command: MusicCommand): void {
    this.#startMusic().then((music) => music.submit(command))
      .catch((error) => this.observer.bug(error));
  }

  /** Says goodbye to everyone and to the servers, and resolves when that is out. */
  async leave(): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
    // Whom we called may be asking the server just now whether it was us.
    this.submit({ kind: "farewell" });
    await this.#chatLoop.allClosed();
    this.submit({ kind: "exit" });
    await Promise.all([
      this.#chatLoop.idle(),
      this.#overlay?.leave(),
      this.#voice?.leave(),
      this.#music?.leave(),
    ]);
  }

  /** Ends at once what is still there. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#chatLoop[Symbol.asyncDispose]();
    await this.#overlay?.[Symbol.asyncDispose]();
    await this.#voice?.[Symbol.asyncDispose]();
    await (await this.#opening)?.[Symbol.asyncDispose]();
    await this.#closePorts();
  }

  async #accept(conn: Deno.TcpConn, ip: string, ended: () => void): Promise<void> {
    let first: Uint8Array | null = null;
    try {
      first = await firstBytes(conn, LIMITS.chatGreeting, this.#ending.signal);
    } finally {
      if (first === null) ended();
    }
    if (first === null) return;
    if (systemOf(first[0]!) === "chat") return this.#chatLoop.accept(conn, ip, ended, first);
    if (this.#overlay !== null) return this.#overlay.accept(conn, ip, ended, first);
    // We have no name yet, and so nobody can have meant us.
    closeQuietly(conn);
    ended();
  }

  #status(status: ChatStatus): void {
    this.observer.status(status);
    if (status.kind === "remote_error") this.#chatErrors += 1;
    if (status.kind === "server_away") this.#fellSilent = status.reason === NO_ANSWER;
    if (status.kind === "registered") {
      this.#followAddress();
      // A server that restarted has lost its directories.
      this.#overlay?.lookAgain();
      if (status.again) this.#music?.listAgain();
    }
    // Our name is settled when the chat directory took it, or when there is none to ask.
    if (status.kind !== "registered" && status.kind !== "server_away") return;
    this.#startOverlay();
    this.#startVoice();
    this.#startMusic();
  }

  /**
   * The server fell silent, and is there again from another address of ours: the one before is gone,
   * and all connections from it, of which the system tells nobody for many minutes.
   */
  #followAddress(): void {
    const { server } = this.chat;
    const ip = server === null ? null : this.#chatLoop.localIpOf(server);
    const before = this.#ip;
    this.#ip = ip;
    if (!this.#fellSilent || before === null || ip === null || before === ip) return;
    for (const system of [this.#chatLoop, this.#overlay, this.#voice]) system?.dropFrom(before);
  }

  #startOverlay(): OverlayPeer {
    const { namespace, server } = this.options;
    return this.#overlay ??= new OverlayPeer({
      name: this.chat.name,
      namespace,
      port: this.port,
      rendezvous: { host: server.host, port: server.registryPort },
    }, this.observer);
  }

  #startVoice(): VoicePeer {
    const { sound, server } = this.options;
    return this.#voice ??= new VoicePeer(
      {
        name: this.chat.name,
        server: { host: server.host, port: server.registryPort },
        sound,
      },
      this.#callSocket,
      {
        call: (status) => this.observer.call(status),
        sound: (report) => this.observer.sound(report),
        inCall: (on) => {
          if (this.#music !== null) this.#music.inCall = on;
        },
        line: this.observer.line,
        linesHidden: this.observer.linesHidden,
        bug: (error) => this.observer.bug(error),
      },
    );
  }

  #startMusic(): Promise<MusicPeer> {
    const { music, server, sound } = this.options;
    return this.#opening ??= MusicPeer.open(
      {
        ...music,
        name: this.chat.name,
        server: { host: server.host, port: server.registryPort },
        speaker: sound.speaker,
      },
      this.#musicSocket,
      this.observer,
    ).then((opened) => this.#music = opened);
  }

  async #closePorts(): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
    await this.#callSocket?.[Symbol.asyncDispose]();
    await this.#musicSocket?.[Symbol.asyncDispose]();
  }
}

function openPort<T>(which: PeerPort, wanted: number, open: (port: number) => T): T {
  try {
    return openNear(wanted, open);
  } catch (error) {
    throw new PeerPortError(which, error);
  }
}

import type { IpPort } from "../../lib/base/address.ts";
import { isLinkEffect, type LinkId } from "../../lib/base/link.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { CallPeer } from "../../lib/call/call_peer.ts";
import type { CallCommand, CallEffect, CallInput } from "../../lib/call/contract.ts";
import type { CallStatus } from "../../lib/call/status.ts";
import { type CallMessage, CODECS, formatCallMessage } from "../../lib/protocol/call.ts";
import { bytesOf } from "../vectors/vector.ts";

/** Where a {@link LoneCallPeer} is registered. */
export const OWN: IpPort = { ip: "203.0.113.9", port: 6000 };
/** Where the other side of most tests is. */
export const MARIA: IpPort = { ip: "198.51.100.7", port: 6050 };
/** Somebody who has nothing to do with the call. */
export const STRANGER: IpPort = { ip: "192.0.2.66", port: 6000 };
/** The registry's answer to where Maria is. */
export const MARIA_IS_THERE =
  `{"type":"consulta_ok","nome":"Maria","ip":"${MARIA.ip}","porta":${MARIA.port}}`;
/** An RTP packet, as far as the telephone looks at it. */
export const RTP = Uint8Array.of(0x80, 111, 0, 1);

const STATUSES: ReadonlySet<string> = new Set<CallStatus["kind"]>([
  ...["registered", "name_refused", "registry_full", "server_away", "who", "calling"] as const,
  ...[
    "inviting",
    "invited",
    "caller_checked",
    "connected",
    "call_failed",
    "rejected",
    "missed",
    "ended",
  ] as const,
  ...["refused", "remote_error", "left"] as const,
]);

/** Whether an effect is something that the person is told. */
export function isCallStatus(effect: CallEffect): effect is CallStatus {
  return STATUSES.has(effect.kind);
}

/** One peer whose whole world the test plays: the registry, the others, the clock. */
export class LoneCallPeer {
  now = 1000;
  readonly peer: CallPeer;
  /** The connection to the registry that the peer asked for last. */
  server: LinkId = 0;
  #effects: CallEffect[] = [];
  #ids = 0;

  constructor(name = "João", codecs = CODECS, ip: string | null = OWN.ip) {
    this.peer = new CallPeer({
      server: { host: "server.example", port: 5000 },
      name,
      ip: ip ?? undefined,
      port: OWN.port,
      codecs,
      random: seededRandom(7),
      newCallId: () => `m${++this.#ids}`,
    });
  }

  /** A peer that the registry knows, with nothing left to take. */
  static registered(name = "João", codecs = CODECS): LoneCallPeer {
    const lone = new LoneCallPeer(name, codecs);
    lone.give({ kind: "start" });
    lone.give({ kind: "connected", link: lone.server });
    lone.serverSays(
      JSON.stringify({ type: "registro_ok", nome: name, ip: OWN.ip, porta: OWN.port }),
    );
    lone.effects();
    return lone;
  }

  /** A peer that has invited Maria; its call's id is `m1`. */
  static inviting(codecs = CODECS): LoneCallPeer {
    const lone = LoneCallPeer.registered("João", codecs);
    lone.does({ kind: "call", name: "Maria" });
    lone.serverSays(MARIA_IS_THERE);
    lone.effects();
    return lone;
  }

  /** A peer that is in a call with Maria, who called and is confirmed; the call's id is `c1`. */
  static connected(): LoneCallPeer {
    const lone = LoneCallPeer.registered();
    lone.hears(MARIA, invitation()).serverSays(MARIA_IS_THERE);
    lone.does({ kind: "accept" });
    lone.effects();
    return lone;
  }

  give(input: CallInput): this {
    for (const effect of this.peer.handle(input, this.now)) {
      this.#effects.push(effect);
      if (isLinkEffect(effect) && effect.kind === "connect") this.server = effect.link;
    }
    return this;
  }

  does(command: CallCommand): this {
    return this.give({ kind: "command", command });
  }

  serverSays(...lines: (string | Uint8Array)[]): this {
    for (const line of lines) this.give({ kind: "line", link: this.server, bytes: bytesOf(line) });
    return this;
  }

  /** A datagram comes in. */
  hears(from: IpPort, datagram: CallMessage | Uint8Array): this {
    const bytes = datagram instanceof Uint8Array ? datagram : bytesOf(formatCallMessage(datagram));
    return this.give({ kind: "datagram", from, bytes });
  }

  /** Lets time pass, with every wake that is asked for on the way. */
  passes(milliseconds: number): this {
    const end = this.now + milliseconds;
    for (;;) {
      const at = this.peer.wakeAt();
      if (at === null || at > end) break;
      this.now = Math.max(this.now, at);
      this.give({ kind: "wake" });
    }
    this.now = end;
    return this;
  }

  /** What it has done since it was asked last. */
  effects(): CallEffect[] {
    return this.#effects.splice(0);
  }

  /** What it has told the person since it was asked last; what it did beside that is dropped. */
  statuses(): CallStatus[] {
    return this.effects().filter(isCallStatus);
  }

  /** The lines that it has sent to the registry. */
  lines(): string[] {
    return this.effects().flatMap((effect) => effect.kind === "send" ? [effect.line] : []);
  }

  /** The datagrams that it has sent: the address, and what they say. */
  datagrams(): [string, Record<string, unknown>][] {
    return this.effects().flatMap((effect) =>
      effect.kind === "send_datagram"
        ? [[
          `${effect.to.ip}:${effect.to.port}`,
          JSON.parse(new TextDecoder().decode(effect.bytes)),
        ]]
        : []
    );
  }
}

/** Maria's `convite`, with some of its fields changed. */
export function invitation(changed: Partial<CallMessage & { kind: "convite" }> = {}): CallMessage {
  return {
    kind: "convite",
    callId: "c1",
    name: "Maria",
    ...MARIA,
    codecs: CODECS,
    ...changed,
  };
}

/** Maria's `resposta_ao_convite` to call `m1`. */
export function answer(
  word: "aceito" | "rejeitado",
  changed: Partial<CallMessage & { kind: "resposta_ao_convite" }> = {},
): CallMessage {
  const accepted = word === "aceito";
  return {
    kind: "resposta_ao_convite",
    callId: "m1",
    name: "Maria",
    answer: word,
    codec: accepted ? "opus/48000" : undefined,
    port: accepted ? MARIA.port : undefined,
    ...changed,
  };
}

/** `encerrar_ligação` of a call. */
export function hangUp(callId: string): CallMessage {
  return { kind: "encerrar_ligação", callId, name: "Maria" };
}

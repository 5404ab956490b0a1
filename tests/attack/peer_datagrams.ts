import { seededRandom } from "../../lib/base/random.ts";
import type { Attack } from "./attack.ts";
import { flood, HostileSocket } from "./hostile_socket.ts";
import { PeerTarget } from "./peer_target.ts";

/** Addresses that the flood comes from. */
const ADDRESSES = 16;

const encoder = new TextEncoder();
const random = seededRandom(6);

/** Bytes that mean nothing, each length up to that of a packet. */
function noise(): Uint8Array {
  const bytes = new Uint8Array(1 + Math.floor(random() * 1200));
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

const NOISE = Array.from({ length: 256 }, noise);

/** What a stranger says about calls: that it calls, that this call is over, that it answers. */
function signalling(n: number): Uint8Array {
  const type = ["convite", "encerrar_ligação", "resposta_ao_convite"][n % 3];
  const call = Math.floor(n / 3);
  const [call_id, nome] = [`forjada-${call}`, `Estranho ${call}`];
  return encoder.encode(JSON.stringify({ type, call_id, nome, resposta: "aceito", codecs: [] }));
}

/** What a stranger says about music: that it wants a file, which is there or is not. */
function get(n: number, song: string): Uint8Array {
  const id = n % 4 === 1 ? song : n.toString(16).padStart(64, "0");
  return encoder.encode(JSON.stringify({ type: "GET", stream: n, id, offset: 0, port: 9 }));
}

/** Datagrams without end at both ports of a peer. */
export const peerDatagrams: Attack<PeerTarget> = {
  name: "peer-datagrams",
  deed: `${ADDRESSES} addresses send noise, invitations, goodbyes and answers to the call port, ` +
    "and noise and requests to the music port",
  outcome: "it rings five times, then once in five seconds; what is remembered is bounded, the " +
    "rest is counted",
  open: () => PeerTarget.open(),
  async run({ peer, at: { callPort, musicPort, song } }, end) {
    await using held = new AsyncDisposableStack();
    const sockets = Array.from(
      { length: ADDRESSES },
      (_, at) => held.use(new HostileSocket(`127.0.2.${at + 1}`)),
    );
    const odd = (n: number, other: (n: number) => Uint8Array) =>
      n % 2 === 0 ? NOISE[n % NOISE.length]! : other((n - 1) / 2);
    const [toCalls, toMusic] = await Promise.all([
      flood(sockets, callPort, (n) => odd(n, (at) => signalling(at)), end),
      flood(sockets, musicPort, (n) => odd(n, (at) => get(at, song)), end),
    ]);
    return {
      "to the call port": toCalls,
      "to the music port": toMusic,
      rings: peer.output.match(/Estranho \d+ está ligando/g)?.length ?? 0,
    };
  },
};

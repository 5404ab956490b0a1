/**
 * Reflection: what a victim gets for each byte that somebody sends in its name. On a machine's own
 * network the victim's socket itself sends, which is the same to the peer as a forged address.
 *
 * @module
 */
import assert from "node:assert/strict";
import { formatCallMessage } from "../../lib/protocol/call.ts";
import { formatControlMessage } from "../../lib/protocol/music/control_messages.ts";
import { formatTransferPacket } from "../../lib/protocol/music/transfer_packets.ts";
import { formatTable } from "../../lib/terminal/text/table.ts";
import { until } from "../runtime/line_client.ts";
import { HostileSocket } from "./hostile_socket.ts";
import { type PeerPorts, PeerTarget } from "./peer_target.ts";

/** How often each message is sent. */
const TIMES = 20;

/** From here on, numbers are those of questions. */
const QUESTIONS = 777_000_000;
let cases = 0;

const encoder = new TextEncoder();

/** What came of a message: bytes in the victim's name, and bytes to the victim. */
interface Reflection {
  readonly message: string;
  readonly sent: number;
  readonly got: number;
}

/**
 * Sends a message in a victim's name again and again, then a question: what comes before its answer
 * is what came of the message.
 *
 * @param question a message of `id` that is answered at once, with the id in the answer
 */
async function reflect(
  message: string,
  make: (victim: number, n: number) => string | Uint8Array,
  port: number,
  question: (victim: number, id: number) => string,
): Promise<Reflection> {
  cases += 1;
  const mark = QUESTIONS + cases;
  let got = 0;
  let answered: number | null = null;
  await using victim = new HostileSocket("127.0.0.1", (bytes) => {
    if (new TextDecoder().decode(bytes).includes(String(mark))) answered ??= got;
    got += bytes.length;
  });
  for (let n = 0; n < TIMES; n += 1) {
    const datagram = make(victim.port, 1000 * cases + n);
    await victim.send(typeof datagram === "string" ? encoder.encode(datagram) : datagram, port);
  }
  const sent = victim.sent.bytes;
  await victim.send(encoder.encode(question(victim.port, mark)), port);
  await until(() => answered !== null, "the port answers");
  return { message, sent, got: answered! };
}

/** A random ID that looks like one of a call. */
const callId = (n: number) => `00000000-0000-4000-8000-${n.toString().padStart(12, "0")}`;

function convite(n: number, port: number): string {
  const [call_id, codecs] = [callId(n), ["opus/48000", "L16/16000"]];
  const nome = "Estranho";
  return JSON.stringify({ type: "convite", call_id, nome, ip: "127.0.0.1", porta: port, codecs });
}

function table(rows: readonly Reflection[]): string {
  return formatTable({
    header: ["message", "bytes sent", "bytes got", "factor"],
    rows: rows.map(({ message, sent, got }) => [
      message,
      String(sent),
      String(got),
      (got / sent).toFixed(2),
    ]),
    align: ["left", "right", "right", "right"],
    columns: 100,
  }).join("\n");
}

function assertNoneGrows(rows: readonly Reflection[]): void {
  console.log(table(rows));
  for (const { message, sent, got } of rows) assert.ok(got <= 3 * sent, message);
}

Deno.test("reflection: nobody gets more than three times what was sent in their name", async () => {
  await using target = await PeerTarget.open();
  assertNoneGrows(await ofMusic(target.at));

  // Somebody rings, so that whoever asks now is told that the telephone is busy.
  const { callPort } = target.at;
  await using ringing = new HostileSocket("127.0.0.1");
  await ringing.send(encoder.encode(convite(1, ringing.port)), callPort);
  await target.until((output) => output.includes("Estranho está ligando"));
  const { sent: { bytes: sent } } = ringing;
  const rings = { message: "convite that rings", sent, got: ringing.received.bytes };
  assertNoneGrows([...await ofCalls(callPort), rings]);

  // The one who is called has to accept before more is sent, and hears nothing for five seconds.
  await target.peer.say("/accept");
  await target.until((output) => output.includes("Nada mais chega de ?Estranho"));
  const got = ringing.received.bytes;
  console.log(table([{ message: "convite that a person accepts", sent, got }]));
  await target.honest.times();
});

/** What each message to the music port comes to. */
async function ofMusic({ musicPort, song }: PeerPorts): Promise<Reflection[]> {
  const ask = (id: string) => (own: number, n: number) =>
    formatControlMessage({ kind: "GET", stream: n, id, offset: 0, port: own });
  const settled = ask("0".repeat(64));
  const head = (n: number) => ({ stream: 2e6 + n, token: 7 });
  const ack = { delay: 0, base: 0, have: 0, credit: 9, rate: 0, paused: false, listed: false };
  const messages: [string, (victim: number, n: number) => string | Uint8Array][] = [
    ["GET of a song that is there", ask(song)],
    ["GET, the same again", (own) => ask(song)(own, 1)],
    [
      "GET, as short as it can be",
      (own, n) => `{"type":"GET","stream":${n},"id":"${song}","port":${own}}`,
    ],
    ["GET of one that is not", ask("1".repeat(64))],
    [
      "GET_OK",
      (_, stream) => formatControlMessage({ kind: "GET_OK", stream, id: song, name: "", size: 1 }),
    ],
    [
      "GET_ERROR",
      (_, stream) => formatControlMessage({ kind: "GET_ERROR", stream, error: "busy" }),
    ],
    [
      "data",
      (_, n) =>
        formatTransferPacket({
          ...{ kind: "data", ...head(n), number: 1, piece: 0, chunk: 0, bytes: new Uint8Array(9) },
        }),
    ],
    ["ping", (_, n) => formatTransferPacket({ kind: "ping", ...head(n), number: 1 })],
    ["end", (_, n) => formatTransferPacket({ kind: "end", ...head(n), reason: "idle" })],
    [
      "acknowledgement",
      (_, n) => formatTransferPacket({ kind: "ack", ...head(n), ...ack, ranges: [] }),
    ],
    ["stop", (_, n) => formatTransferPacket({ kind: "stop", ...head(n), reason: "complete" })],
    ["noise", (_, n) => new Uint8Array(50).fill(0x50 + n % 20)],
  ];
  const rows: Reflection[] = [];
  for (const [message, make] of messages) {
    rows.push(await reflect(message, make, musicPort, settled));
  }
  return rows;
}

/** What each message to the call port comes to, while the telephone is busy. */
async function ofCalls(callPort: number): Promise<Reflection[]> {
  const settled = (own: number, id: number) => convite(id, own);
  const bare = { name: "M", codec: undefined, port: undefined } as const;
  const messages: [string, (victim: number, n: number) => string | Uint8Array][] = [
    ["convite, busy", (own, n) => convite(100 + n, own)],
    ["convite, busy, the same again", (own) => convite(2, own)],
    ["convite, as short as it can be", (_, n) => `{"type":"convite","call_id":"${n}","nome":"M"}`],
    [
      "resposta_ao_convite",
      (_, n) =>
        formatCallMessage({
          ...{ kind: "resposta_ao_convite", callId: callId(100 + n), answer: "aceito", ...bare },
        }),
    ],
    [
      "encerrar_ligação",
      (_, n) => formatCallMessage({ kind: "encerrar_ligação", callId: callId(n), name: "M" }),
    ],
    ["RTP", () => Uint8Array.of(0x80, 111, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3)],
    ["RTCP", () => Uint8Array.of(0x80, 200, 0, 1, 0, 0, 0, 1)],
    ["noise", (_, n) => new Uint8Array(50).fill(n % 20)],
  ];
  const rows: Reflection[] = [];
  for (const [message, make] of messages) {
    rows.push(await reflect(message, make, callPort, settled));
  }
  return rows;
}

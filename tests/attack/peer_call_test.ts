/**
 * Strangers who send to both sides of a call that is on: the two hear each other all the same.
 *
 * @module
 */
import assert from "node:assert/strict";
import { CallPair } from "../processes/call_rig/call_pair.ts";
import type { CallingPeer } from "../processes/call_rig/calling_peer.ts";
import { flood, HostileSocket } from "./hostile_socket.ts";

/** How long the flood lasts, in milliseconds. */
const FLOOD = 2000;
/** Packets that one says in that time: 50 a second. */
const SAID = FLOOD / 20;

const encoder = new TextEncoder();

/** What a stranger sends beside a call: packets of sound that count on, and words about calls. */
function forged(n: number): Uint8Array {
  const kind = n % 4;
  if (kind === 0) {
    const convite = { type: "convite", call_id: `x${n}`, nome: "Ana", codecs: [] };
    return encoder.encode(JSON.stringify(convite));
  }
  if (kind === 1) {
    return encoder.encode(JSON.stringify({
      ...{ type: "encerrar_ligação", call_id: `x${n}`, nome: "Ana" },
    }));
  }
  const packet = new Uint8Array(80);
  const view = new DataView(packet.buffer);
  packet.set([0x80, kind === 2 ? 111 : 97]);
  view.setUint16(2, n & 0xffff);
  view.setUint32(4, n * 960);
  view.setUint32(8, 0xbadc0de);
  return packet;
}

/** A figure of `/stats`. */
async function figure({ program }: CallingPeer, row: string): Promise<string> {
  await program.say("/stats");
  const [, value] = await program.waitFor(new RegExp(`^${row} +(\\S.*)$`, "m"));
  return value!;
}

Deno.test("attack: forged sound and words beside a call are heard by nobody", async () => {
  const setup = { args: ["--mic", "tone:440", "--speaker", "none"], permissions: [] };
  await using pair = await CallPair.start({ caller: setup, callee: setup }, null);
  await pair.connect();
  await using held = new AsyncDisposableStack();
  const { caller, callee } = pair.peers;
  const before = await figure(callee, "Da boca ao ouvido");
  const strangers = Array.from(
    { length: 8 },
    (_, n) => held.use(new HostileSocket(`127.0.3.${n + 1}`)),
  );
  const end = AbortSignal.timeout(FLOOD);
  const sent = await Promise.all(
    [caller, callee].map(({ port }) => flood(strangers, port, forged, end)),
  );
  const during = await figure(callee, "Da boca ao ouvido");
  const loss = await figure(callee, "Perda na entrada");
  await callee.program.say("/metrics");
  const [, foreign] = await callee.program.waitFor(/^Ligações: de endereço alheio +(\d+)$/m);
  const [, busy] = await callee.program.waitFor(/^Ligações: recusadas, ocupado +(\d+)$/m);
  console.log(
    `beside ${sent.join(" and ")} forged datagrams: mouth to ear ${before} → ${during}, ` +
      `loss ${loss}, ${foreign} packets of strangers dropped, ${busy} invitations rejected`,
  );
  assert.ok(Number(foreign) > SAID && Number(busy) > 0);
  assert.doesNotMatch(callee.program.output, /está ligando(?![^]*Você está em ligação)/);
  // Both still talk, and end it as they like.
  await pair.hangUp();
  await pair.exit();
});

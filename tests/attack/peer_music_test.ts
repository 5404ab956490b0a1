/**
 * Strangers who send to both sides of a transfer of music: it goes on, and what arrives is whole.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { MIB } from "../../lib/base/units.ts";
import { formatControlMessage } from "../../lib/protocol/music/control_messages.ts";
import { formatTransferPacket } from "../../lib/protocol/music/transfer_packets.ts";
import { residentBytes } from "../bench/proc.ts";
import { MusicPeer } from "../processes/music_rig/music_peer.ts";
import { type ServerPorts, startServer } from "../processes/programs.ts";
import { RawClient } from "../processes/raw_client.ts";
import { noise } from "../runtime/music/library/tagged_files.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { flood, HostileSocket } from "./hostile_socket.ts";

/** Bytes of each song: half a second of a transfer, or more on a busy machine. */
const SONG_BYTES = 8 * MIB;
const LONG_AGO = new Date(2020, 0, 1);
/** What a source may grow by: what it holds for a listener, and the file's own pages. */
const MOST_GROWTH = 150 * MIB;

const encoder = new TextEncoder();

/** A node of the catalogue: its UDP port, and the ids of its songs. */
async function nodeOf(
  { registryPort }: ServerPorts,
  name: string,
): Promise<{ readonly port: number; readonly ids: readonly string[] }> {
  await using client = await RawClient.connect(registryPort);
  client.send('{"type":"NODE_LIST","query":""}\n');
  const [line] = await client.waitFor(/.*\n/);
  const { nodes } = JSON.parse(line);
  const node = nodes.find((one: { readonly name: string }) => one.name === name);
  return { port: node.port, ids: node.files.map(({ id }: { readonly id: string }) => id) };
}

/** Who has songs and who hears them do not know each other's streams: a stranger can only guess. */
function forged(n: number, song: string): Uint8Array {
  const [stream, token] = [n * 2_147_483_629 % 2 ** 48, n];
  const ack = { delay: 0, base: 9, have: 0, credit: 99, rate: 1, paused: true, listed: true };
  switch (n % 5) {
    case 0:
      return encoder.encode(
        formatControlMessage({ kind: "GET", stream: n, id: song, offset: 0, port: 9 }),
      );
    case 1:
      return formatTransferPacket({
        ...{ kind: "data", stream, token, number: n, piece: 3, chunk: 7 },
        bytes: new Uint8Array(1176),
      });
    case 2:
      return formatTransferPacket({ kind: "ack", stream, token, ...ack, ranges: [] });
    case 3:
      return formatTransferPacket({ kind: "stop", stream, token, reason: "cancelled" });
    default:
      return formatTransferPacket({ kind: "end", stream, token, reason: "leaving" });
  }
}

/** Fetches a song, whole and verified, in so many milliseconds. */
async function fetched(bia: MusicPeer, song: number): Promise<number> {
  const done = async () =>
    (await bia.downloading()).filter(({ state }) => state.kind === "done").length;
  const before = await done();
  const began = performance.now();
  await bia.program.say(`/get ${song}`);
  await bia.until(async () => await done() > before);
  return performance.now() - began;
}

Deno.test("attack: a transfer beside floods of forged datagrams arrives whole", async () => {
  await using folder = await TemporaryFolder.make();
  const songs = { "ana/1.mp3": SONG_BYTES, "ana/2.mp3": SONG_BYTES, "bia/3.mp3": 1000 };
  for (const [at, [name, bytes]] of Object.entries(songs).entries()) {
    const song = await folder.write(name, noise(bytes, at + 1));
    // Whoever shares it waits until a file is not just being written.
    await Deno.utime(song, LONG_AGO, LONG_AGO);
  }
  await using server = await startServer();
  const at = (name: string) => ({ folder: folder.path, shares: [folder.at(name)] });
  await using ana = await MusicPeer.start(server, "ana", at("ana"));
  await using bia = await MusicPeer.start(server, "bia", at("bia"));
  await bia.ask("/files 1.mp3", "1 música");
  const alone = await fetched(bia, 1);

  const nodes = [await nodeOf(server, "ana"), await nodeOf(server, "bia")];
  await using held = new AsyncDisposableStack();
  const strangers = Array.from(
    { length: 8 },
    (_, n) => held.use(new HostileSocket(`127.0.4.${n + 1}`)),
  );
  await bia.ask("/files 2.mp3", "1 música");
  const memory = await residentBytes(ana.program.pid);
  const end = new AbortController();
  const floods = nodes.map(({ port, ids }) =>
    flood(strangers, port, (n) => forged(n, ids[0]!), end.signal)
  );
  const beside = await fetched(bia, 1);
  const grown = await residentBytes(ana.program.pid);
  end.abort();
  const sent = await Promise.all(floods);
  for (const { program } of [ana, bia]) {
    await program.say("/metrics");
    const [, dropped] = await program.waitFor(/^Música: não é para nós +(\d+)$/m);
    assert.ok(Number(dropped) > 0);
  }
  console.log(
    `${SONG_BYTES / MIB} MiB in ${alone.toFixed(0)} ms alone, in ${beside.toFixed(0)} ms beside ` +
      `${sent.join(" and ")} forged datagrams; the source grew from ` +
      `${Math.round(memory! / MIB)} to ${Math.round(grown! / MIB)} MiB`,
  );
  assert.ok(grown! - memory! < MOST_GROWTH);
  await bia.leave();
  await ana.leave();
  const kept = await Promise.all(
    (await folder.names("bia-downloads")).map((name) =>
      Deno.readFile(folder.at("bia-downloads", name))
    ),
  );
  assert.equal(kept.length, 2);
  for (const [at, bytes] of kept.entries()) {
    assert.ok(Buffer.compare(bytes, noise(SONG_BYTES, at + 1)) === 0, `song ${at + 1}`);
  }
});

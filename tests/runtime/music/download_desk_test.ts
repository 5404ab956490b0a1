import assert from "node:assert/strict";
import type { CatalogueSong } from "../../../lib/music/catalogue/song.ts";
import type { DownloadRow } from "../../../lib/music/music_status.ts";
import { TRANSFER_LIMITS } from "../../../lib/music/transfer_limits.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { DownloadDesk } from "../../../lib/runtime/music/download_desk.ts";
import { MemorySongs } from "../../../lib/runtime/music/memory_songs.ts";
import { SongShelf } from "../../../lib/runtime/music/song_shelf.ts";
import { until } from "../line_client.ts";
import { noise } from "./library/tagged_files.ts";
import { rowOf, SharingNode } from "./sharing_node.ts";

const BYTES = noise(3 * PIECE_BYTES);

/** A desk of a node, and what it tells. */
class DeskRig implements AsyncDisposable {
  readonly told: DownloadRow[] = [];
  readonly lost: string[] = [];
  readonly bugs: unknown[] = [];
  readonly desk: DownloadDesk;
  readonly folder: string;

  constructor(readonly node: SharingNode) {
    this.folder = node.folder.at("downloads");
    const shelf = new SongShelf(node.library, null, new MemorySongs(0));
    this.desk = new DownloadDesk(shelf, node.transfers, () => Promise.resolve([]), {
      changed: (row) => void this.told.push(row),
      sourceChanged: (_, from, fault) => void this.lost.push(`${from} ${fault}`),
      bug: (error) => void this.bugs.push(error),
    });
  }

  /** Downloads, and resolves with what came of it. */
  async get(song: CatalogueSong): Promise<DownloadRow["state"]> {
    this.desk.get(song, rowOf(song), this.folder);
    await until(() => this.desk.running().length === 0, "the end");
    return this.desk.rows().at(-1)!.state;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}

Deno.test("download desk: a song of another, told when it begins and when it is over", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  await using rig = new DeskRig(bia);
  const path = `${rig.folder}/a.mp3`;
  assert.deepEqual(await rig.get(ana.song("a.mp3")), { kind: "done", path });
  assert.deepEqual(await Deno.readFile(path), BYTES);
  assert.deepEqual(rig.told.map(({ state, done }) => [state.kind, done]), [
    ["running", 0],
    ["done", BYTES.length],
  ]);
});

Deno.test("download desk: what is here is copied, and has to be as the catalogue says", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using rig = new DeskRig(ana);
  const song = ana.song("a.mp3");
  for (const size of [BYTES.length - PIECE_BYTES, BYTES.length + 1, BYTES.length + PIECE_BYTES]) {
    const state = await rig.get({ ...song, size });
    assert.ok(state.kind === "failed" && state.fault.why === "download", `${size}`);
    assert.equal(state.fault.fault.why, "wrong_content");
  }
  const state = await rig.get(song);
  assert.ok(state.kind === "done");
  assert.deepEqual(await Deno.readFile(state.path), BYTES);
});

Deno.test("download desk: one that failed is gone on with when it is asked for again", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES }, 1_500_000);
  await using bia = await SharingNode.start();
  await using rig = new DeskRig(bia);
  const song = ana.song("a.mp3");
  rig.desk.get(song, rowOf(song), rig.folder);
  await until(() => (rig.desk.rows()[0]?.done ?? 0) >= PIECE_BYTES, "a piece");
  assert.equal(rig.desk.running()[0]?.source, "ana");
  const twice = "in_progress";
  rig.desk.get(song, rowOf(song), rig.folder);
  await until(() => rig.desk.rows()[1]?.state.kind === "failed", "only once");
  const { state: second } = rig.desk.rows()[1]!;
  assert.ok(second.kind === "failed" && second.fault.why === "download");
  assert.equal(second.fault.fault.why, twice);
  await ana.library.unshare(ana.folder.path);
  ana.transfers.leave();
  await until(() => rig.desk.running().length === 0, "failed");
  const { state } = rig.desk.rows()[0]!;
  assert.deepEqual(state, { kind: "failed", fault: { why: "fetch", fault: "not_available" } });
  assert.deepEqual(rig.lost, ["ana source_failed"]);

  await ana.library.share(ana.folder.path);
  await until(() => ana.library.files().length > 0, "shared again");
  const before = rig.told.length;
  assert.equal((await rig.get(song)).kind, "done");
  assert.ok(rig.told[before]!.done >= PIECE_BYTES, "began anew");
  assert.deepEqual(await Deno.readFile(`${rig.folder}/a.mp3`), BYTES);
});

Deno.test("download desk: more at once than there are places", async () => {
  const files = Array.from({ length: TRANSFER_LIMITS.receptions + 1 }, (_, n) => {
    return [`${n}.mp3`, noise(PIECE_BYTES + n, n + 1)] as const;
  });
  await using ana = await SharingNode.start(Object.fromEntries(files), 1000);
  await using bia = await SharingNode.start();
  await using rig = new DeskRig(bia);
  const songs = files.map(([name]) => ana.song(name));
  rig.desk.limit(1000);
  for (const song of songs.slice(1)) rig.desk.get(song, rowOf(song), rig.folder);
  await until(() => !bia.transfers.hasPlace, "no place");
  rig.desk.get(songs[0]!, rowOf(songs[0]!), rig.folder);
  const last = () => rig.desk.rows().at(-1)!.state;
  await until(() => last().kind === "failed", "refused");
  const fault = { why: "too_many", most: TRANSFER_LIMITS.receptions };
  assert.deepEqual(last(), { kind: "failed", fault });
  await rig.desk[Symbol.asyncDispose]();
  assert.deepEqual(await bia.folder.names("downloads"), [], "of what did not begin nothing stays");
});

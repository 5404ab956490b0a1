import assert from "node:assert/strict";
import type { CatalogueStatus, LibraryStatus } from "../../../lib/music/library_status.ts";
import type { MusicCommand, MusicReport } from "../../../lib/music/music_status.ts";
import { MusicPeer, type MusicPeerOptions } from "../../../lib/runtime/music/music_peer.ts";
import { UdpSocket } from "../../../lib/runtime/udp_socket.ts";
import { until } from "../line_client.ts";
import { RunningServer } from "../running_server.ts";
import { wavBytes } from "../sound/wav_bytes.ts";
import { noise } from "./library/tagged_files.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const LONG_AGO = new Date(2020, 0, 1);
/** A second of noise. */
const SONG = wavBytes({ samples: noise(96_000) });

type ReportOf<K extends MusicReport["kind"]> = MusicReport & { readonly kind: K };

/** A peer on 127.0.0.1 that nobody hears, and what it tells. */
class PeerRig implements AsyncDisposable {
  readonly reports: MusicReport[] = [];
  readonly library: LibraryStatus[] = [];
  readonly catalogue: CatalogueStatus[] = [];
  readonly bugs: unknown[] = [];
  peer!: MusicPeer;
  #taken = 0;
  readonly #resources = new AsyncDisposableStack();

  private constructor(readonly folder: TemporaryFolder) {}

  static async start(
    port: number,
    name: string,
    options: (folder: TemporaryFolder) => Partial<MusicPeerOptions> = () => ({}),
  ): Promise<PeerRig> {
    const rig = new PeerRig(await TemporaryFolder.make());
    rig.#resources.use(rig.folder);
    const socket = rig.#resources.use(UdpSocket.open({ hostname: "127.0.0.1", port: 0 }, {
      datagram: (from, bytes) => rig.peer?.datagram(from, bytes),
      bug: (error) => rig.bugs.push(error),
    }));
    const all: MusicPeerOptions = {
      ...{ name, server: { host: "127.0.0.1", port }, speaker: { kind: "none" }, shares: [] },
      ...{ downloads: rig.folder.at("downloads"), cache: null, cacheSize: 1e9, maxUpload: null },
      ...options(rig.folder),
    };
    rig.peer = rig.#resources.use(
      await MusicPeer.open(all, socket, {
        music: (report) => rig.reports.push(report),
        library: (status) => rig.library.push(status),
        catalogue: (status) => rig.catalogue.push(status),
        bug: (error) => rig.bugs.push(error),
      }),
    );
    return rig;
  }

  /** Puts songs into a folder of it, and resolves when others find that many. */
  async share(...names: readonly string[]): Promise<void> {
    await this.shareAmong(names.length, ...names);
  }

  /** As {@link share}, where other songs are there: with them there are `files`. */
  async shareAmong(files: number, ...names: readonly string[]): Promise<void> {
    for (const [n, name] of names.entries()) {
      const path = await this.folder.write(
        `songs/${name}`,
        SONG.map((byte, at) => at < 99 ? byte : byte ^ n),
      );
      await Deno.utime(path, LONG_AGO, LONG_AGO);
    }
    this.peer.submit({ kind: "share", path: this.folder.at("songs") });
    await until(
      () => this.catalogue.some((status) => "files" in status && status.files === files),
      "registered",
    );
  }

  /** The next report of a kind that is no tick, behind those that were taken before. */
  async next<K extends MusicReport["kind"]>(kind: K): Promise<ReportOf<K>> {
    const find = () =>
      this.reports.findIndex((report, at) =>
        at >= this.#taken && report.kind === kind && !(report.kind === "now_playing" && report.tick)
      );
    await until(() => find() >= 0, `${kind}: ${JSON.stringify(this.reports.slice(this.#taken))}`);
    this.#taken = find() + 1;
    return this.reports[this.#taken - 1] as ReportOf<K>;
  }

  /** Asks for something, and resolves with the next report of a kind. */
  async ask<K extends MusicReport["kind"]>(
    command: MusicCommand,
    kind: K,
  ): Promise<ReportOf<K>> {
    this.#taken = this.reports.length;
    this.peer.submit(command);
    return await this.next(kind);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
    assert.deepEqual(this.bugs, []);
  }
}

const number = (number: number) => ({ kind: "number", number }) as const;
const query = (query: string) => ({ kind: "query", query }) as const;

Deno.test("music peer: shares, is found, is heard, is kept, leaves", async () => {
  await using server = await RunningServer.open();
  const { registry } = server.server.ports;
  await using ana = await PeerRig.start(registry, "ana");
  await using bia = await PeerRig.start(registry, "bia");
  const none = await bia.ask({ kind: "files", query: null }, "songs");
  assert.deepEqual([none.songs, none.more], [[], false]);
  await ana.share("a.wav", "b.wav");
  const { folders } = await ana.ask({ kind: "share", path: null }, "shares");
  assert.deepEqual(folders.map(({ path, files }) => [path, files]), [
    [ana.folder.at("songs"), 2],
  ]);

  const { songs } = await bia.ask({ kind: "files", query: "wav" }, "songs");
  assert.deepEqual(songs.map((song) => [song.number, song.name, song.nodes, song.here]), [
    [1, "a.wav", ["ana"], false],
    [2, "b.wav", ["ana"], false],
  ]);
  const { nodes } = await bia.ask({ kind: "nodes" }, "nodes");
  assert.deepEqual(nodes.map(({ name, files }) => [name, files]), [["ana", 2]]);

  const begun = await bia.ask({ kind: "play", wanted: number(1) }, "now_playing");
  assert.equal(begun.now.song.name, "a.wav");
  const { songs: queued } = await bia.ask({ kind: "queue", wanted: query("b.wav") }, "queue");
  assert.deepEqual(queued.map(({ name }) => name), ["b.wav"]);
  for (const name of ["a.wav", "b.wav"]) {
    const { song, stopped } = await bia.next("song_ended");
    assert.deepEqual([song.name, stopped], [name, false]);
  }
  const { songs: rest } = await bia.ask({ kind: "queue", wanted: null }, "queue");
  assert.deepEqual(rest, []);

  await bia.ask({ kind: "get", wanted: number(2), to: null }, "downloads");
  const kept = () => Deno.readFile(bia.folder.at("downloads", "b.wav")).catch(() => null);
  await until(
    () =>
      bia.reports.some((report) =>
        report.kind === "download" && report.download.state.kind === "done"
      ),
    "downloaded",
  );
  assert.deepEqual(await kept(), await Deno.readFile(ana.folder.at("songs", "b.wav")));
  const { downloads } = await bia.ask({ kind: "downloads" }, "downloads");
  assert.deepEqual(downloads.map(({ state }) => state.kind), ["done"]);

  await ana.peer.leave();
  assert.equal(ana.catalogue.at(-1)?.kind, "music_left");
  const gone = await bia.ask({ kind: "files", query: null }, "songs");
  assert.deepEqual(gone.songs, []);
});

Deno.test("music peer: what cannot be done is a fault, and the rest goes on", async () => {
  await using server = await RunningServer.open();
  await using ana = await PeerRig.start(server.server.ports.registry, "ana");
  const faults: [MusicCommand, string][] = [
    [{ kind: "play", wanted: number(7) }, "no_list"],
    [{ kind: "play", wanted: query("nobody has it") }, "unknown_song"],
    [{ kind: "get", wanted: query("nobody has it"), to: null }, "unknown_song"],
    [{ kind: "queue", wanted: number(1) }, "no_list"],
    [{ kind: "next" }, "queue_empty"],
    [{ kind: "pause" }, "not_playing"],
    [{ kind: "resume" }, "not_playing"],
    [{ kind: "seek", seconds: 3 }, "not_playing"],
    [{ kind: "stop" }, "not_playing"],
  ];
  for (const [command, why] of faults) {
    const { fault, song } = await ana.ask(command, "music_fault");
    assert.deepEqual([fault.why, song], [why, null], command.kind);
  }
  for (const kind of ["share", "unshare"] as const) {
    const path = ana.folder.at("none");
    const { fault } = await ana.ask({ kind, path }, "share_refused");
    assert.equal(fault.path, path);
  }
  await ana.share("a.wav");
  const { folders } = await ana.ask({ kind: "unshare", path: null }, "shares");
  assert.deepEqual(folders, []);
});

Deno.test("music peer: without a server, what is here is still there", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  await using ana = await PeerRig.start(listener.addr.port, "ana");
  for (const command of [{ kind: "files", query: null }, { kind: "nodes" }] as const) {
    const { fault } = await ana.ask(command, "music_fault");
    assert.equal(fault.why, "no_server");
  }
  const { fault } = await ana.ask({ kind: "play", wanted: query("a") }, "music_fault");
  assert.equal(fault.why, "no_server");
});

Deno.test("music peer: pause, seek and stop; a call beside it; a cache that others find", async () => {
  await using server = await RunningServer.open();
  const { registry } = server.server.ports;
  await using ana = await PeerRig.start(registry, "ana", () => ({ maxUpload: 500_000 }));
  await using bia = await PeerRig.start(
    registry,
    "bia",
    (folder) => ({ cache: folder.at("cache") }),
  );
  await ana.share("a.wav");
  bia.peer.inCall = true;
  await bia.ask({ kind: "play", wanted: query("a.wav") }, "now_playing");
  for (let now = await bia.next("now_playing"); now.now.state !== "playing";) {
    now = await bia.next("now_playing");
  }
  bia.peer.inCall = false;
  assert.equal((await bia.ask({ kind: "pause" }, "now_playing")).now.state, "paused");
  await bia.ask({ kind: "seek", seconds: 0.5 }, "now_playing");
  await bia.ask({ kind: "resume" }, "now_playing");
  const { stopped } = await bia.ask({ kind: "stop" }, "song_ended");
  assert.equal(stopped, true);
  const [cached] = await bia.folder.names("cache");
  assert.match(cached!, /^[0-9a-f]{64}$/);
  const { folders } = await bia.ask({ kind: "share", path: null }, "shares");
  assert.deepEqual(folders, []);
});

Deno.test({
  name: "music peer: after a song that cannot be played the queue goes on",
  // No other player may be started.
  permissions: { net: true, read: true, write: true },
  fn: async () => {
    await using server = await RunningServer.open();
    const { registry } = server.server.ports;
    await using ana = await PeerRig.start(registry, "ana");
    await using bia = await PeerRig.start(registry, "bia");
    await ana.folder.write("songs/no-music.ogg", noise(50_000, 3));
    await Deno.utime(ana.folder.at("songs", "no-music.ogg"), LONG_AGO, LONG_AGO);
    await ana.shareAmong(3, "a.wav", "b.wav");
    for (const name of ["no-music", "no-music", "b.wav"]) {
      await bia.ask({ kind: "queue", wanted: query(name) }, "queue");
    }
    await bia.ask({ kind: "play", wanted: query("a.wav") }, "now_playing");
    const over = () =>
      bia.reports.flatMap((report) => {
        if (report.kind === "song_ended") return [`${report.song.name} ended`];
        return report.kind === "music_fault" ? [`${report.song?.name} ${report.fault.why}`] : [];
      });
    await until(() => over().length === 4, over().join());
    assert.deepEqual(over(), [
      "a.wav ended",
      "no-music.ogg no_decoder",
      "no-music.ogg no_decoder",
      "b.wav ended",
    ]);
  },
});

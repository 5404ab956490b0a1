import type { CatalogueSong } from "../../../lib/music/catalogue/song.ts";
import type { SongRow } from "../../../lib/music/music_status.ts";
import type { CatalogueFile } from "../../../lib/protocol/music.ts";
import { LIBRARY_LIMITS } from "../../../lib/runtime/music/library/limits.ts";
import { MusicLibrary } from "../../../lib/runtime/music/library/music_library.ts";
import { Transfers } from "../../../lib/runtime/music/transfers.ts";
import { UdpSocket } from "../../../lib/runtime/udp_socket.ts";
import { until } from "../line_client.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

/** Files are read at once. */
const TIMES = { ...LIBRARY_LIMITS, settle: 0 };

/** A node on 127.0.0.1 that shares the files of a folder of its own, and can fetch. */
export class SharingNode implements AsyncDisposable {
  readonly bugs: unknown[] = [];
  library!: MusicLibrary;
  socket!: UdpSocket;
  transfers!: Transfers;
  readonly #resources = new AsyncDisposableStack();

  private constructor(readonly folder: TemporaryFolder) {}

  /** Starts one, and resolves when its files are read. */
  static async start(
    files: Readonly<Record<string, Uint8Array>> = {},
    limit: number | null = null,
  ): Promise<SharingNode> {
    const node = new SharingNode(await TemporaryFolder.make());
    node.#resources.use(node.folder);
    const bug = (error: unknown) => void node.bugs.push(error);
    node.library = node.#resources.use(
      await MusicLibrary.open(null, { report() {}, changed() {}, bug }, TIMES),
    );
    node.socket = node.#resources.use(UdpSocket.open({ hostname: "127.0.0.1", port: 0 }, {
      datagram: (from, bytes) => node.transfers.datagram(from, bytes),
      bug,
    }));
    node.transfers = node.#resources.use(new Transfers(node.socket, node.library, limit, bug));
    for (const [name, bytes] of Object.entries(files)) await node.folder.write(name, bytes);
    await node.library.share(node.folder.path);
    await until(() => node.library.files().length === Object.keys(files).length, "files are read");
    return node;
  }

  /** A file of it as it is found in the catalogue. */
  song(name: string, changes: Partial<CatalogueSong> = {}): CatalogueSong {
    const file = this.library.files().find((one): one is CatalogueFile => one.name === name)!;
    const sources = [{ name: "ana", ip: "127.0.0.1", port: this.socket.port }];
    return { ...file, pieces: file.pieces ?? null, sources, ...changes };
  }

  /** Its songs are not to be had any more, and who is being sent one is told. */
  async stopSharing(): Promise<void> {
    await this.library.unshare(this.folder.path);
    this.transfers.leave();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

/** A song as a person is shown it. */
export function rowOf(song: CatalogueSong): SongRow {
  const nodes = song.sources.map(({ name }) => name);
  return { ...song, number: 1, nodes, here: false };
}

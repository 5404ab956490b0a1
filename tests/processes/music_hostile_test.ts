import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import { MusicLibrary } from "../../lib/runtime/music/library/music_library.ts";
import { Transfers } from "../../lib/runtime/music/transfers.ts";
import { UdpSocket } from "../../lib/runtime/udp_socket.ts";
import { until } from "../runtime/line_client.ts";
import { noise } from "../runtime/music/library/tagged_files.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { OneShotServer } from "../runtime/one_shot_server.ts";
import { MusicPeer } from "./music_rig/music_peer.ts";
import { startServer } from "./programs.ts";

/** Names that lead elsewhere, are something else on some system, or read as something else. */
const NAMES = [
  "../../fora.mp3",
  "..\\..\\fora.mp3",
  "/tmp/fora.mp3",
  "..",
  "CON.mp3",
  "fora.mp3:stream",
  ".fora.mp3",
  "\u202e3pm.arof",
  "fora\u200b\u2066.mp3",
  `${"fora".repeat(62)}.mp3`,
];

// Controls but for the end of a line, and what turns the direction of a text round.
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Somebody who gives files under names that they chose badly. */
class HostileSource implements AsyncDisposable {
  readonly #resources = new AsyncDisposableStack();

  private constructor(readonly library: MusicLibrary, readonly port: number) {}

  /** @param share a folder with as many files as there are {@link NAMES} */
  static async start(share: string): Promise<HostileSource> {
    const bug = (error: unknown) => {
      throw error;
    };
    const library = await MusicLibrary.open(null, { report() {}, changed() {}, bug });
    const socket = UdpSocket.open({ hostname: "127.0.0.1", port: 0 }, {
      datagram: (from, bytes) => transfers.datagram(from, bytes),
      bug,
    });
    const source = new HostileSource(library, socket.port);
    const transfers: Transfers = new Transfers(
      socket,
      {
        file: (id) => {
          const file = library.file(id);
          return file === null ? null : { ...file, name: source.nameOf(id) };
        },
        open: (id) => library.open(id),
      },
      null,
      bug,
    );
    source.#resources.use(socket);
    source.#resources.use(library);
    source.#resources.use(transfers);
    await library.share(share);
    await until(() => library.files().length === NAMES.length, "the files are read");
    return source;
  }

  /** What it calls a file. */
  nameOf(id: string): string {
    return NAMES[this.library.files().findIndex((file) => file.id === id)]!;
  }

  /** A catalogue of what it has; `change` makes it worse. */
  listing(change: (text: string) => string = (text) => text): string {
    const files = this.library.files().map((file) => ({
      ...file,
      name: change(this.nameOf(file.id)),
      title: change(""),
    }));
    const node = { name: "mallory", ip: "127.0.0.1", port: this.port, files };
    return `${JSON.stringify({ status: "OK", nodes: [node], next: null })}\n`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

Deno.test("hostile catalogue and source: nothing lands elsewhere, nothing odd is shown", async () => {
  await using folder = await TemporaryFolder.make();
  for (const n of NAMES.keys()) await folder.write(`mallory/${n}.mp3`, noise(5000, n + 1));
  await using source = await HostileSource.start(folder.at("mallory"));
  await using server = await startServer();
  const marks = ["\x1b[2J\x1b]0;x\x07", "\u202e", "\u2028", "\r", "\ud800"];
  await using registry = new OneShotServer((request) => {
    const { type, query } = JSON.parse(request);
    if (type !== "NODE_LIST") return '{"status":"ERROR","error":"\\u001b[31munknown_type"}\n';
    const mark = query === "" ? undefined : marks[Number(query)];
    if (mark !== undefined) return source.listing((text) => `${text}${mark}`);
    // 100 KB of texts, a line without an end, and a list that goes round for ever.
    if (query === "longa") return source.listing(() => "x".repeat(5_000));
    if (query === "enorme") return "[".repeat(LIMITS.serverReplyBytes + 1);
    if (query === "volta") return '{"status":"OK","nodes":[],"next":"a"}\n';
    return source.listing();
  });
  await using bia = await MusicPeer.start(
    { chatPort: server.chatPort, registryPort: registry.address.port },
    "bia",
    { folder: folder.path },
  );

  for (const query of marks.keys()) {
    await bia.ask(`/files ${query}`, new RegExp(`(Ninguém|\\d+ músicas).* com “${query}”`));
  }
  await bia.ask("/files longa", "Ninguém compartilha uma música com “longa”");
  await bia.ask("/files enorme", /O catálogo de músicas 127\.0\.0\.1:\d+ não responde/);
  await bia.ask("/files volta", "Ninguém compartilha uma música com “volta”");
  await bia.ask("/files", `${NAMES.length} músicas:\n`);
  for (const n of NAMES.keys()) await bia.program.say(`/get ${n + 1}`);
  await bia.until(async () =>
    (await bia.downloading()).filter(({ state }) => state.kind === "done").length === NAMES.length
  );
  await bia.leave();

  const kept = await folder.names("bia-downloads");
  assert.equal(kept.length, NAMES.length, kept.join(" "));
  for (const name of kept) {
    assert.ok(!/[/\\:]/.test(name) && !name.startsWith(".") && !UNPRINTABLE.test(name), name);
  }
  const ours = ["bia-downloads", "bia.log", "mallory"];
  assert.deepEqual(await folder.names(), ours);
  await assert.rejects(Deno.lstat(folder.at("..", "fora.mp3")), Deno.errors.NotFound);
  assert.ok(!UNPRINTABLE.test(bia.program.output), bia.program.output);
});

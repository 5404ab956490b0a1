/**
 * Two machines get another address in the middle of everything: Ana, who is in a conversation and a
 * call and from whom a song comes, and Davi, to whom one goes.
 *
 * @module
 */
import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { MusicPeer, type MusicSetup } from "../../processes/music_rig/music_peer.ts";
import { makeSong } from "../../processes/music_rig/song_maker.ts";
import { NamespaceLab } from "../../processes/overlay_namespaces.ts";
import { PATIENCE } from "../../processes/output_watch.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { connectedTo } from "../../processes/overlay_programs.ts";
import { portArgs } from "../../processes/programs.ts";
import { TemporaryFolder } from "../../runtime/temporary_folder.ts";

const PORTS = { chatPort: 10000, registryPort: 5000 };
/** Seconds of a song of 24,000 bytes each: what is here of it plays until its source is back. */
const SECONDS = 120;
const NAMES = { ana: "open", bia: "open", davi: "open" } as const;

const lab = await NamespaceLab.open(NAMES);
await lab?.[Symbol.asyncDispose]();

Deno.test({
  name: "two peers get other addresses: all four systems follow",
  // Without the rights to make networks nothing of it can be shown.
  ignore: lab === null,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const lab = stack.use((await NamespaceLab.open(NAMES))!);
    const folder = stack.use(await TemporaryFolder.make());
    const server = stack.use(
      lab.start(null, "server", ["--host", lab.hub, ...portArgs(PORTS), "--lang", "pt"]),
    );
    await server.waitFor("Ctrl-C encerra o servidor.\n");
    await makeSong(folder.at("ana"), "Prelúdio", "mp3", SECONDS);
    await makeSong(folder.at("bia"), "Longa", "wav", 20);
    const start = async (name: keyof typeof NAMES, args: readonly string[], share: boolean) => {
      const setup: MusicSetup = {
        folder: folder.path,
        shares: share ? [folder.at(name)] : [],
        args,
        launch: (words, options) => {
          const there = words.map((word) => word === "127.0.0.1" ? lab.hub : word);
          return lab.start(name, "peer", there, options);
        },
      };
      return stack.use(await MusicPeer.start(PORTS, name, setup));
    };
    const [ana, bia, davi] = await Promise.all([
      start("ana", ["--max-upload", "800k"], true),
      start("bia", ["--max-upload", "400k"], true),
      start("davi", [], false),
    ]);
    await connectedTo(bia.program, ["ana@geral", "davi@geral"]);

    // What a server has answered before is what its silence is judged by.
    const asked = [ana, davi].map(({ name }) => `(?=[^]*← ${name} \\S+ {2}ADDR ${name}\n)`);
    await server.waitFor(new RegExp(asked.join("")));

    await ana.ask("/chat bia", "Conectado a bia");
    await bia.program.waitFor("Conectado a ana");
    await ana.ask("/call bia", "Chamando bia");
    await bia.program.waitFor("ana está ligando");
    await bia.ask("/accept", /Você está em ligação com \??ana/);
    // A call would hold back music that Bia gives or fetches, so it is Davi's that is watched.
    await davi.ask("/play prelúdio", /Tocando .*, de ana\./);
    await davi.until(async () => (await davi.playing()).at(-1)!.fetched > 0.35);
    await davi.ask("/get longa", "Longa.wav");
    await davi.until(async () => {
      return (await davi.downloading()).some(({ done }) => done > 2 * PIECE_BYTES);
    });

    const [before, after] = [lab.addressOf("ana"), await lab.readdress("ana")];
    const moved = await lab.readdress("davi");

    // The call is lost for both, within seconds.
    await Promise.all([
      ana.program.waitFor("Nada mais chega de bia, por isso a ligação foi encerrada"),
      bia.program.waitFor(/Nada mais chega de \??ana, por isso a ligação foi encerrada/),
    ]);
    // Who fetches asks again from where it is now, and goes on.
    await davi.program.waitFor("ana: nada mais chegou. Procurando");

    // Each finds out by itself, and is registered everywhere under the new address.
    await Promise.all([back(ana, after), back(davi, moved)]);
    await said(ana, "A conversa com bia caiu sem despedida.");
    await said(server, new RegExp(`${RegExp.escape(after)}:\\d+ .*"REGISTER".*"name":"ana"`));
    await bia.ask("/who ana", `ana recebe ligações em ${after}:`);
    await bia.until(async () => {
      const [nodes] = await bia.ask("/nodes", /^Nome .*\n(?:.*:\d+\n)+|Ninguém mais compartilha/m);
      assert.ok(!nodes.includes(`${before}:`), nodes);
      return nodes.includes(`${after}:`);
    });

    // What was begun is gone on with: the song at the new address, the download from where it was.
    await davi.until(async () => (await davi.playing()).at(-1)!.fetched === 1);
    assert.doesNotMatch(davi.program.output, /Prelúdio não chegou/);
    await davi.ask("/stop", "foi parada");
    await said(davi, "Longa.wav foi baixada");
    assert.deepEqual(
      await Deno.readFile(`${davi.downloads}/Longa.wav`),
      await Deno.readFile(folder.at("bia", "Longa.wav")),
    );

    // And everybody is reached again. Bia's program learns of the move when Ana comes back to her.
    await ana.ask("/chat bia", "Conectado a bia");
    await ana.program.say("mudei de rede");
    await bia.program.waitFor("ana: mudei de rede");
    await bia.ask("/chat ana", /vai para ana|Conectado a ana/);
    await bia.program.say("você voltou");
    await ana.program.waitFor("bia: você voltou");
    await bia.ask("/call ana", `Chamando ana (${after}:`);
    await ana.program.waitFor("está ligando para você");
    await ana.ask("/accept", /Você está em ligação com \??bia/);
    await bia.program.waitFor("ana atendeu.");
    for (const peer of [ana, bia, davi]) await peer.leave();
  },
});

/** Resolves when a peer has lost its server, and is registered again from its new address. */
async function back(peer: MusicPeer, address: string): Promise<void> {
  await said(peer, "O servidor caiu.");
  await said(peer, `O servidor voltou, e você está ativo de novo como ${peer.name}.`);
  await said(peer, new RegExp(`receber ligações: UDP ${RegExp.escape(address)}:\\d+`));
}

/** Resolves when somebody has said something, at whatever time; twice as patient as others are. */
async function said(who: MusicPeer | PipedProgram, words: string | RegExp): Promise<void> {
  const program = who instanceof MusicPeer ? who.program : who;
  const latest = performance.now() + 2 * PATIENCE;
  const found = () =>
    typeof words === "string" ? program.output.includes(words) : words.test(program.output);
  while (!found()) {
    assert.ok(performance.now() < latest, `never: ${words}\n${program.output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
